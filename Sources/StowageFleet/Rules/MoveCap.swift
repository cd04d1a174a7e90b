public import StowageModel

/// A limit on moves at once.
public struct MoveCap: Sendable {
  /// Where moves are counted.
  public enum Place: Sendable {
    /// All together.
    case total
    /// At each of some hosts those that leave it.
    case out(HostSet)
    /// At each of some hosts those that enter it.
    case into(HostSet)
    /// At each of some hosts those that leave or enter it.
    case ends(HostSet)
    /// On each of some links, by their position in the inventory.
    case links(Set<Int>)
  }

  /// The rule.
  public let rule: Rule.ID
  /// Whose moves count, by index, ascending.
  public let members: [Int]
  /// Where they are counted.
  public let place: Place
  /// How many at most.
  public let limit: Int

  /// Whether members move strictly one after the other.
  public var isSeries: Bool {
    if case .total = place { limit == 1 } else { false }
  }
}
