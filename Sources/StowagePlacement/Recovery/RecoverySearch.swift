public import LinearOptimization
import StowageFleet
public import StowageModel

/// Copies for as many VMs as can have one, over the least data on links, with what is proved about both.
public struct RecoverySearch: Sendable {
  /// What was found.
  public struct Answer: Sendable {
    /// Host and place for disks of each item; `nil` for one that is left without a copy.
    public let spots: [(host: Int, store: Int)?]
    /// Items left without a copy, and how many no plan can spare.
    public let unprotected: RecoveryPlan.ProvedFigure
    /// Data on links, and its least among plans that leave no more out, in MiB/s.
    public let linkTraffic: RecoveryPlan.ProvedFigure
    /// A smallest set of limits that cannot hold together with a copy of every item; empty when they can, or
    /// when that was not settled.
    public let conflict: [RecoveryLimit]
    /// Least Gb/s of links that would do, by link; empty where links are not what is missing.
    public let wantedLinks: [Int: Double]
  }

  /// Columns up to which a place for each host is affordable. Chosen: 60 VMs by 40 hosts are settled in seconds.
  private static let exactColumns = 3000

  /// VMs up to which sets of hosts that share storage are places of their own.
  private static let zoneItems = 1000

  private let problem: RecoveryProblem
  private let solver: any Solver
  private let secondsForProgram: Double?

  /// A search.
  ///
  /// - Parameters:
  ///   - problem: what is asked.
  ///   - solver: of the programs.
  ///   - secondsForProgram: limit of each; `nil` for limits of work alone.
  public init(_ problem: RecoveryProblem, solver: any Solver, secondsForProgram: Double?) {
    self.problem = problem
    self.solver = solver
    self.secondsForProgram = secondsForProgram
  }

  /// The best that was found.
  public func run() throws(SolverFailure) -> Answer {
    var bound = 0
    var packing = pack([], of: nil)
    if packing.leftOut > 0 { (packing, bound) = try fewestLeftOut(packing) }
    let traffic = try leastTraffic(&packing)
    let isShort = bound > 0
    return Answer(
      spots: packing.spots.map { $0.map { ($0.host, $0.store) } },
      unprotected: try unprotected(packing, bound), linkTraffic: try linkTraffic(packing, traffic),
      conflict: isShort ? try conflict() : [], wantedLinks: isShort ? try wantedLinks() : [:])
  }

  // MARK: What is proved, and how

  /// By prices where they prove as much as the program.
  private func unprotected(
    _ packing: RestartPacking, _ bound: Int
  ) throws(SolverFailure) -> RecoveryPlan.ProvedFigure {
    let value = Double(packing.leftOut)
    guard packing.leftOut > 0 else { return .init(value: value, lowerBound: 0, proof: .trivial) }
    let prices = try RecoveryPrices(problem, .unprotected, solver: solver)
    let whole = min(value, (prices.value - 1e-6).rounded(.up))
    return whole >= Double(bound)
      ? .init(value: value, lowerBound: whole, proof: .prices, prices: prices.prices)
      : .init(value: value, lowerBound: Double(bound))
  }

  private func linkTraffic(
    _ packing: RestartPacking, _ bound: Double
  ) throws(SolverFailure) -> RecoveryPlan.ProvedFigure {
    let value = packing.linkTraffic
    let least = min(bound, value)
    guard value > 0 else { return .init(value: value, lowerBound: 0, proof: .trivial) }
    guard packing.leftOut == 0 else { return .init(value: value, lowerBound: least) }
    let prices = try RecoveryPrices(problem, .traffic, solver: solver)
    return prices.value >= least * (1 - 1e-6)
      ? .init(value: value, lowerBound: min(prices.value, value), proof: .prices, prices: prices.prices)
      : .init(value: value, lowerBound: least)
  }

  // MARK: Steps

  /// Fewest without a copy, of equal plans one that leaves out the lower tiers, and how many no plan spares.
  private func fewestLeftOut(
    _ known: RestartPacking
  ) throws(SolverFailure) -> (RestartPacking, bound: Int) {
    var program = RecoveryProgram(problem, grain: grain)
    program.minimizeUnprotected()
    let found = try solve(program.program)
    var bound = wholeBound(found.bound)
    let packed = found.solution.map { pack(program.reading($0), of: program) }
    var best = [known, packed].compactMap(\.self).min { $0.leftOutWeight < $1.leftOutWeight } ?? known
    if best.leftOut > bound, RecoveryProgram.exactSize(problem) <= Self.exactColumns {
      (best, bound) = try exact(best, bound)
    }
    return (best, bound)
  }

  /// The least data on links of plans that leave out no more; brings the packing nearer to it.
  private func leastTraffic(_ packing: inout RestartPacking) throws(SolverFailure) -> Double {
    let bound = try leastTraffic(&packing, grain)
    guard packing.linkTraffic > bound + 1e-6, RecoveryProgram.exactSize(problem) <= Self.exactColumns else {
      return bound
    }
    return max(bound, try leastTraffic(&packing, .host))
  }

  private func leastTraffic(
    _ packing: inout RestartPacking, _ grain: RecoveryProgram.Grain
  ) throws(SolverFailure) -> Double {
    var program = RecoveryProgram(problem, grain: grain)
    program.minimizeTraffic(leavingAtMost: packing.leftOutWeight)
    let found = try solve(program.program, relativeGap: isLarge ? 0.005 : 0)
    if let solution = found.solution {
      let routed = pack(program.reading(solution), of: program)
      if routed.leftOutWeight <= packing.leftOutWeight + 1e-9, routed.linkTraffic <= packing.linkTraffic {
        packing = routed
      }
    }
    return max(0, found.bound)
  }

