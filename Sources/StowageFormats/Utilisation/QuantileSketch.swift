/// The distribution of a stream of values in bounded memory.
///
/// Up to ``exactLimit`` values are kept as they are and percentiles are exact (nearest rank). Beyond
/// that values are counted in buckets of which 64 make a doubling, so that a percentile is at most
/// 0.8 % off, whatever the order and the number of the values. Values below ``least`` count as 0.
struct QuantileSketch {
  /// How many values are kept as they are. Chosen: 512 floats are 2 KiB, about as much as the buckets
  /// of an ordinary server take.
  static let exactLimit = 512
  /// The least value that is told from 0: less than any figure that sizes a VM.
  static let least: Float = 0.0625
  /// 23 bits of mantissa less 6 for 64 buckets.
  private static let shift: UInt32 = 17
  private static let base = Int(least.bitPattern >> shift)
  private static let last = Int(Float(1e9).bitPattern >> shift)

  /// How many values there are.
  private(set) var count = 0
  /// The largest value.
  private(set) var maximum: Float = 0
  /// All values together.
  private(set) var sum = 0.0
  private var exact: [Float] = []
  private var zeroes = 0
  private var buckets: [UInt32] = []
  private var firstBucket = 0

  /// Takes a value of 0 or more in.
  @inline(__always)
  mutating func add(_ value: Float) {
    count += 1
    sum += Double(value)
    if value > maximum { maximum = value }
    if count <= Self.exactLimit {
      exact.append(value)
    } else {
      if !exact.isEmpty { spill() }
      addToBucket(value)
    }
  }

  private mutating func spill() {
    let values = exact
    exact = []
    for value in values { addToBucket(value) }
  }

  @inline(__always)
  private mutating func addToBucket(_ value: Float) {
    guard value >= Self.least else {
      zeroes += 1
      return
    }
    let bucket = min(Int(value.bitPattern >> Self.shift), Self.last) - Self.base
    if bucket < firstBucket || bucket >= firstBucket + buckets.count { grow(to: bucket) }
    buckets[bucket - firstBucket] &+= 1
  }

  private mutating func grow(to bucket: Int) {
    if buckets.isEmpty {
      firstBucket = bucket
      buckets = [0]
    } else if bucket < firstBucket {
      buckets.insert(contentsOf: repeatElement(0, count: firstBucket - bucket), at: 0)
      firstBucket = bucket
    } else {
      buckets.append(contentsOf: repeatElement(0, count: bucket - firstBucket - buckets.count + 1))
    }
  }

  /// The value that `share` of all values do not exceed, by nearest rank; `nil` without values.
  func percentile(_ share: Double) -> Double? {
    guard count > 0 else { return nil }
    let rank = max(1, Int((share * Double(count)).rounded(.up)))
    if rank >= count { return Double(maximum) }
    if !exact.isEmpty { return Double(exact.sorted()[min(rank, exact.count) - 1]) }
    var seen = zeroes
    if rank <= seen { return 0 }
    for (index, number) in buckets.enumerated() {
      seen += Int(number)
      guard rank <= seen else { continue }
      let bucket = UInt32(firstBucket + index + Self.base)
      let low = Float(bitPattern: bucket << Self.shift)
      let high = Float(bitPattern: (bucket + 1) << Self.shift)
      return min(Double(maximum), Double(low + high) / 2)
    }
    return Double(maximum)
  }
}
