import LinearOptimization

/// Packs equal bins: column generation for the bound, then dives from its solution.
///
/// Where the volume leaves hardly any waste, the few patterns that waste no more are enumerated and
/// an exact cover is sought among them; see ``TightCover``.
struct PatternSearch<Lanes: PackingLanes> {
  private let problem: VectorPacking
  private let tables: PackingTables<Lanes>
  private let solver: any Solver
  private let stopwatch: Stopwatch
  private var random: SeededGenerator
  /// The bins of the best packing so far.
  private var best: [Pattern]
  private var bound: Int
  private var proof: (prices: [Int64], limit: Int64) = ([], 0)

  /// Dives after which the best packing is taken. Chosen: what some hundred dives do not find, more hardly do.
  private static var dives: Int { 300 }

  init(_ problem: VectorPacking, solver: any Solver, seed: UInt64, _ stopwatch: Stopwatch) {
    self.problem = problem
    self.solver = solver
    self.stopwatch = stopwatch
    tables = PackingTables<Lanes>(problem)
    random = SeededGenerator(seed: seed)
    best = PatternFill(tables).packed()
    bound = tables.volumeBound
  }

  mutating func answer() throws(SolverFailure) -> VectorPackingAnswer {
    if best.count > bound { try improve() }
    return VectorPackingAnswer(
      bins: BinReader(problem, tables).bins(best), lowerBound: bound, prices: proof.prices,
      priceLimit: proof.limit)
  }

  private mutating func improve() throws(SolverFailure) {
    if let cover = try TightCover(tables, bins: bound, solver: solver, stopwatch: stopwatch).patterns() {
      best = cover
      return
    }
    guard tables.relief == .zero else { return }
    var generation = try PatternGeneration(tables, solver: solver, stopwatch: stopwatch)
    for pattern in best { generation.master.add(pattern) }
    for pattern in PatternFill(tables).variants(&random).flatMap(\.self) { generation.master.add(pattern) }
    guard try generation.converge(tables.count) != nil else { return }
    if generation.bound > bound {
      bound = generation.bound
      proof = (
        prices: tables.classOfItem.map { $0.map { generation.proof.prices[$0] } ?? 0 },
        limit: generation.proof.limit
      )
    }
    let dive = PatternDive(tables, solver: solver, stopwatch: stopwatch)
    for round in 0..<Self.dives where best.count > bound && !stopwatch.hasRunOut {
      if let found = try dive.run(&generation, below: best.count, floor: bound, round: round, &random) {
        best = found
      }
    }
  }
}
