/// The packing of one bin that is worth most at given prices: an exact search in all dimensions.
///
/// Depth first over the classes in the order of price by weight, where weights are one sum of the
/// dimensions: any such sum that the capacity bounds gives a bound on what still fits (a surrogate
/// relaxation, solved as a fractional knapsack). The multipliers of the dimensions come from a
/// subgradient search on the Lagrangian, so that what binds counts. Classes that no longer fit are taken
/// out of the list on every level.
///
/// A class over raw memory: the search visits millions of nodes a second.
final class PatternPricing<Lanes: PackingLanes> {
  /// Prices are whole numbers of this part of a bin.
  static var scale: Int64 { 100_000_000 }

  struct Result {
    /// The best pattern found that is worth more than the limit asked for.
    var best: Pattern?
    /// What it is worth, or the limit.
    var value: Int64
    /// Whether nothing is worth more than ``value``.
    var isExact: Bool
  }

  private let tables: PackingTables<Lanes>
  private let share: [[Double]]
  private var multipliers: [Double]
  private let price: UnsafeMutablePointer<Int64>
  private let weight: UnsafeMutablePointer<Double>
  private let left: UnsafeMutablePointer<Int32>
  private let lists: UnsafeMutablePointer<Int32>
  private let listLength: Int
  private let depthLimit: Int
  private var chosen: [Int32] = []
  private var best: [Int32] = []
  private var bestValue: Int64 = 0
  private var found = false
  private var nodesLeft = 0

  init(_ tables: PackingTables<Lanes>) {
    self.tables = tables
    share = tables.size.map { size in
      (0..<tables.dimensions).map { Double(size[$0]) / Double(max(1, tables.capacity[$0])) }
    }
    multipliers = [Double](repeating: 1 / Double(tables.dimensions), count: tables.dimensions)
    price = Self.fresh(tables.classCount, 0)
    weight = Self.fresh(tables.classCount, 0)
    left = Self.fresh(tables.classCount, 0)
    listLength = max(1, tables.classCount)
    depthLimit = Self.mostItems(tables) + 1
    lists = Self.fresh(listLength * (depthLimit + 1), 0)
  }

  deinit {
    price.deallocate()
    weight.deallocate()
    left.deallocate()
    lists.deallocate()
  }

