public import LinearOptimization

/// Gives nights to units: the last night as early as possible, then little traffic between those that have moved and those that
/// have not.
///
/// Construction in many orders finds few nights; prices of groups prove how few there can be; where the two do not meet, the
/// program empties the last night, a few nights at a time, and small problems are solved by it to the end. Traffic is lowered
/// by the program too, a few nights at a time.
public struct NightPlanner {
  /// What came of it.
  public enum Outcome: Sendable {
    /// Nights for all.
    case assigned(Assignment)
    /// A unit that no night takes even alone.
    case closed(unit: Int)
    /// No nights for all were found; at least so many would be needed. `isProved` when there are none.
    case tooFew(nights: Int, isProved: Bool)
  }

  /// The night of each unit.
  public struct Assignment: Sendable {
    /// The nights, counted from 0.
    public var nightOfUnit: [Int]
    /// The last of them, counted from 1.
    public var nights: Int
    /// No assignment ends before this night, by ``prices``.
    public var bound: Int
    /// A price for each group of the bound.
    public var prices: [Int]
    /// What traffic costs.
    public var traffic: Double
    /// Whether no assignment to as many nights costs less.
    public var isTrafficProved: Bool
  }

  /// Binary columns up to which the program is solved whole. Chosen: seconds on one core.
  private static let wholeColumns = 160
  /// Orders that are tried for fewer nights, and rounds of the program for them.
  private static let tries = (orders: 200, rounds: 150)
  /// Rounds without gain after which no more are made.
  private static let patience = 50

  private let problem: NightProblem
  private let bound: NightBound
  private let solver: any Solver
  private var random: SeededNumbers
  /// Prices of groups and the nights that they prove: they hold for every problem of the same bound.
  public var proof: Proof?

  /// Prices and the fewest nights that they do not rule out.
  public struct Proof: Sendable {
    let prices: [Int]
    let nights: Int
    /// Whether nothing more was to be proved.
    let isFinal: Bool
  }

  /// A planner of a problem with the groups that bound it.
  public init(_ problem: NightProblem, bound: NightBound, solver: any Solver, seed: UInt64) {
    self.problem = problem
    self.bound = bound
    self.solver = solver
    random = SeededNumbers(seed: seed)
  }

  /// Nights for all units, or why there are none.
  public mutating func outcome() throws(SolverFailure) -> Outcome {
    let units = problem.units.indices
    if let unit = units.first(where: { unit in !(0..<problem.nights).contains { problem.isOpen(unit, $0) } })
    {
      return .closed(unit: unit)
    }
    var nights = constructed()
    let prices = NightPrices(bound: bound, solver: solver)
    let target = nights.map(Self.count) ?? bound.nights + 1
    let known = proof.map { (prices: $0.prices, nights: $0.nights) }
    let proved: (prices: [Int], nights: Int)
    if let known, proof?.isFinal ?? false {
      proved = known
    } else {
      proved = try prices.best(target: target, from: known)
    }
    proof = Proof(prices: proved.prices, nights: proved.nights, isFinal: proved.nights < target)
    if isSmall { return try solvedWhole(from: proved) }
    if let found = nights, Self.count(found) > proved.nights {
      nights = try emptied(found, downTo: proved.nights)
    }
    guard let nights else {
      return .tooFew(nights: proved.nights, isProved: proved.nights > problem.nights)
    }
    var exchange = NightExchange(problem, nights, solver: solver, random: random)
    let best = try exchange.run()
    let traffic = problem.traffic(best)
    return .assigned(
      Assignment(
        nightOfUnit: best, nights: Self.count(best), bound: min(proved.nights, Self.count(best)),
        prices: proved.prices, traffic: traffic, isTrafficProved: traffic == 0))
  }

  private static func count(_ nights: [Int]) -> Int { (nights.max() ?? -1) + 1 }

  private var isSmall: Bool {
    problem.units.count * min(problem.nights, problem.units.count) <= Self.wholeColumns
  }

  /// Units that all orders together place, about.
  private static let placements = 20_000

  /// Few nights, by many orders.
  mutating func constructed() -> [Int]? {
    let base = problem.units.indices.map(difficulty)
    var best: [Int]?
    for round in 0..<max(10, min(Self.tries.orders, Self.placements / max(1, problem.units.count))) {
      let weight = round == 0 ? base : base.map { $0 * (0.5 + random.unit()) }
      let limit = best.map { Self.count($0) - 1 } ?? problem.nights
      if let found = NightConstruction(problem: problem, weight: weight).nights(before: limit) {
        best = found
      }
    }
    return best
  }

  /// The largest part that a unit takes of any limit, and more where few nights are open.
  private func difficulty(_ unit: Int) -> Double {
    let own = problem.units[unit]
    let open = (0..<problem.nights).filter { problem.isOpen(unit, $0) }
    let time = open.map { problem.usable(unit, $0) }.max() ?? 1
    var part = (own.work.map(\.time).max() ?? 0) / time
    if let most = problem.mostVMs { part = max(part, Double(own.vms) / Double(most)) }
    if let most = problem.mostGroups { part = max(part, Double(own.groups) / Double(most)) }
    return part + 2 * (1 - Double(open.count) / Double(problem.nights))
  }

  /// Empties the last night, a few nights at a time, as long as that gains.
  private mutating func emptied(_ start: [Int], downTo least: Int) throws(SolverFailure) -> [Int] {
    var nights = start
    let weight = problem.units.indices.map { difficulty($0) + 0.05 }
    var lastGain = 0
    for round in 0..<Self.tries.rounds where round - lastGain <= Self.patience && Self.count(nights) > least {
      let last = Self.count(nights) - 1
      let first = nights.min() ?? 0
      let others = (0..<last).filter { $0 > first || problem.pilotVMs == nil }
      guard !others.isEmpty else { return nights }
      var chosen: Set<Int> = [last]
      for _ in 0..<5 { chosen.insert(others[random.below(others.count)]) }
      let kept = nights.map { chosen.contains($0) ? nil : Optional($0) }
      let program = NightProgram(problem, kept: kept, nights: chosen.sorted(), emptied: (last, weight))
      func left(_ nights: [Int]) -> Double {
        nights.indices.reduce(0) { nights[$1] == last ? $0 + weight[$1] : $0 }
      }
      // As good is as welcome: the next few nights start from another place.
      guard let found = try NightSolve(solver: solver).best(program), left(found) <= left(nights) + 1e-9
      else { continue }
      if left(found) < left(nights) - 1e-9 { lastGain = round }
      nights = found
    }
    return nights
  }

  /// The program of all units for one more night after the other, until there is a solution.
  private func solvedWhole(
    from proved: (prices: [Int], nights: Int)
  ) throws(SolverFailure) -> Outcome {
    guard !problem.units.isEmpty else { return .tooFew(nights: 0, isProved: true) }
    for count in max(1, min(proved.nights, problem.nights))...max(1, problem.nights) {
      let program = NightProgram(
        problem, kept: problem.units.map { _ in nil }, nights: Array(0..<min(count, problem.nights)))
      guard let found = try NightSolve(solver: solver).optimum(program) else { continue }
      return .assigned(
        Assignment(
          nightOfUnit: found, nights: Self.count(found), bound: min(proved.nights, Self.count(found)),
          prices: proved.prices, traffic: problem.traffic(found), isTrafficProved: true))
    }
    return .tooFew(nights: problem.nights + 1, isProved: true)
  }
}
