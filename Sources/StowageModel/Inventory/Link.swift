/// A network link between two places, each a host, rack, cluster or site.
///
/// **Routes.** A migration from one host to another always uses the source's own port outwards and
/// the target's own port inwards (`migration_network_gbps`, else `network_gbps`; no limit when
/// neither is known), and between them the links of the cheapest path through places. Every host
/// lies in its rack, its rack (or itself, when it has none) in its cluster, that in its site, and
/// what lies in nothing in the world. A place that is an end of no link opens freely into the
/// place that contains it, in both directions; a place that is an end of a link can be left and
/// entered only over links. The path has the fewest links; among equals, the one whose ids read
/// first in order wins. Hosts between which no path exists cannot exchange VMs. A link is used in
/// the direction `a` to `b` or back; each direction has the whole bandwidth.
public struct Link: Identifiable, Hashable, Sendable {
  /// Names a link; unique within an inventory.
  public struct ID: Identifier {
    /// The text of the identifier.
    public let rawValue: String
    /// Wraps the text of an identifier.
    public init(_ text: String) { rawValue = text }
  }

  /// The unique name.
  public var id: ID
  /// The one end: id of a host, rack, cluster or site.
  public var a: String
  /// The other end.
  public var b: String
  /// Bandwidth in Gb/s, each direction.
  public var gbps: Double
  /// Round-trip time in ms.
  public var roundTripMilliseconds: Double?
  /// Whether other traffic uses it.
  public var isShared: Bool?
  /// Whether guest networks of the same name are one network at both ends, so that a VM keeps its addresses.
  public var isStretched: Bool?
  /// Columns that Stowage does not know, by their header.
  public var attributes: [String: String]

  /// A link between `a` and `b`.
  public init(id: ID, a: String, b: String, gbps: Double) {
    self.id = id
    self.a = a
    self.b = b
    self.gbps = gbps
    attributes = [:]
  }
}
