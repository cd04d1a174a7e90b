/// What a search asks for services that run without one they need nearby: a price for each dependency and
/// neighbourhood, which rises while the dependency is broken there and falls while it is kept.
///
/// Where services depend on many others, a service that changes its neighbourhood must often take others along, and
/// no change of two processes is legal from one end to the other. At prices a search passes through what is broken
/// between (see ``CapacityPrices``).
struct DependencyPrices: ~Copyable {
  private let count: Int
  private let price: UnsafeMutablePointer<Int64>
  /// The same, with fractions.
  private let exact: UnsafeMutablePointer<Double>
  /// Those that were kept.
  private let kept: UnsafeMutablePointer<Double>
  private let isBroken: UnsafeMutablePointer<Bool>
  private let lowest: Double
  /// What is asked for all that is broken.
  private(set) var owed: Int64 = 0
  /// Dependencies that are broken, counted in each neighbourhood.
  private(set) var brokenCount = 0

  /// By what prices rise each time, as those of capacity do.
  private static let rise = 1.1
  /// In the mean size of a change, the lowest price.
  private static let least = 0.01
  private static let most = 1e12

  /// Prices that all begin at `start`, the mean size of a change.
  init(count: Int, start: Double) {
    self.count = count
    price = .allocate(capacity: max(1, count))
    exact = .allocate(capacity: max(1, count))
    kept = .allocate(capacity: max(1, count))
    isBroken = .allocate(capacity: max(1, count))
    exact.initialize(repeating: min(Self.most, max(1, start)), count: max(1, count))
    kept.initialize(from: exact, count: max(1, count))
    price.initialize(repeating: Int64(exact[0]), count: max(1, count))
    isBroken.initialize(repeating: false, count: max(1, count))
    lowest = max(1, Self.least * start)
  }

  deinit {
    price.deallocate()
    exact.deallocate()
    kept.deallocate()
    isBroken.deallocate()
  }

  /// Notes that a dependency is broken in a neighbourhood, or is no longer.
  @inline(__always)
  mutating func set(_ cell: Int, isBroken now: Bool) {
    isBroken[cell] = now
    brokenCount += now ? 1 : -1
    owed += now ? price[cell] : -price[cell]
  }

  /// Raises the prices of what is broken, and lowers the others by a part.
  mutating func adapt(fall: Double) {
    for cell in 0..<count {
      let changed = isBroken[cell] ? exact[cell] * Self.rise : exact[cell] * (1 - fall)
      exact[cell] = min(Self.most, max(lowest, changed))
    }
    charge()
  }

  /// Keeps the prices of now.
  mutating func keep() { kept.update(from: exact, count: max(1, count)) }

  /// Takes the prices back that were kept.
  mutating func restore() {
    exact.update(from: kept, count: max(1, count))
    charge()
  }

  /// Asks the prices of now for what is broken.
  private mutating func charge() {
    owed = 0
    for cell in 0..<count {
      price[cell] = Int64(exact[cell])
      if isBroken[cell] { owed += price[cell] }
    }
  }
}
