import LinearOptimization

/// Lowers traffic within the nights that are used: units change nights one by one or by twos, then a few nights at a time by
/// the program.
struct NightExchange {
  /// Passes over all units at most, and rounds of the program.
  private static let limits = (passes: 20, rounds: 60)

  private let problem: NightProblem
  private let solver: any Solver
  private var random: SeededNumbers
  private var fill: NightFill
  private var nights: [Int]
  private let last: Int
  private let pairsOfUnit: [[Int]]
  private let waiters: [[Int]]

  init(_ problem: NightProblem, _ nights: [Int], solver: any Solver, random: SeededNumbers) {
    self.problem = problem
    self.nights = nights
    self.solver = solver
    self.random = random
    last = nights.max() ?? 0
    var fill = NightFill(problem)
    for (unit, night) in nights.enumerated() { fill.add(unit, night) }
    self.fill = fill
    var pairs = [[Int]](repeating: [], count: problem.units.count)
    for (index, pair) in problem.pairs.enumerated() {
      pairs[pair.first].append(index)
      pairs[pair.second].append(index)
    }
    pairsOfUnit = pairs
    var waiters = [[Int]](repeating: [], count: problem.units.count)
    for (unit, own) in problem.units.enumerated() {
      for other in own.waitsFor { waiters[other].append(unit) }
    }
    self.waiters = waiters
  }

  mutating func run() throws(SolverFailure) -> [Int] {
    guard problem.traffic(nights) > 0 else { return nights }
    for _ in 0..<Self.limits.passes where !pass() { break }
    try improveByProgram()
    return nights
  }

  /// The pilot stays as it is.
  private var firstFree: Int { (nights.min() ?? 0) + (problem.pilotVMs == nil ? 0 : 1) }

  private mutating func pass() -> Bool {
    var gained = false
    for unit in nights.indices where nights[unit] >= firstFree && cost(unit) > 0 {
      for night in firstFree...max(firstFree, last) where night != nights[unit] {
        if move(unit, to: night) || swap(unit, in: night) { gained = true }
      }
    }
    return gained
  }

  private func cost(_ unit: Int) -> Double {
    pairsOfUnit[unit].reduce(problem.waiting[unit] * Double(nights[unit] + 1)) { sum, index in
      let pair = problem.pairs[index]
      let apart = nights[pair.second] - nights[pair.first]
      return sum + (apart > 0 ? pair.ifFirst * Double(apart) : pair.ifSecond * Double(-apart))
    }
  }

  private func keepsWaits(_ unit: Int) -> Bool {
    problem.units[unit].waitsFor.allSatisfy { nights[$0] <= nights[unit] }
      && waiters[unit].allSatisfy { nights[unit] <= nights[$0] }
  }

  private mutating func put(_ unit: Int, _ night: Int) {
    fill.remove(unit)
    fill.add(unit, night)
    nights[unit] = night
  }

  private mutating func move(_ unit: Int, to night: Int) -> Bool {
    let home = nights[unit]
    let before = cost(unit)
    nights[unit] = night
    let isBetter = cost(unit) < before - 1e-9 && keepsWaits(unit)
    nights[unit] = home
    // A night that loses its last unit would not be the last any more, or move the pilot.
    guard isBetter, fill.members[home].count > 1, fill.fits(unit, night) else { return false }
    put(unit, night)
    return true
  }

  private mutating func swap(_ unit: Int, in night: Int) -> Bool {
    let home = nights[unit]
    for other in fill.members[night] {
      let before = cost(unit) + cost(other)
      (nights[unit], nights[other]) = (night, home)
      let isBetter = cost(unit) + cost(other) < before - 1e-9 && keepsWaits(unit) && keepsWaits(other)
      (nights[unit], nights[other]) = (home, night)
      guard isBetter, exchange(unit, other) else { continue }
      return true
    }
    return false
  }

  private mutating func exchange(_ unit: Int, _ other: Int) -> Bool {
    let (home, night) = (nights[unit], nights[other])
    fill.remove(unit)
    fill.remove(other)
    if fill.fits(unit, night), fill.fits(other, home) {
      fill.add(unit, night)
      fill.add(other, home)
      (nights[unit], nights[other]) = (night, home)
      return true
    }
    fill.add(unit, home)
    fill.add(other, night)
    return false
  }

  private mutating func improveByProgram() throws(SolverFailure) {
    let free = (firstFree...max(firstFree, last)).filter { !fill.members[$0].isEmpty }
    guard free.count > 1 else { return }
    for _ in 0..<Self.limits.rounds {
      var chosen: Set<Int> = []
      while chosen.count < min(3, free.count) { chosen.insert(free[random.below(free.count)]) }
      let kept = nights.map { chosen.contains($0) ? nil : Optional($0) }
      let program = NightProgram(problem, kept: kept, nights: chosen.sorted())
      guard let found = try NightSolve(solver: solver).best(program),
        found.max() == last, found.min() == nights.min(),
        problem.traffic(found) < problem.traffic(nights) - 1e-9
      else { continue }
      for unit in nights.indices where nights[unit] != found[unit] { put(unit, found[unit]) }
    }
  }
}
