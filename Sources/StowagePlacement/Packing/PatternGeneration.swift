import LinearOptimization

/// Column generation on ``PatternMaster``.
///
/// Each round prices a pattern around every class with a short search, which finds many columns at
/// once; only where that finds none is the exact search asked. Prices between those of the round before
/// and the program's own make steadier columns (Neame: Nonsmooth dual methods in integer programming, 1999). A bound comes from any prices: what all items are worth by what the
/// best pattern is (Farley: A note on bounding a class of linear programming problems, 1990).
struct PatternGeneration<Lanes: PackingLanes> {
  let master: PatternMaster<Lanes>
  let pricing: PatternPricing<Lanes>
  private let tables: PackingTables<Lanes>
  private let stopwatch: Stopwatch
  /// No packing of all items has fewer bins.
  private(set) var bound = 0
  /// The prices that prove it, and the most that a bin is worth at them.
  private(set) var proof: (prices: [Int64], limit: Int64) = ([], 0)

  /// Nodes around each class, and of one exact search. Chosen: the short ones find columns for less than the
  /// program takes to be solved; the long one ends on all published problems with up to 250 items.
  private static var shortNodes: ClosedRange<Int> { 20...1280 }
  private static var mediumNodes: Int { 20_000 }
  private static var longNodes: Int { 20_000_000 }
  /// Rounds from one look at the bound to the next.
  private static var roundsABound: Int { 10 }
  /// Columns of one round at most.
  private static var breadth: Int { 120 }
  /// Gains below this part of a bin are the rounding of prices.
  private static var tolerance: Int64 { PatternPricing<Lanes>.scale / 1_000_000 }

  init(_ tables: PackingTables<Lanes>, solver: any Solver, stopwatch: Stopwatch) throws(SolverFailure) {
    self.tables = tables
    self.stopwatch = stopwatch
    master = try PatternMaster(tables, solver: solver)
    pricing = PatternPricing(tables)
    for index in 0..<tables.classCount { master.add(Pattern(CollectionOfOne(Int32(index)))) }
  }

  /// Generates for all items until bound and program agree on the number of bins; `nil` without a solution.
  mutating func converge(_ counts: [Int]) throws(SolverFailure) -> PatternMaster<Lanes>.Relaxed? {
    master.require(counts)
    var steady: [Int64]?
    var nodes = Self.shortNodes.lowerBound
    var round = 0
    while let relaxed = try master.relax() {
      let goal = Int((relaxed.value - 1e-6).rounded(.up))
      if bound >= goal || stopwatch.hasRunOut { return relaxed }
      round += 1
      let mixed = zip(steady ?? relaxed.prices, relaxed.prices).map { ($0 + $1) / 2 }
      steady = mixed
      let added = addAround(mixed, counts, judgedAt: relaxed.prices, nodes: nodes)
      // Few columns a round make many rounds: look deeper.
      if added * 6 < tables.classCount { nodes = min(2 * nodes, Self.shortNodes.upperBound) }
      if round % Self.roundsABound == 0 || added == 0 { note(mixed, counts, nodes: Self.mediumNodes) }
      if added > 0 || bound >= goal { continue }
      if addAround(relaxed.prices, counts, judgedAt: relaxed.prices, nodes: nodes) > 0 { continue }
      guard let pattern = note(relaxed.prices, counts, nodes: Self.longNodes), master.add(pattern) else {
        return relaxed
      }
    }
    return nil
  }

  /// A bound at some prices, where the exact search ends within so many nodes; the pattern that it
  /// found if that is worth more than a bin.
  @discardableResult
  private mutating func note(_ prices: [Int64], _ counts: [Int], nodes: Int) -> Pattern? {
    pricing.setPrices(prices, counts: counts)
    let found = pricing.search(above: PatternPricing<Lanes>.scale, nodes: nodes)
    if found.isExact {
      let worth = zip(prices, counts).reduce(Int64(0)) { $0 + $1.0 * Int64($1.1) }
      let bins = Int((worth + found.value - 1) / found.value)
      if bins > bound {
        bound = bins
        proof = (prices, found.value)
      }
    }
    return found.value > PatternPricing<Lanes>.scale + Self.tolerance ? found.best : nil
  }

  /// Rounds for the items that are left, until no class has a better pattern around it.
  func refine(_ counts: [Int], rounds: Int, until isEnough: (PatternMaster<Lanes>.Relaxed) -> Bool)
    throws(SolverFailure) -> PatternMaster<Lanes>.Relaxed?
  {
    var last: PatternMaster<Lanes>.Relaxed?
    for _ in 0..<rounds {
      guard let relaxed = try master.relax() else { return nil }
      last = relaxed
      if isEnough(relaxed) || stopwatch.hasRunOut { return relaxed }
      let nodes = Self.shortNodes.lowerBound
      if addAround(relaxed.prices, counts, judgedAt: relaxed.prices, nodes: nodes) == 0 { return relaxed }
    }
    return try master.relax() ?? last
  }

  /// Adds the best patterns around each class.
  private func addAround(_ prices: [Int64], _ counts: [Int], judgedAt own: [Int64], nodes: Int) -> Int {
    pricing.setPrices(prices, counts: counts)
    var found: [(pattern: Pattern, worth: Int64)] = []
    for sizeClass in pricing.order {
      guard let pattern = pricing.search(above: 0, nodes: nodes, with: sizeClass).best else {
        continue
      }
      let worth = pattern.entries.reduce(Int64(0)) { $0 + own[Int($1.sizeClass)] * Int64($1.count) }
      if worth > PatternPricing<Lanes>.scale + Self.tolerance { found.append((pattern, worth)) }
    }
    let ranked = found.enumerated().sorted { a, b in
      a.element.worth != b.element.worth ? a.element.worth > b.element.worth : a.offset < b.offset
    }
    return ranked.prefix(Self.breadth).reduce(0) { $0 + (master.add($1.element.pattern) ? 1 : 0) }
  }
}