  // MARK: Programs

  /// Whether a place for each set of hosts that share storage would be too many columns.
  private var isLarge: Bool { problem.items.count > Self.zoneItems }
  private var grain: RecoveryProgram.Grain { isLarge ? .site : .zone }

  private func solve(
    _ program: LinearProgram, cutoff: Double? = nil, relativeGap: Double = 0
  ) throws(SolverFailure) -> (solution: Solution?, bound: Double, isInfeasible: Bool) {
    var options = SolverOptions()
    options.timeLimitSeconds = secondsForProgram
    options.nodeLimit = isLarge ? 200 : 5000
    options.iterationLimit = 200_000
    options.cutoff = cutoff
    options.relativeGap = relativeGap
    guard let outcome = try solver.soundOutcome(program, options: options) else { return (nil, 0, false) }
    return (outcome.solution, outcome.bound ?? 0, outcome == .infeasible)
  }

  /// How many VMs are left out at least where what they weigh is no less than a bound.
  private func wholeBound(_ bound: Double) -> Int {
    max(0, Int((bound / (1 + problem.heaviestExtra) - 1e-6).rounded(.up)))
  }

  /// A place for each host: settles small fleets.
  private func exact(
    _ known: RestartPacking, _ bound: Int
  ) throws(SolverFailure) -> (RestartPacking, Int) {
    var program = RecoveryProgram(problem, grain: .host)
    program.minimizeUnprotected()
    let found = try solve(program.program, cutoff: known.leftOutWeight - 1e-6)
    if found.isInfeasible { return (known, known.leftOut) }
    guard let solution = found.solution else { return (known, max(bound, wholeBound(found.bound))) }
    let packing = pack(program.reading(solution), of: program)
    let better = packing.leftOutWeight < known.leftOutWeight ? packing : known
    return (better, max(bound, min(wholeBound(found.bound), better.leftOut)))
  }

  // MARK: Hosts

  /// Hosts for what a program says; whoever finds none there, or was left out, is tried everywhere, the higher
  /// tiers first.
  ///
  /// Rules that no single restart breaks, `failover` and the places of a `spread`, are asked of all of them: while one is
  /// broken, a VM that weighs least is left out.
  private func pack(
    _ reading: [(place: Int, pool: Int?)?], of program: RecoveryProgram?
  ) -> RestartPacking {
    var without: Set<Int> = []
    while true {
      let packing = pack(reading, of: program, without: without)
      guard let offender = packing.offender, without.insert(offender).inserted else { return packing }
    }
  }

  private func pack(
    _ reading: [(place: Int, pool: Int?)?], of program: RecoveryProgram?, without: Set<Int>
  ) -> RestartPacking {
    var packing = RestartPacking(problem)
    let order = RestartPacking.order(problem).filter { !without.contains($0) }
    for item in order where item < reading.count {
      guard let program, let (place, pool) = reading[item] else { continue }
      let hosts = program.places[place].hosts
      if program.grain == .host, let pool {
        _ = packing.take(item, at: RestartPacking.Spot(host: hosts[0], store: pool))
      } else {
        _ = packing.take(item, onOneOf: hosts)
      }
    }
    let rest = order.enumerated().sorted { left, right in
      let weights = [left, right].map { problem.weight(of: $0.element) }
      return (weights[1], left.offset) < (weights[0], right.offset)
    }
    for (_, item) in rest where packing.spots[item] == nil {
      _ = packing.take(item, onOneOf: problem.items[item].candidates)
    }
    return packing
  }

  // MARK: Why not all

  /// Limits without any one of which the others can hold: parts of the list are left out as long as the rest cannot.
  private func conflict() throws(SolverFailure) -> [RecoveryLimit] {
    let limits = RecoveryProgram(problem, grain: grain).limits
    var dropped: Set<RecoveryLimit> = []
    guard try cannotHold(without: dropped) else { return [] }
    try drop(limits[...], from: &dropped)
    return limits.filter { !dropped.contains($0) }
  }

  private func drop(
    _ part: ArraySlice<RecoveryLimit>, from dropped: inout Set<RecoveryLimit>
  ) throws(SolverFailure) {
    guard !part.isEmpty else { return }
    if try cannotHold(without: dropped.union(part)) {
      dropped.formUnion(part)
    } else if part.count > 1 {
      let middle = part.startIndex + part.count / 2
      try drop(part[..<middle], from: &dropped)
      try drop(part[middle...], from: &dropped)
    }
  }

  private func cannotHold(without dropped: Set<RecoveryLimit>) throws(SolverFailure) -> Bool {
    var program = RecoveryProgram(problem, grain: grain, dropping: dropped)
    program.protectAll()
    return try solve(program.program).isInfeasible
  }

  /// The least by which links would have to be faster, where that alone would do.
  private func wantedLinks() throws(SolverFailure) -> [Int: Double] {
    var program = RecoveryProgram(problem, grain: grain, stretchesLinks: true)
    program.minimizeLacks()
    guard let solution = try solve(program.program).solution else { return [:] }
    var wanted: [Int: Double] = [:]
    for (channel, column) in program.lacks where solution[column] > 1e-6 {
      guard let payload = problem.payload[channel], payload > 0,
        let gbps = problem.fleet.network.channels[channel].gbps
      else { continue }
      let link = problem.link(channel)
      wanted[link] = max(wanted[link] ?? 0, gbps * (payload + solution[column]) / payload)
    }
    return wanted
  }
}
