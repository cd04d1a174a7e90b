import LinearOptimization

/// The linear program over patterns of one bin, and its columns.
///
/// - Given: ``PackingTables``.
/// - Decides: how many bins get each known pattern.
/// - Minimises: the bins.
/// - Subject to: a row for each class, at least its items that are left.
/// - Reads back: numbers of bins, and prices of classes from the duals.
///
/// More of a class than there is does no harm: what is too many is left out when bins are read back.
final class PatternMaster<Lanes: PackingLanes> {
  struct Relaxed {
    let value: Double
    let numbers: [Double]
    /// Prices in parts of a bin, none below zero.
    let prices: [Int64]
  }

  let tables: PackingTables<Lanes>
  private let session: any LinearSession
  private let rows: [LinearProgram.Row]
  private(set) var patterns: [Pattern] = []
  private var known: Set<Pattern> = []

  init(_ tables: PackingTables<Lanes>, solver: any Solver) throws(SolverFailure) {
    self.tables = tables
    var program = LinearProgram()
    rows = tables.count.map { program.appendRow(bounds: .atLeast(Double($0))) }
    session = try solver.makeSession(program)
  }

  @discardableResult
  func add(_ pattern: Pattern) -> Bool {
    guard known.insert(pattern).inserted else { return false }
    patterns.append(pattern)
    session.appendColumn(
      cost: 1, coefficients: pattern.entries.map { (rows[Int($0.sizeClass)], Double($0.count)) })
    return true
  }

  /// From now on only so many items of each class need a bin.
  func require(_ counts: [Int]) {
    for (row, count) in zip(rows, counts) { session.setBounds(of: row, to: .atLeast(Double(count))) }
  }

  /// The program's optimum; `nil` when the solver gives none.
  func relax() throws(SolverFailure) -> Relaxed? {
    guard case .optimal(let solution) = try session.soundRelaxation(), let duals = solution.duals else {
      return nil
    }
    let scale = Double(PatternPricing<Lanes>.scale)
    return Relaxed(
      value: solution.objective, numbers: solution.values,
      prices: rows.map { Int64((max(0, min(1, duals.rows[$0.index])) * scale).rounded(.down)) })
  }

  /// Fewer bins than `limit` for the items that are left, chosen among some of the known patterns by
  /// branch and bound; `nil` when there are none or none was found.
  func choose(
    among indices: [Int], counts: [Int], below limit: Int, knownBound: Int, solver: any Solver, nodes: Int,
    seconds: Double?
  ) throws(SolverFailure) -> [Pattern]? {
    var program = LinearProgram()
    let rows = counts.map { program.appendRow(bounds: .atLeast(Double($0))) }
    for index in indices {
      let entries = patterns[index].entries.filter { counts[Int($0.sizeClass)] > 0 }
      guard !entries.isEmpty else { continue }
      program.appendColumn(
        kind: .integer, cost: 1, coefficients: entries.map { (rows[Int($0.sizeClass)], Double($0.count)) })
    }
    let used = indices.filter { index in patterns[index].entries.contains { counts[Int($0.sizeClass)] > 0 } }
    var options = SolverOptions()
    options.cutoff = Double(limit)
    options.knownBound = Double(knownBound)
    options.nodeLimit = nodes
    options.timeLimitSeconds = seconds
    options.cuts = []
    let outcome = try solver.soundOutcome(program, options: options)
    guard let solution = outcome?.solution, solution.objective < Double(limit) - 0.5 else { return nil }
    return used.indices.flatMap { [Pattern](repeating: patterns[used[$0]], count: Int(solution.values[$0])) }
  }
}
