import LinearOptimization

/// One packing out of the solution of the master: patterns are fixed a few at a time, the rest is
/// solved again with fresh columns, and the last bins are left to branch and bound.
struct PatternDive<Lanes: PackingLanes> {
  private let tables: PackingTables<Lanes>
  private let solver: any Solver
  private let stopwatch: Stopwatch

  /// Bins left from which branch and bound takes over, and the columns and nodes it gets.
  /// Chosen: there it ends in tenths of a second.
  private static var tail: Double { 14 }
  private static var tailColumns: Int { 400 }
  private static var tailNodes: Int { 400 }
  private static var rounds: Int { 12 }

  init(_ tables: PackingTables<Lanes>, solver: any Solver, stopwatch: Stopwatch) {
    self.tables = tables
    self.solver = solver
    self.stopwatch = stopwatch
  }

  /// Fewer bins than `limit`; `nil` when this dive finds none. The first dive takes what the program
  /// says, later ones stray from it.
  func run(
    _ generation: inout PatternGeneration<Lanes>, below limit: Int, floor: Int, round: Int,
    _ random: inout SeededGenerator
  ) throws(SolverFailure) -> [Pattern]? {
    let fill = PatternFill(tables)
    var counts = tables.count
    var fixed: [Pattern] = []
    defer { generation.master.require(tables.count) }
    while counts.contains(where: { $0 > 0 }) {
      if stopwatch.hasRunOut { return nil }
      generation.master.require(counts)
      let left = limit - 1 - fixed.count
      let relaxed = try generation.refine(counts, rounds: Self.rounds) { relaxed in
        relaxed.value <= Double(left) - 0.3
      }
      guard let relaxed, relaxed.value <= Double(left) + 1e-6 else { return nil }
      if relaxed.value <= Self.tail,
        let tail = try finish(generation.master, relaxed, counts, below: left + 1, floor: floor - fixed.count)
      {
        return fixed + tail
      }
      for pattern in chosen(relaxed, generation.master, round: round, &random) {
        let trimmed = fill.completed(pattern, counts: &counts, prices: relaxed.prices)
        if !trimmed.entries.isEmpty { fixed.append(trimmed) }
      }
    }
    return fixed.count < limit ? fixed : nil
  }

  /// All whole bins of the solution and, where there are none, the ones nearest to being whole.
  private func chosen(
    _ relaxed: PatternMaster<Lanes>.Relaxed, _ master: PatternMaster<Lanes>, round: Int,
    _ random: inout SeededGenerator
  ) -> [Pattern] {
    var whole: [Pattern] = []
    var part: [(index: Int, rank: Double)] = []
    for (index, number) in relaxed.numbers.enumerated() where number > 1e-6 {
      let bins = Int((number + 1e-6).rounded(.down))
      whole += [Pattern](repeating: master.patterns[index], count: bins)
      let rest = number - Double(bins)
      if rest > 1e-6 {
        part.append((index, rest + (round == 0 ? 0 : 0.35 * Double(min(round, 3)) * random.unit())))
      }
    }
    if !whole.isEmpty { return whole }
    part.sort { $0.rank != $1.rank ? $0.rank > $1.rank : $0.index < $1.index }
    let number = max(1, Int(relaxed.value / 12))
    var taken = [Int](repeating: 0, count: tables.classCount)
    var picked: [Pattern] = []
    // Patterns that share items would waste room.
    for entry in part {
      let pattern = master.patterns[entry.index]
      guard picked.count < number else { break }
      guard picked.isEmpty || !pattern.entries.contains(where: { taken[Int($0.sizeClass)] > 0 }) else {
        continue
      }
      for item in pattern.entries { taken[Int(item.sizeClass)] += Int(item.count) }
      picked.append(pattern)
    }
    return picked
  }

  private func finish(
    _ master: PatternMaster<Lanes>, _ relaxed: PatternMaster<Lanes>.Relaxed, _ counts: [Int],
    below limit: Int,
    floor: Int
  ) throws(SolverFailure) -> [Pattern]? {
    let scale = PatternPricing<Lanes>.scale
    let ranked = master.patterns.indices.compactMap { index -> (index: Int, gap: Int64)? in
      let pattern = master.patterns[index]
      let worth = pattern.entries.reduce(Int64(0)) { sum, entry in
        sum + relaxed.prices[Int(entry.sizeClass)]
          * Int64(min(Int(entry.count), counts[Int(entry.sizeClass)]))
      }
      return worth > 0 ? (index, scale - worth) : nil
    }.sorted { $0.gap != $1.gap ? $0.gap < $1.gap : $0.index < $1.index }
    return try master.choose(
      among: ranked.prefix(Self.tailColumns).map(\.index), counts: counts, below: limit,
      knownBound: max(floor, Int((relaxed.value - 1e-6).rounded(.up))), solver: solver, nodes: Self.tailNodes,
      seconds: stopwatch.secondsLeft)
  }
}
