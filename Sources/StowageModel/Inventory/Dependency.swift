/// Traffic between two VMs or applications, which crosses the link between sites while only one of them has moved.
public struct Dependency: Hashable, Sendable {
  /// The one end: the id of a VM, else the name of an application (`app`).
  public var from: String
  /// The other end.
  public var to: String
  /// Traffic between them both ways, in Mb/s; `nil` when it is not known.
  public var trafficMbps: Double?
  /// Whether both ends must move together: they are one move group then.
  public var isHard: Bool
  /// Columns that Stowage does not know, by their header.
  public var attributes: [String: String]

  /// A dependency of its parts.
  public init(from: String, to: String, trafficMbps: Double? = nil, isHard: Bool = false) {
    self.from = from
    self.to = to
    self.trafficMbps = trafficMbps
    self.isHard = isHard
    attributes = [:]
  }
}
