/// A packing problem laid out for the search: sizes in the lanes of vectors, equal items as one class.
struct PackingTables<Lanes: PackingLanes> {
  let dimensions: Int
  let capacity: Lanes
  /// One over the capacity, dimension by dimension.
  private let scale: [Double]
  /// The size of each class; lanes without a dimension are 0.
  let size: [Lanes]
  /// How many items each class has.
  let count: [Int]
  /// The class of each item as given; `nil` for items of which there are none.
  let classOfItem: [Int?]
  /// What items give back at most, all together. Where it is not zero a part of a pattern need not be one.
  let relief: Lanes
  /// No packing has fewer bins, by volume alone, dimension by dimension.
  let volumeBound: Int

  var classCount: Int { size.count }

  init(_ problem: VectorPacking) {
    dimensions = problem.capacity.count
    capacity = Self.lanes(problem.capacity)
    var classes: [[Int64]: Int] = [:]
    for item in problem.items where item.count > 0 { classes[item.size, default: 0] += item.count }
    // Large ones first: the search for patterns and the best fit take them in this order.
    let scale = problem.capacity.map { 1 / Double(max(1, $0)) }
    self.scale = scale
    func bulk(_ size: [Int64]) -> Double { zip(size, scale).reduce(0) { $0 + Double($1.0) * $1.1 } }
    let ordered = classes.keys.map { (size: $0, bulk: bulk($0)) }.sorted { a, b in
      a.bulk != b.bulk ? a.bulk > b.bulk : b.size.lexicographicallyPrecedes(a.size)
    }.map(\.size)
    size = ordered.map(Self.lanes)
    count = ordered.map { classes[$0] ?? 0 }
    let position = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($0.element, $0.offset) })
    classOfItem = problem.items.map { $0.count > 0 ? position[$0.size] : nil }
    var relief = Lanes.zero
    for item in problem.items where item.count > 0 {
      for (lane, amount) in item.size.enumerated() where amount < 0 {
        let back = Int64(relief[lane]) - amount * Int64(item.count)
        relief[lane] = Int32(min(back, VectorPacking.mostCapacity))
      }
    }
    self.relief = relief
    var bound = problem.items.contains { $0.count > 0 } ? 1 : 0
    for dimension in problem.capacity.indices where problem.capacity[dimension] > 0 {
      let total = problem.items.reduce(Int64(0)) { $0 + $1.size[dimension] * Int64($1.count) }
      let capacity = problem.capacity[dimension]
      bound = max(bound, Int((total + capacity - 1) / capacity))
    }
    volumeBound = bound
  }

  private static func lanes(_ amounts: [Int64]) -> Lanes {
    var lanes = Lanes.zero
    for (lane, amount) in amounts.enumerated() { lanes[lane] = Int32(amount) }
    return lanes
  }

  /// The sum of the shares of a bin that an amount takes.
  func bulk(_ amount: Lanes) -> Double {
    (0..<dimensions).reduce(0) { $0 + Double(amount[$1]) * scale[$1] }
  }
}

/// What goes into one bin: classes, ascending, each with a number above zero.
struct Pattern: Hashable {
  struct Entry: Hashable {
    let sizeClass: Int32
    var count: Int32
  }

  private(set) var entries: [Entry]

  /// From classes in any order, each as often as it is in.
  init(_ classes: some Sequence<Int32>) {
    entries = []
    for sizeClass in classes.sorted() {
      if entries.last?.sizeClass == sizeClass {
        entries[entries.count - 1].count += 1
      } else {
        entries.append(Entry(sizeClass: sizeClass, count: 1))
      }
    }
  }
}
