import GLPKBackend
import StowagePlacement
import Testing

@Suite("Packing equal bins in many dimensions")
struct VectorPackingTests {
  private static func answer(_ packing: VectorPacking, seed: UInt64 = 1) throws -> VectorPackingAnswer {
    try packing.answer(solver: GLPKSolver(), options: PlacementOptions(isDeterministic: true, seed: seed))
  }

  /// Sizes of 1 to 12 in bins of 20, in one to nine dimensions, some items several times.
  private static func random(_ seed: UInt64, items: Int) throws -> VectorPacking {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func below(_ bound: UInt64) -> Int64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int64((state >> 33) % bound)
    }
    let dimensions = [1, 2, 3, 5, 9][Int(seed % 5)]
    return try VectorPacking(
      capacity: [Int64](repeating: 20, count: dimensions),
      items: (0..<items).map { _ in
        VectorPacking.Item(size: (0..<dimensions).map { _ in 1 + below(12) }, count: Int(1 + below(2)))
      })
  }

  /// The fewest bins, by trying every item in every open bin and in a new one.
  private static func fewest(_ packing: VectorPacking) -> Int {
    let sizes = packing.items.flatMap { [[Int64]](repeating: $0.size, count: $0.count) }
    var best = sizes.count
    var bins: [[Int64]] = []
    func place(_ item: Int) {
      guard bins.count < best else { return }
      guard item < sizes.count else {
        best = bins.count
        return
      }
      for bin in bins.indices {
        let before = bins[bin]
        bins[bin] = zip(before, sizes[item]).map { $0 + $1 }
        if zip(bins[bin], packing.capacity).allSatisfy({ $0 <= $1 }) { place(item + 1) }
        bins[bin] = before
      }
      bins.append(sizes[item])
      place(item + 1)
      bins.removeLast()
    }
    place(0)
    return best
  }

  /// What a bin can be worth at some prices, by trying every number of every item.
  private static func worth(_ packing: VectorPacking, _ prices: [Int64], _ classes: [[Int64]: Int]) -> Int64 {
    let list = classes.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    let price = Dictionary(zip(packing.items.map(\.size), prices), uniquingKeysWith: { first, _ in first })
    func most(_ position: Int, _ room: [Int64]) -> Int64 {
      guard position < list.count else { return 0 }
      var (best, room, value) = (most(position + 1, room), room, Int64(0))
      for _ in 0..<list[position].value {
        room = zip(room, list[position].key).map { $0 - $1 }
        guard room.allSatisfy({ $0 >= 0 }) else { break }
        value += price[list[position].key] ?? 0
        best = max(best, value + most(position + 1, room))
      }
      return best
    }
    return most(0, packing.capacity)
  }

  private static func isPacked(_ answer: VectorPackingAnswer, _ packing: VectorPacking) -> Bool {
    var packed = [Int](repeating: 0, count: packing.items.count)
    for bin in answer.bins {
      var load = [Int64](repeating: 0, count: packing.capacity.count)
      for entry in bin {
        packed[entry.item] += entry.count
        load = zip(load, packing.items[entry.item].size).map { $0 + $1 * Int64(entry.count) }
      }
      if zip(load, packing.capacity).contains(where: { $0 > $1 }) { return false }
    }
    return packed == packing.items.map(\.count)
  }

  @Test("finds as few bins as trying every packing, and its bound is one", arguments: UInt64(0)..<40)
  func matchesEnumeration(seed: UInt64) throws {
    let packing = try Self.random(seed, items: 6)
    let answer = try Self.answer(packing)
    let fewest = Self.fewest(packing)
    #expect(Self.isPacked(answer, packing))
    #expect(answer.bins.count == fewest)
    #expect(answer.lowerBound <= fewest)
  }

  @Test("prices prove the bound: no bin is worth more than they say", arguments: UInt64(0)..<30)
  func pricesProveTheBound(seed: UInt64) throws {
    let packing = try Self.random(seed, items: 9)
    let answer = try Self.answer(packing)
    guard !answer.prices.isEmpty else { return }
    var classes: [[Int64]: Int] = [:]
    for item in packing.items { classes[item.size, default: 0] += item.count }
    #expect(Self.worth(packing, answer.prices, classes) <= answer.priceLimit)
    let total = zip(packing.items, answer.prices).reduce(Int64(0)) { $0 + Int64($1.0.count) * $1.1 }
    #expect(Int((total + answer.priceLimit - 1) / answer.priceLimit) == answer.lowerBound)
  }

  @Test("fills bins to the last unit where only that will do")
  func perfectTriples() throws {
    // Three items of each triple sum to exactly 100 in both dimensions; 25 to 50 each.
    let triples: [[[Int64]]] = [
      [[26, 31], [33, 40], [41, 29]], [[30, 30], [27, 45], [43, 25]], [[49, 26], [25, 48], [26, 26]],
      [[38, 37], [35, 36], [27, 27]], [[29, 44], [31, 27], [40, 29]],
    ]
    let packing = try VectorPacking(
      capacity: [100, 100], items: triples.joined().map { VectorPacking.Item(size: $0, count: 1) })
    let answer = try Self.answer(packing)
    #expect(answer.bins.count == 5)
    #expect(answer.lowerBound == 5)
    #expect(Self.isPacked(answer, packing))
  }

  @Test("gives the same bins for the same seed")
  func isRepeatable() throws {
    let packing = try Self.random(13, items: 60)
    let (first, second) = (try Self.answer(packing, seed: 7), try Self.answer(packing, seed: 7))
    #expect(
      first.bins.map { $0.map { [$0.item, $0.count] } } == second.bins.map { $0.map { [$0.item, $0.count] } })
  }

  @Test("needs no bins for no items, and one for items without size")
  func trivialCases() throws {
    #expect(try Self.answer(VectorPacking(capacity: [10], items: [])).bins.isEmpty)
    #expect(
      try Self.answer(VectorPacking(capacity: [10], items: [.init(size: [4], count: 0)])).lowerBound == 0)
    let weightless = try Self.answer(VectorPacking(capacity: [0], items: [.init(size: [0], count: 1000)]))
    #expect(weightless.bins.count == 1)
    let many = try Self.answer(
      VectorPacking(capacity: [10, 9], items: [.init(size: [2, 2], count: 50_000)]))
    #expect(many.bins.count == 12_500)
    #expect(many.lowerBound == 12_500)
  }

  @Test("refuses what cannot be packed")
  func refusals() {
    func flaw(_ capacity: [Int64], _ items: [VectorPacking.Item]) -> VectorPacking.Flaw? {
      do throws(VectorPacking.Flaw) {
        _ = try VectorPacking(capacity: capacity, items: items)
        return nil
      } catch {
        return error
      }
    }
    #expect(flaw([], []) == .dimensions(0))
    #expect(flaw([10, -1], []) == .capacity(-1))
    #expect(flaw([10], [.init(size: [1, 1], count: 1)]) == .item(0))
    #expect(flaw([10], [.init(size: [1], count: -1)]) == .item(0))
    #expect(flaw([10], [.init(size: [11], count: 1)]) == .tooLarge(0))
    #expect(flaw([10], [.init(size: [1], count: 200_000)]) == .items(100_000))
  }
}
