import Foundation

/// SplitMix64: the same numbers everywhere.
struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }

  /// An index drawn in proportion to weights.
  mutating func weighted(_ weights: [Double]) -> Int {
    var left = unit() * weights.reduce(0, +)
    for (index, weight) in weights.enumerated() {
      left -= weight
      if left < 0 { return index }
    }
    return weights.count - 1
  }

  /// e to a normal variable (Box and Muller).
  mutating func logNormal(_ mean: Double, _ deviation: Double) -> Double {
    let radius = (-2 * log(1 - unit())).squareRoot()
    return exp(mean + deviation * radius * cos(2 * Double.pi * unit()))
  }

  /// Different numbers below a bound.
  mutating func sample(_ count: Int, of bound: Int) -> [Int] {
    var chosen: [Int] = []
    var seen: Set<Int> = []
    while chosen.count < min(count, bound) {
      let number = below(bound)
      if seen.insert(number).inserted { chosen.append(number) }
    }
    return chosen
  }
}
