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
    var least = RecoveryProgram(problem, isExact: false)
    least.minimizeUnprotected()
    let first = try solve(least.program)
    var bound = wholeBound(first.bound)
    var packing = pack(first.solution.map(least.reading) ?? [], of: least)
    let most = packing.spots.count { $0 == nil }
    var routed = try routed(leaving: most)
    if let better = routed.packing { packing = better }
    if packing.spots.count(where: { $0 == nil }) > bound,
      RecoveryProgram.exactSize(problem) <= Self.exactColumns
    {
      (packing, bound) = try exact(packing, bound)
    }
    let leftOut = packing.spots.count { $0 == nil }
    if leftOut != most {
      routed = try self.routed(leaving: leftOut)
      if let better = routed.packing { packing = better }
    }
    let traffic = routed.bound
    let isShort = bound > 0
    return Answer(
      spots: packing.spots.map { $0.map { ($0.host, $0.store) } },
      unprotected: .init(value: Double(leftOut), lowerBound: Double(bound)),
      linkTraffic: .init(value: packing.linkTraffic, lowerBound: min(traffic, packing.linkTraffic)),
      conflict: isShort ? try conflict() : [], wantedLinks: isShort ? try wantedLinks() : [:])
  }

  // MARK: Programs

  private func solve(
    _ program: LinearProgram, cutoff: Double? = nil
  ) throws(SolverFailure) -> (solution: Solution?, bound: Double, isInfeasible: Bool) {
    var options = SolverOptions()
    options.timeLimitSeconds = secondsForProgram
    options.nodeLimit = 5000
    options.iterationLimit = 200_000
    options.cutoff = cutoff
    let outcome: Outcome
    do throws(SolverFailure) {
      outcome = try solver.solve(program, options: options).outcome
    } catch {
      guard error.kind == .numerical else { throw error }
      return (nil, 0, false)
    }
    return (outcome.solution, outcome.bound ?? 0, outcome == .infeasible)
  }

  private func wholeBound(_ bound: Double) -> Int { max(0, Int((bound - 1e-6).rounded(.up))) }

  /// The places with the least data on links, packed (`nil` where more than `most` would be left out), and what no
  /// plan that leaves out no more undercuts.
  private func routed(
    leaving most: Int
  ) throws(SolverFailure) -> (packing: RestartPacking?, bound: Double) {
    var program = RecoveryProgram(problem, isExact: false)
    program.minimizeTraffic(leavingAtMost: most)
    let found = try solve(program.program)
    let packing = found.solution.map { pack(program.reading($0), of: program) }
    return (
      packing.flatMap { $0.spots.count { $0 == nil } <= most ? $0 : nil }, max(0, found.bound)
    )
  }

  /// A place for each host: settles small fleets.
  private func exact(
    _ known: RestartPacking, _ bound: Int
  ) throws(SolverFailure) -> (RestartPacking, Int) {
    let leftOut = known.spots.count { $0 == nil }
    var program = RecoveryProgram(problem, isExact: true)
    program.minimizeUnprotected()
    let found = try solve(program.program, cutoff: Double(leftOut) - 0.5)
    if found.isInfeasible { return (known, leftOut) }
    guard let solution = found.solution else { return (known, max(bound, wholeBound(found.bound))) }
    let packing = pack(program.reading(solution), of: program)
    let better = packing.spots.count { $0 == nil } < leftOut ? packing : known
    return (better, max(bound, min(wholeBound(found.bound), better.spots.count { $0 == nil })))
  }

  // MARK: Hosts

  /// Hosts for what a program says; whoever finds none there, or was left out, is tried everywhere.
  private func pack(_ reading: [(place: Int, pool: Int?)?], of program: RecoveryProgram) -> RestartPacking {
    var packing = RestartPacking(problem)
    let order = RestartPacking.order(problem)
    for item in order where item < reading.count {
      guard let (place, pool) = reading[item] else { continue }
      let hosts = program.places[place].hosts
      if program.isExact, let pool {
        _ = packing.take(item, at: RestartPacking.Spot(host: hosts[0], store: pool))
      } else {
        _ = packing.take(item, onOneOf: hosts)
      }
    }
    for item in order where packing.spots[item] == nil {
      _ = packing.take(item, onOneOf: problem.items[item].candidates)
    }
    return packing
  }

  // MARK: Why not all

  /// Limits without any one of which the others can hold: each is left out in turn.
  private func conflict() throws(SolverFailure) -> [RecoveryLimit] {
    var dropped: Set<RecoveryLimit> = []
    let limits = RecoveryProgram(problem, isExact: false).limits
    for limit in limits {
      var program = RecoveryProgram(problem, isExact: false, dropping: dropped.union([limit]))
      program.protectAll()
      if try solve(program.program).isInfeasible { dropped.insert(limit) }
    }
    var program = RecoveryProgram(problem, isExact: false, dropping: dropped)
    program.protectAll()
    return try solve(program.program).isInfeasible ? limits.filter { !dropped.contains($0) } : []
  }

  /// The least by which links would have to be faster, where that alone would do.
  private func wantedLinks() throws(SolverFailure) -> [Int: Double] {
    var program = RecoveryProgram(problem, isExact: false, stretchesLinks: true)
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
