/// A set of hosts by index, as bits.
public struct HostSet: Hashable, Sendable {
  private var words: ContiguousArray<UInt64>
  /// How many hosts there are in all; members lie in `0..<universe`.
  public let universe: Int

  /// The empty set, or the set of all hosts.
  public init(universe: Int, full: Bool = false) {
    self.universe = universe
    words = ContiguousArray(repeating: full ? .max : 0, count: (universe + 63) / 64)
    if full, universe % 64 != 0, let last = words.indices.last {
      words[last] = (1 << UInt64(universe % 64)) - 1
    }
  }

  /// The set of some hosts.
  public init(universe: Int, _ members: some Sequence<Int>) {
    self.init(universe: universe)
    for host in members { insert(host) }
  }

  /// Whether a host is a member.
  @inline(__always)
  public func contains(_ host: Int) -> Bool {
    words[host >> 6] & (1 << UInt64(host & 63)) != 0
  }

  /// Adds a host.
  public mutating func insert(_ host: Int) {
    words[host >> 6] |= 1 << UInt64(host & 63)
  }

  /// Takes a host out.
  public mutating func remove(_ host: Int) {
    words[host >> 6] &= ~(1 << UInt64(host & 63))
  }

  /// Keeps only members of both.
  public mutating func formIntersection(_ other: HostSet) {
    precondition(universe == other.universe, "sets of \(universe) and \(other.universe) hosts")
    for index in words.indices { words[index] &= other.words[index] }
  }

  /// Adds the members of the other.
  public mutating func formUnion(_ other: HostSet) {
    precondition(universe == other.universe, "sets of \(universe) and \(other.universe) hosts")
    for index in words.indices { words[index] |= other.words[index] }
  }

  /// Takes out the members of the other.
  public mutating func subtract(_ other: HostSet) {
    precondition(universe == other.universe, "sets of \(universe) and \(other.universe) hosts")
    for index in words.indices { words[index] &= ~other.words[index] }
  }

  /// How many members there are.
  public var count: Int {
    words.reduce(0) { $0 + $1.nonzeroBitCount }
  }

  /// Whether there is no member.
  public var isEmpty: Bool {
    words.allSatisfy { $0 == 0 }
  }

  /// The members in ascending order.
  public var members: [Int] {
    (0..<universe).filter(contains)
  }
}
