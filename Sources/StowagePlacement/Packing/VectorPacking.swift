public import LinearOptimization

/// Items with sizes in several dimensions that go into as few equal bins as possible: VMs on equal
/// hosts, with nothing but their sizes to say where they may be.
///
/// Any number of dimensions up to ``mostDimensions``, where fleets have six resources.
public struct VectorPacking: Sendable {
  /// Items of one size.
  public struct Item: Hashable, Sendable {
    /// What one of them takes in each dimension; below zero what it gives back, as in some published problems.
    public let size: [Int64]
    /// How many there are.
    public let count: Int

    /// Items of one size.
    public init(size: [Int64], count: Int) {
      self.size = size
      self.count = count
    }
  }

  /// Why a problem is refused.
  public enum Flaw: Error, Hashable, Sendable {
    /// No dimensions, or more than ``VectorPacking/mostDimensions``.
    case dimensions(Int)
    /// A capacity that is negative or larger than ``VectorPacking/mostCapacity``.
    case capacity(Int64)
    /// An item, by position, with another number of dimensions, a negative count, or a size beyond a bin's below zero.
    case item(Int)
    /// An item, by position, that no bin can hold.
    case tooLarge(Int)
    /// More items than ``VectorPacking/mostItems``.
    case items(Int)
  }

  /// Dimensions that one vector of the search holds.
  public static let mostDimensions = 16
  /// Sums of two sizes stay below 2³¹.
  public static let mostCapacity: Int64 = 1 << 29
  /// Chosen: beyond it a master with a row for each size is no longer quick.
  public static let mostItems = 100_000

  /// What a bin holds in each dimension.
  public let capacity: [Int64]
  /// The items as given.
  public let items: [Item]

  /// A problem; what cannot be packed at all is refused.
  public init(capacity: [Int64], items: [Item]) throws(Flaw) {
    guard (1...Self.mostDimensions).contains(capacity.count) else { throw .dimensions(capacity.count) }
    for amount in capacity where !(0...Self.mostCapacity).contains(amount) { throw .capacity(amount) }
    var total = 0
    for (position, item) in items.enumerated() {
      guard item.size.count == capacity.count, item.size.allSatisfy({ $0 >= -Self.mostCapacity }),
        item.count >= 0
      else {
        throw .item(position)
      }
      if item.count > 0, zip(item.size, capacity).contains(where: { $0 > $1 }) { throw .tooLarge(position) }
      guard item.count <= Self.mostItems - total else { throw .items(Self.mostItems) }
      total += item.count
    }
    self.capacity = capacity
    self.items = items
  }

  /// As few bins as the limits allow to find, and what is proved about their number.
  public func answer(
    solver: any Solver, options: PlacementOptions = PlacementOptions()
  ) throws(SolverFailure) -> VectorPackingAnswer {
    let stopwatch = Stopwatch(options)
    switch capacity.count {
    case ...4:
      var search = PatternSearch<SIMD4<Int32>>(self, solver: solver, seed: options.seed, stopwatch)
      return try search.answer()
    case ...8:
      var search = PatternSearch<SIMD8<Int32>>(self, solver: solver, seed: options.seed, stopwatch)
      return try search.answer()
    default:
      var search = PatternSearch<SIMD16<Int32>>(self, solver: solver, seed: options.seed, stopwatch)
      return try search.answer()
    }
  }
}

/// Bins and what is proved about their number.
public struct VectorPackingAnswer: Sendable {
  /// In each bin, how many of which items: positions of ``VectorPacking/items``.
  public let bins: [[(item: Int, count: Int)]]
  /// No packing has fewer bins.
  public let lowerBound: Int
  /// A whole price for each item that proves the bound where the volume does not: no bin can hold items
  /// worth more than ``priceLimit``, so all items together need so many bins. Empty where it does.
  public let prices: [Int64]
  /// The most that a bin can be worth at ``prices``.
  public let priceLimit: Int64
}
