/// No more than so many moves are under way at once: in all, at any one host, or over any one link. Always
/// hard, and beside the platform's own limits.
///
/// - At rest: nothing.
/// - At every instant: at each place that is counted, at most so many moves of members are under way.
/// - Broken at the start: cannot be.
public struct MovesAtOnce: Hashable, Sendable {
  /// Where moves are counted.
  public enum Place: String, CaseIterable, Hashable, Sendable {
    /// All together.
    case total
    /// At each host those that leave it.
    case hostOut = "host_out"
    /// At each host those that enter it.
    case hostIn = "host_in"
    /// At each host those that leave or enter it.
    case host
    /// On each link of `links.csv` those that cross it, both directions together.
    case link

    /// Whether hosts can be selected for it.
    public var isOfHosts: Bool { self == .hostOut || self == .hostIn || self == .host }
  }

  /// Whose moves count; unspecified means all VMs.
  public var vms: Selection
  /// Where they are counted.
  public var place: Place
  /// The hosts at which they are counted; unspecified means every host.
  public var hosts: Selection
  /// The links on which they are counted, as ids or globs; empty means every link.
  public var links: [Glob]
  /// How many at most, at least 1.
  public var limit: Int

  /// A limit on moves at once.
  public init(
    vms: Selection = Selection(), place: Place = .total, hosts: Selection = Selection(), links: [Glob] = [],
    limit: Int
  ) {
    precondition(limit >= 1, "a limit on moves at once is at least 1: \(limit)")
    self.vms = vms
    self.place = place
    self.hosts = hosts
    self.links = links
    self.limit = limit
  }
}
