/// What talks to what, by index.
public struct FleetDependency: Hashable, Sendable {
  /// The VMs of the one end.
  public let from: [Int]
  /// The VMs of the other end.
  public let to: [Int]
  /// Traffic between them, in Mb/s.
  public let mbps: Double
  /// Whether all of them move together.
  public let isHard: Bool
}
