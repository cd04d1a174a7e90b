/// A set of hosts, by their position in the inventory.
struct HostBits: Hashable, Sendable {
  private var words: [UInt64]

  /// No host of `count`.
  init(none count: Int) {
    words = [UInt64](repeating: 0, count: (count + 63) / 64)
  }

  /// Every host of `count`.
  init(all count: Int) {
    words = [UInt64](repeating: .max, count: (count + 63) / 64)
    if count & 63 != 0 { words[words.count - 1] = 1 << UInt64(count & 63) - 1 }
  }

  /// The given hosts of `count`.
  init(_ positions: some Sequence<Int>, of count: Int) {
    self.init(none: count)
    for position in positions { insert(position) }
  }

  /// Adds a host.
  mutating func insert(_ position: Int) {
    words[position >> 6] |= 1 << UInt64(position & 63)
  }

  /// Whether a host is in the set.
  func contains(_ position: Int) -> Bool {
    words[position >> 6] & (1 << UInt64(position & 63)) != 0
  }

  /// Whether no host is in the set.
  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// The hosts of both sets.
  func intersection(_ other: HostBits) -> HostBits {
    var result = self
    for i in words.indices { result.words[i] &= other.words[i] }
    return result
  }

  /// The hosts of either set.
  func union(_ other: HostBits) -> HostBits {
    var result = self
    for i in words.indices { result.words[i] |= other.words[i] }
    return result
  }

  /// The hosts of this set that are not in the other.
  func subtracting(_ other: HostBits) -> HostBits {
    var result = self
    for i in words.indices { result.words[i] &= ~other.words[i] }
    return result
  }

  /// The positions, ascending.
  var positions: [Int] {
    words.indices.flatMap { word in
      (0..<64).filter { words[word] & (1 << UInt64($0)) != 0 }.map { word << 6 + $0 }
    }
  }
}
