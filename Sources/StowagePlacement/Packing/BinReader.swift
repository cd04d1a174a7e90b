/// Turns patterns over classes back into bins of the items as given.
struct BinReader<Lanes: PackingLanes> {
  private let problem: VectorPacking
  private let tables: PackingTables<Lanes>

  init(_ problem: VectorPacking, _ tables: PackingTables<Lanes>) {
    self.problem = problem
    self.tables = tables
  }

  /// Bins that hold every item once; what patterns have too many of is left out.
  func bins(_ patterns: [Pattern]) -> [[(item: Int, count: Int)]] {
    var supply = [[(item: Int, count: Int)]](repeating: [], count: tables.classCount)
    for (item, sizeClass) in tables.classOfItem.enumerated().reversed() {
      if let sizeClass { supply[sizeClass].append((item, problem.items[item].count)) }
    }
    return patterns.map { pattern in
      var bin: [(item: Int, count: Int)] = []
      for entry in pattern.entries {
        var wanted = Int(entry.count)
        while wanted > 0, let last = supply[Int(entry.sizeClass)].last {
          let taken = min(wanted, last.count)
          bin.append((last.item, taken))
          wanted -= taken
          supply[Int(entry.sizeClass)].removeLast()
          if taken < last.count { supply[Int(entry.sizeClass)].append((last.item, last.count - taken)) }
        }
      }
      return bin.sorted { $0.item < $1.item }
    }
  }
}
