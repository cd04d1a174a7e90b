public import StowageCalendar

/// Small problems of every kind of limit on nights, the same for the same seed.
public struct SmallNights {
  /// Units and nights.
  public let problem: NightProblem
  /// What bounds them.
  public let bound: NightBound

  /// A problem of so many units, of which as many nights are shown.
  public init(seed: UInt64, units count: Int, nights: Int) {
    var random = Numbers(state: seed &* 0x9E37_79B9 &+ 17)
    let calendars = 1 + random.below(3)
    let usable = (0..<calendars).map { _ in
      (0..<nights).map { _ in random.below(5) == 0 ? 0.0 : Double(40 + 10 * random.below(7)) }
    }
    let isTimed = random.below(3) > 0
    let isSeeded = random.below(3) == 0
    let units = (0..<count).map { unit in
      let time = isTimed ? Double(5 + random.below(36)) : 0
      return NightProblem.Unit(
        vms: 1 + random.below(4), isPilotReady: random.below(4) > 0, calendar: random.below(calendars),
        least: time, work: isTimed ? [(0, time)] : [],
        seeds: isSeeded ? [(0, Double(random.below(60)))] : [],
        waitsFor: unit > 0 && random.below(4) == 0 ? [random.below(unit)] : [],
        stakes: random.below(4) == 0 ? [(0, 1)] : [])
    }
    let pairs = (0..<count).map { _ in
      let first = random.below(count)
      let second = (first + 1 + random.below(count - 1)) % count
      return NightProblem.Pair(
        first: first, second: second, ifFirst: Double(random.below(9)), ifSecond: Double(random.below(9)))
    }
    let mostVMs = random.below(3) == 0 ? nil : 4 + random.below(5)
    let mostGroups = random.below(3) == 0 ? nil : 1 + random.below(3)
    let pilotVMs = random.below(2) == 0 ? nil : 2 + random.below(3)
    problem = NightProblem(
      units: units, usable: usable, dimensions: 1, opening: (0..<nights).map { Double(50 + 100 * $0) },
      seedChannels: isSeeded ? 1 : 0, mostVMs: mostVMs, mostGroups: mostGroups, pilotVMs: pilotVMs,
      mostAtStake: [1], pairs: pairs,
      waiting: (0..<count).map { _ in random.below(5) == 0 ? 2.0 : 0 })
    bound = NightBound(
      groups: units.map { unit in
        .init(vms: unit.vms, least: unit.least, work: unit.work.first?.time ?? 0, calendar: unit.calendar)
      }, usable: usable, mostVMs: mostVMs, mostGroups: mostGroups, pilotVMs: pilotVMs)
  }

  /// The fewest nights, and the least traffic of as many, of all assignments; `nil` when none is legal.
  public var best: (nights: Int, traffic: Double)? {
    for nights in 1...max(1, problem.nights) {
      var best: Double?
      var current = [Int](repeating: 0, count: problem.units.count)
      extend(&current, 0, nights, &best)
      if let best { return (nights, best) }
    }
    return nil
  }

  /// Assignments that exceed a limit with the units that they have so far, or cost no less than the best, are not gone on with:
  /// neither can change with more units.
  private func extend(_ current: inout [Int], _ unit: Int, _ nights: Int, _ best: inout Double?) {
    guard unit < current.count else {
      let traffic = problem.traffic(current)
      if best.map({ traffic < $0 }) ?? true, problem.isLegal(current) { best = traffic }
      return
    }
    for night in 0..<nights {
      current[unit] = night
      if exceeds(current, upTo: unit) || best.map({ cost(current, upTo: unit) >= $0 }) ?? false { continue }
      extend(&current, unit + 1, nights, &best)
    }
  }

  private func exceeds(_ current: [Int], upTo last: Int) -> Bool {
    let night = current[last]
    var (vms, groups, time) = (0, 0, 0.0)
    for unit in 0...last where current[unit] == night {
      vms += problem.units[unit].vms
      groups += problem.units[unit].groups
      time += problem.units[unit].work.first?.time ?? 0
    }
    let usable = problem.usable[problem.units[last].calendar][night]
    return vms > problem.mostVMs ?? .max || groups > problem.mostGroups ?? .max || usable <= 0
      || time > usable
  }

  private func cost(_ current: [Int], upTo last: Int) -> Double {
    var sum = (0...last).reduce(0) { $0 + problem.waiting[$1] * Double(current[$1] + 1) }
    for pair in problem.pairs where pair.first <= last && pair.second <= last {
      let apart = Double(current[pair.second] - current[pair.first])
      sum += max(pair.ifFirst * apart, -pair.ifSecond * apart)
    }
    return sum
  }

  /// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
  private struct Numbers {
    var state: UInt64

    mutating func below(_ count: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((mixed ^ (mixed >> 31)) % UInt64(count))
    }
  }
}
