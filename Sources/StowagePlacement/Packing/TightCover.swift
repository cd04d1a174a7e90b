import LinearOptimization

/// Packings that waste next to nothing: with *K* bins, none can leave more free in any dimension than all
/// bins together may.
///
/// Where that admits few patterns they are enumerated, and items are covered exactly: depth first, the
/// class with the fewest patterns left first, then by branch and bound.
struct TightCover<Lanes: PackingLanes> {
  private let tables: PackingTables<Lanes>
  private let bins: Int
  private let solver: any Solver
  private let stopwatch: Stopwatch
  /// What all bins together leave free.
  private let waste: [Int64]

  /// Patterns beyond which nothing is gained over column generation, and steps of the enumeration and the
  /// cover. Chosen: the published triplets with 249 items have some hundred patterns.
  private static var mostPatterns: Int { 4000 }
  private static var enumerationSteps: Int { 30_000_000 }
  private static var coverSteps: Int { 200_000 }
  /// Branch and bound takes over with so many nodes.
  private static var nodes: Int { 2000 }

  init(_ tables: PackingTables<Lanes>, bins: Int, solver: any Solver, stopwatch: Stopwatch) {
    self.tables = tables
    self.bins = bins
    self.solver = solver
    self.stopwatch = stopwatch
    waste = (0..<tables.dimensions).map { lane in
      let total = tables.size.indices.reduce(Int64(0)) {
        $0 + Int64(tables.size[$1][lane]) * Int64(tables.count[$1])
      }
      return Int64(tables.capacity[lane]) * Int64(bins) - total
    }
  }

  /// A packing into just so many bins; `nil` when there are too many patterns, or none was found.
  func patterns() throws(SolverFailure) -> [Pattern]? {
    let isTight = waste.indices.contains { waste[$0] * 8 < Int64(tables.capacity[$0]) }
    guard isTight, waste.allSatisfy({ $0 >= 0 }) else { return nil }
    var enumeration = TightEnumeration(tables, waste: waste, mostPatterns: Self.mostPatterns)
    guard let patterns = enumeration.patterns(steps: Self.enumerationSteps) else { return nil }
    var cover = ExactCover(tables, patterns, bins: bins)
    if let found = cover.search(steps: Self.coverSteps) { return found }
    return try chosen(patterns)
  }

  private func chosen(_ patterns: [Pattern]) throws(SolverFailure) -> [Pattern]? {
    let master = try PatternMaster(tables, solver: solver)
    for pattern in patterns { master.add(pattern) }
    return try master.choose(
      among: Array(patterns.indices), counts: tables.count, below: bins + 1, knownBound: bins, solver: solver,
      nodes: Self.nodes, seconds: stopwatch.part(0.3).secondsLeft)
  }
}

/// All patterns that leave no more free than a limit, dimension by dimension.
///
/// Depth first, large items first by *bulk*, the sum of an item's shares of a bin. What is left to fill
/// bounds the bulk of the next item from below and from above, so that the last item of a pattern is
/// looked up rather than searched for.
private struct TightEnumeration<Lanes: PackingLanes> {
  private let tables: PackingTables<Lanes>
  private let mostFree: Lanes
  private let freeBulk: Double
  private let mostPatterns: Int
  private let bulk: [Double]
  private var stepsLeft = 0
  private var chosen: [Int32] = []
  private var patterns: [Pattern] = []
  private var left: [Int]

  /// More than the errors of sums of bulks.
  private static var slack: Double { 1e-7 }

  init(_ tables: PackingTables<Lanes>, waste: [Int64], mostPatterns: Int) {
    self.tables = tables
    self.mostPatterns = mostPatterns
    var free = Lanes.zero
    for (lane, amount) in waste.enumerated() { free[lane] = Int32(min(amount, Int64(tables.capacity[lane]))) }
    mostFree = free
    bulk = tables.size.map(tables.bulk)
    freeBulk = tables.bulk(free)
    left = tables.count
  }

