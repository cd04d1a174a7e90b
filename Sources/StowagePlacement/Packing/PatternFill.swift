/// Packs bins one after the other with what points most the way of the room left (dot product of vector
/// packing; Panigrahy, Talwar, Uyeda, Wieder: Heuristics for vector bin packing, 2011), and completes
/// patterns with what still fits.
struct PatternFill<Lanes: PackingLanes> {
  private let tables: PackingTables<Lanes>
  private let share: [[Double]]

  init(_ tables: PackingTables<Lanes>) {
    self.tables = tables
    share = tables.size.map { size in
      (0..<tables.dimensions).map { Double(size[$0]) / Double(max(1, tables.capacity[$0])) }
    }
  }

  /// A packing of all items.
  func packed() -> [Pattern] {
    packed(appeal: [Double](repeating: 1, count: tables.classCount))
  }

  /// Packings that differ in what they prefer.
  func variants(_ random: inout SeededGenerator) -> [[Pattern]] {
    (0..<6).map { _ in packed(appeal: (0..<tables.classCount).map { _ in 0.7 + 0.6 * random.unit() }) }
  }

  private func packed(appeal: [Double]) -> [Pattern] {
    var counts = tables.count
    var bins: [Pattern] = []
    var left = counts.reduce(0, +)
    while left > 0 {
      var room = tables.capacity
      var classes: [Int32] = []
      while let next = nextClass(room, counts, appeal) {
        room = Lanes.rest(room, tables.size[next])
        counts[next] -= 1
        classes.append(Int32(next))
      }
      left -= classes.count
      bins.append(Pattern(classes))
    }
    return bins
  }

  private func nextClass(_ room: Lanes, _ counts: [Int], _ appeal: [Double]) -> Int? {
    let free = (0..<tables.dimensions).map { Double(room[$0]) / Double(max(1, tables.capacity[$0])) }
    var best: (index: Int, score: Double)?
    for index in tables.size.indices
    where counts[index] > 0 && Lanes.fits(tables.size[index], room) {
      let score = appeal[index] * (1e-9 + zip(share[index], free).reduce(0) { $0 + $1.0 * $1.1 })
      if best.map({ score > $0.score }) ?? true { best = (index, score) }
    }
    return best?.index
  }

  /// A pattern without items that are no longer there and with others that fit, taken from `counts`.
  func completed(_ pattern: Pattern, counts: inout [Int], prices: [Int64]) -> Pattern {
    var room = tables.capacity
    var classes: [Int32] = []
    for entry in pattern.entries {
      for _ in 0..<min(Int(entry.count), counts[Int(entry.sizeClass)]) {
        room = Lanes.rest(room, tables.size[Int(entry.sizeClass)])
        counts[Int(entry.sizeClass)] -= 1
        classes.append(entry.sizeClass)
      }
    }
    guard !classes.isEmpty else { return Pattern(classes) }
    while true {
      var best: Int?
      for index in tables.size.indices
      where counts[index] > 0 && Lanes.fits(tables.size[index], room) {
        if best.map({ prices[index] > prices[$0] }) ?? true { best = index }
      }
      guard let best else { return Pattern(classes) }
      room = Lanes.rest(room, tables.size[best])
      counts[best] -= 1
      classes.append(Int32(best))
    }
  }
}
