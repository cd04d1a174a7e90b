/// Repeatable numbers for generated programs: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
struct ConformanceRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A whole number in `range`, as a coefficient.
  mutating func whole(_ range: ClosedRange<Int>) -> Double {
    Double(Int.random(in: range, using: &self))
  }

  /// `count` whole numbers in `range`.
  mutating func wholes(_ count: Int, _ range: ClosedRange<Int>) -> [Double] {
    (0..<count).map { _ in whole(range) }
  }
}