  /// `nil` when there are too many.
  mutating func patterns(steps: Int) -> [Pattern]? {
    stepsLeft = steps
    guard bulk.allSatisfy({ $0 > 0 }) else { return nil }
    let all = tables.size.indices.map(Int32.init)
    return descend(all[...], room: tables.capacity) ? patterns : nil
  }

  private mutating func descend(_ list: ArraySlice<Int32>, room: Lanes) -> Bool {
    if Lanes.fits(room, mostFree), Lanes.fits(.zero, room), !chosen.isEmpty {
      guard patterns.count < mostPatterns else { return false }
      patterns.append(Pattern(chosen))
    }
    guard let smallest = list.last.map({ bulk[Int($0)] }) else { return true }
    let most = tables.bulk(room) + Self.slack
    let needed = tables.bulk(room) - freeBulk - Self.slack
    let further = (most / smallest).rounded(.down)
    guard further >= 1 else { return true }
    for position in firstIndex(in: list, bulkAtMost: most)..<list.endIndex {
      let sizeClass = Int(list[position])
      if bulk[sizeClass] * further < needed { break }
      stepsLeft -= 1
      guard stepsLeft > 0 else { return false }
      guard left[sizeClass] > 0 else { continue }
      let rest = Lanes.rest(room, tables.size[sizeClass])
      guard Lanes.fits(.zero, rest &+ tables.relief) else { continue }
      left[sizeClass] -= 1
      chosen.append(Int32(sizeClass))
      guard descend(list[position...], room: rest) else { return false }
      chosen.removeLast()
      left[sizeClass] += 1
    }
    return true
  }

  /// Where items begin that are small enough: bulks descend along a list.
  private func firstIndex(in list: ArraySlice<Int32>, bulkAtMost limit: Double) -> Int {
    var (low, high) = (list.startIndex, list.endIndex)
    while low < high {
      let middle = (low + high) / 2
      if bulk[Int(list[middle])] > limit { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// Covers every item exactly once with patterns: depth first, the class with the fewest choices first.
private struct ExactCover<Lanes: PackingLanes> {
  private let patterns: [Pattern]
  private let patternsOf: [[Int]]
  private let bins: Int
  private var left: [Int]
  private var chosen: [Int] = []
  private var stepsLeft = 0

  init(_ tables: PackingTables<Lanes>, _ patterns: [Pattern], bins: Int) {
    self.patterns = patterns
    self.bins = bins
    var patternsOf = [[Int]](repeating: [], count: tables.classCount)
    for (index, pattern) in patterns.enumerated() {
      for entry in pattern.entries { patternsOf[Int(entry.sizeClass)].append(index) }
    }
    self.patternsOf = patternsOf
    left = tables.count
  }

  mutating func search(steps: Int) -> [Pattern]? {
    stepsLeft = steps
    return descend() ? chosen.map { patterns[$0] } : nil
  }

  private func isOpen(_ index: Int) -> Bool {
    patterns[index].entries.allSatisfy { left[Int($0.sizeClass)] >= Int($0.count) }
  }

  private mutating func descend() -> Bool {
    var fewest: (choices: [Int], count: Int)?
    for sizeClass in left.indices where left[sizeClass] > 0 {
      let open = patternsOf[sizeClass].filter(isOpen)
      if fewest.map({ open.count < $0.count }) ?? true { fewest = (open, open.count) }
      if open.count <= 1 { break }
    }
    guard let fewest else { return true }
    guard chosen.count < bins else { return false }
    for index in fewest.choices {
      stepsLeft -= 1
      guard stepsLeft > 0 else { return false }
      for entry in patterns[index].entries { left[Int(entry.sizeClass)] -= Int(entry.count) }
      chosen.append(index)
      if descend() { return true }
      chosen.removeLast()
      for entry in patterns[index].entries { left[Int(entry.sizeClass)] += Int(entry.count) }
    }
    return false
  }
}