  private static func fresh<Element>(_ count: Int, _ value: Element) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, count))
    memory.initialize(repeating: value, count: max(1, count))
    return memory
  }

  /// No bin holds more items: the smallest ones that fit in, dimension by dimension.
  private static func mostItems(_ tables: PackingTables<Lanes>) -> Int {
    let total = tables.count.reduce(0, +)
    var most = total
    for dimension in 0..<tables.dimensions {
      let order = tables.size.indices.sorted { tables.size[$0][dimension] < tables.size[$1][dimension] }
      var (room, held) = (Int64(tables.capacity[dimension]), 0)
      for index in order {
        let size = Int64(tables.size[index][dimension])
        let number = size > 0 ? min(tables.count[index], Int(room / size)) : tables.count[index]
        held += number
        room -= Int64(number) * size
        if number < tables.count[index] { break }
      }
      most = min(most, held)
    }
    return max(1, most)
  }

  /// Prepares for new prices, with so many items of each class to be had.
  func setPrices(_ prices: [Int64], counts: [Int]) {
    for index in share.indices {
      price[index] = prices[index]
      left[index] = Int32(counts[index])
    }
    followSubgradient()
    for index in share.indices {
      weight[index] = zip(share[index], multipliers).reduce(1e-9) { $0 + $1.0 * $1.1 }
    }
    order = share.indices.filter { price[$0] > 0 && left[$0] > 0 }.sorted { a, b in
      let (left, right) = (Double(price[a]) * weight[b], Double(price[b]) * weight[a])
      return left != right ? left > right : a < b
    }.map(Int32.init)
  }

  private(set) var order: [Int32] = []

  /// Chosen: from the multipliers of the prices before, these many steps settle.
  private static var steps: Int { 25 }

  /// Multipliers *u* that bring *u·1 + Σ n·max(0, price − u·size)* down, in shares of a bin, then
  /// scaled to a sum of 1.
  private func followSubgradient() {
    let scale = 1 / Double(Self.scale)
    var current = multipliers
    var (best, bestValue) = (multipliers, Double.infinity)
    for step in 1...Self.steps {
      var value = current.reduce(0, +)
      var slope = [Double](repeating: 1, count: current.count)
      for index in share.indices where price[index] > 0 && left[index] > 0 {
        let surplus =
          Double(price[index]) * scale - zip(share[index], current).reduce(0) { $0 + $1.0 * $1.1 }
        guard surplus > 0 else { continue }
        let number = Double(left[index])
        value += number * surplus
        for lane in slope.indices { slope[lane] -= number * share[index][lane] }
      }
      if value < bestValue { (best, bestValue) = (current, value) }
      let length = slope.reduce(0) { $0 + $1 * $1 }
      guard length > 0 else { break }
      let size = 0.3 * max(0.05, value - 0.9) / length / Double(step).squareRoot()
      for lane in current.indices { current[lane] = max(0, current[lane] - size * slope[lane]) }
    }
    let sum = best.reduce(0, +)
    multipliers = sum > 0 ? best.map { $0 / sum } : best.map { _ in 1 / Double(best.count) }
  }

  /// The best pattern worth more than `limit`, within so many nodes; with an item of a class in it, if asked.
  func search(above limit: Int64, nodes: Int, with first: Int32? = nil) -> Result {
    bestValue = limit
    found = false
    nodesLeft = nodes
    chosen.removeAll(keepingCapacity: true)
    var length = 0
    var room = tables.capacity
    var weightLeft = 1.0
    var value: Int64 = 0
    if let first {
      room = Lanes.rest(room, tables.size[Int(first)])
      weightLeft -= weight[Int(first)]
      value = price[Int(first)]
      left[Int(first)] -= 1
      chosen.append(first)
      if value > bestValue { record(value) }
    }
    for sizeClass in order where Lanes.fits(tables.size[Int(sizeClass)], room) {
      lists[length] = sizeClass
      length += 1
    }
    tables.size.withUnsafeBufferPointer { sizes in
      descend(sizes, depth: 0, length: length, room: room, weightLeft: weightLeft, value: value)
    }
    if let first { left[Int(first)] += 1 }
    return Result(best: found ? Pattern(best) : nil, value: bestValue, isExact: nodesLeft > 0)
  }

  private func record(_ value: Int64) {
    bestValue = value
    best = chosen
    found = true
  }

  private func descend(
    _ sizes: UnsafeBufferPointer<Lanes>, depth: Int, length: Int, room: Lanes, weightLeft: Double,
    value: Int64
  ) {
    let list = lists + depth * listLength
    let next = list + listLength
    for position in 0..<length {
      guard nodesLeft > 0, bound(list, position, length, weightLeft) + Double(value) > Double(bestValue)
      else {
        return
      }
      let sizeClass = Int(list[position])
      guard left[sizeClass] > 0 else { continue }
      nodesLeft -= 1
      let worth = value + price[sizeClass]
      let rest = Lanes.rest(room, sizes[sizeClass])
      chosen.append(Int32(truncatingIfNeeded: sizeClass))
      left[sizeClass] -= 1
      if worth > bestValue { record(worth) }
      if depth + 1 < depthLimit {
        var count = 0
        for other in position..<length {
          let candidate = list[other]
          if left[Int(candidate)] > 0, Lanes.fits(sizes[Int(candidate)], rest) {
            next[count] = candidate
            count += 1
          }
        }
        if count > 0 {
          descend(
            sizes, depth: depth + 1, length: count, room: rest, weightLeft: weightLeft - weight[sizeClass],
            value: worth)
        }
      }
      left[sizeClass] += 1
      chosen.removeLast()
    }
  }

  /// What the classes from a position on can add at most: a fractional knapsack over the weights,
  /// a hair too high for the errors of its sums.
  @inline(__always)
  private func bound(
    _ list: UnsafeMutablePointer<Int32>, _ first: Int, _ length: Int, _ weightLeft: Double
  ) -> Double {
    var room = weightLeft + 1e-6
    var worth = 1.0
    for position in first..<length {
      let sizeClass = Int(list[position])
      let number = Double(left[sizeClass])
      let needed = weight[sizeClass] * number
      if needed > room { return worth + Double(price[sizeClass]) * max(0, room) / weight[sizeClass] }
      room -= needed
      worth += Double(price[sizeClass]) * number
    }
    return worth
  }
}
