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

  /// Takes values of 0 or more in.
  mutating func add(_ values: UnsafeBufferPointer<Float>) {
    count += values.count
    for value in values {
      sum += Double(value)
      if value > maximum { maximum = value }
    }
    if count <= Self.exactLimit {
      exact.append(contentsOf: values)
    } else {
      if !exact.isEmpty { spill() }
      addToBuckets(values)
    }
  }

  private mutating func spill() {
    let values = exact
    exact = []
    values.withUnsafeBufferPointer { addToBuckets($0) }
  }

  private mutating func addToBuckets(_ values: UnsafeBufferPointer<Float>) {
    for value in values where value >= Self.least {
      let bucket = Self.bucket(value)
      if bucket < firstBucket || bucket >= firstBucket + buckets.count { grow(to: bucket) }
    }
    buckets.withUnsafeMutableBufferPointer { buckets in
      for value in values {
        if value >= Self.least {
          buckets[Self.bucket(value) - firstBucket] &+= 1
        } else {
          zeroes += 1
        }
      }
    }
  }

  @inline(__always)
  private static func bucket(_ value: Float) -> Int {
    min(Int(value.bitPattern >> shift), last) - base
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

  /// For each of some ascending shares the value that so many of all values do not exceed, by nearest
  /// rank; `nil` without values.
  func percentiles(_ shares: [Double]) -> [Double]? {
    guard count > 0 else { return nil }
    let ranks = shares.map { min(count, max(1, Int(($0 * Double(count)).rounded(.up)))) }
    if !exact.isEmpty {
      let sorted = exact.sorted()
      return ranks.map { Double(sorted[$0 - 1]) }
    }
    var seen = zeroes
    var index = -1
    return ranks.map { rank in
      while seen < rank, index + 1 < buckets.count {
        index += 1
        seen += Int(buckets[index])
      }
      if rank == count { return Double(maximum) }
      return index < 0 ? 0 : min(Double(maximum), middle(of: index))
    }
  }

  private func middle(of index: Int) -> Double {
    let bucket = UInt32(firstBucket + index + Self.base)
    let low = Float(bitPattern: bucket << Self.shift)
    let high = Float(bitPattern: (bucket + 1) << Self.shift)
    return Double(low + high) / 2
  }
}
