public import StowageModel

/// What migrations share: the ports of hosts and the links between places.
///
/// Every direction of every port and link is a channel of its own with its bandwidth.
public struct MigrationNetwork: Sendable {
  /// One direction of a port or link.
  public struct Channel: Hashable, Sendable {
    /// As written in a plan: `host-12:out`, `wan:ab`.
    public let name: String
    /// Bandwidth in Gb/s; `nil` when unknown and therefore no limit.
    public let gbps: Double?
  }

  /// All channels: of host *h* the outward one is `2h` and the inward one `2h + 1`; then of link
  /// *l*, in the inventory's order, `a` to `b` and back.
  public let channels: [Channel]
  private let links: [Link]
  private let hostCount: Int
  private let graph: PlaceGraph?
  private let vertexOfHost: [Int]
  private let classOfHost: [Int]

  init(_ inventory: Inventory) {
    var channels: [Channel] = []
    for host in inventory.hosts {
      let gbps = host.migrationNetworkGbps ?? host.networkGbps
      channels.append(Channel(name: "\(host.id):out", gbps: gbps))
      channels.append(Channel(name: "\(host.id):in", gbps: gbps))
    }
    for link in inventory.links {
      channels.append(Channel(name: "\(link.id):ab", gbps: link.gbps))
      channels.append(Channel(name: "\(link.id):ba", gbps: link.gbps))
    }
    self.channels = channels
    links = inventory.links
    hostCount = inventory.hosts.count
    let graph = inventory.links.isEmpty ? nil : PlaceGraph(inventory: inventory)
    self.graph = graph
    let vertexOfHost = inventory.hosts.map { graph?.vertex(of: $0) ?? 0 }
    self.vertexOfHost = vertexOfHost
    let islands = graph?.islands ?? [0]
    islandOfHost = vertexOfHost.map { islands[$0] }
    let places = graph?.freelyJoined ?? [0]
    classOfHost = vertexOfHost.map { places[$0] }
  }

  /// Names the places that a host reaches without a link: between two hosts of given classes, all
  /// routes are the same but for the hosts' own ports.
  public func routeClass(of host: Int) -> Int { classOfHost[host] }

  /// The channels from one host to another, in path order; `nil` when there is no way.
  public func route(from source: Int, to target: Int) -> [Int]? {
    guard let graph else { return [2 * source, 2 * target + 1] }
    guard let path = cheapestPath(in: graph, from: vertexOfHost[source], to: vertexOfHost[target]) else {
      return nil
    }
    return [2 * source] + path + [2 * target + 1]
  }

  /// Whether there is a way from one host to another; ways lead in both directions.
  public func connects(_ source: Int, _ target: Int) -> Bool {
    islandOfHost[source] == islandOfHost[target]
  }

  /// The part of the network that each host can reach: hosts of one number reach each other.
  public let islandOfHost: [Int]

  /// Round-trip time of a route in ms: the sum over its links that state one.
  public func roundTripMilliseconds(of route: [Int]) -> Double? {
    let known = route.compactMap { channel in
      channel < 2 * hostCount ? nil : links[(channel - 2 * hostCount) / 2].roundTripMilliseconds
    }
    return known.isEmpty ? nil : known.reduce(0, +)
  }

  /// Whether guest networks are the same at both ends of a route: not where a link says so, yes where every link
  /// does; `nil` where some do not say.
  public func isStretched(_ route: [Int]) -> Bool? {
    let said = route.filter { $0 >= 2 * hostCount }.map { links[($0 - 2 * hostCount) / 2].isStretched }
    if said.contains(false) { return false }
    return said.contains(nil) ? nil : true
  }

  /// The link of which a channel is a direction; `nil` for a port of a host.
  public func link(ofChannel channel: Int) -> Link? {
    channel < 2 * hostCount ? nil : links[(channel - 2 * hostCount) / 2]
  }

  /// Fewest links, then the ids that read first. Labels hold the whole list of ids: routes have
  /// a handful of links, and the graph has places, not hosts times hosts.
  private func cheapestPath(in graph: PlaceGraph, from source: Int, to target: Int) -> [Int]? {
    var best: [Int: [Int]] = [source: []]
    var frontier: Set<Int> = [source]
    while !frontier.isEmpty {
      var next: Set<Int> = []
      for vertex in frontier.sorted() {
        guard let path = best[vertex] else { continue }
        for edge in graph.edges[vertex] {
          var extended = path
          if let link = edge.link { extended.append(2 * hostCount + 2 * link.index + (link.forward ? 0 : 1)) }
          if let known = best[edge.target], !precedes(extended, known) { continue }
          best[edge.target] = extended
          next.insert(edge.target)
        }
      }
      frontier = next
    }
    return best[target]
  }

  private func precedes(_ left: [Int], _ right: [Int]) -> Bool {
    guard left.count == right.count else { return left.count < right.count }
    return zip(left, right).first { $0 != $1 }.map { channels[$0].name < channels[$1].name } ?? false
  }
}
