import StowageModel

/// The ways between hosts over links, as ``StowageModel/Link`` defines them.
///
/// Hosts between which one goes freely (up and down through places that no link ends at) form a
/// zone; links join zones. So a route is a shortest path between zones, found once for each target.
struct RouteMap {
  /// One link in one direction.
  struct Hop: Hashable, Sendable {
    /// Position among the inventory's links.
    let link: Int
    /// From `a` to `b`.
    let isForward: Bool
  }

  private let links: [Link]
  private let zoneOfHost: [Int]
  /// Ways out of each zone, those whose link's id reads first in front.
  private let exits: [[Exit]]
  private var distances: [Int: [Int?]] = [:]
  private var routes: [Pair: [Hop]?] = [:]

  private struct Exit {
    let hop: Hop
    let zone: Int
  }

  private struct Pair: Hashable {
    let source: Int
    let target: Int
  }

  init(_ inventory: Inventory, hosts: [Host]) {
    links = inventory.links
    var places = FreePlaces(links: inventory.links)
    for host in hosts { places.join(host) }
    zoneOfHost = hosts.map { places.zone(of: $0.id.rawValue) }
    let ends = inventory.links.map { (a: places.zone(of: $0.a), b: places.zone(of: $0.b)) }
    var exits = [[Exit]](repeating: [], count: places.zoneCount)
    let byName = inventory.links.indices.sorted {
      (inventory.links[$0].id, $0) < (inventory.links[$1].id, $1)
    }
    for index in byName {
      exits[ends[index].a].append(Exit(hop: Hop(link: index, isForward: true), zone: ends[index].b))
      exits[ends[index].b].append(Exit(hop: Hop(link: index, isForward: false), zone: ends[index].a))
    }
    self.exits = exits
  }

  /// The links from one host to another in order; empty without links between, `nil` without a way.
  mutating func route(from source: Int, to target: Int) -> [Hop]? {
    guard !links.isEmpty, zoneOfHost[source] != zoneOfHost[target] else { return [] }
    let pair = Pair(source: zoneOfHost[source], target: zoneOfHost[target])
    if let known = routes[pair] { return known }
    let route = search(pair)
    routes[pair] = .some(route)
    return route
  }

  /// From the source, always over the link whose id reads first among those that come one link
  /// closer: the fewest links, and of such routes the first in order.
  private mutating func search(_ pair: Pair) -> [Hop]? {
    let distance = distances(to: pair.target)
    guard var left = distance[pair.source] else { return nil }
    var zone = pair.source
    var route: [Hop] = []
    while left > 0 {
      guard let exit = exits[zone].first(where: { distance[$0.zone] == left - 1 }) else { return nil }
      route.append(exit.hop)
      zone = exit.zone
      left -= 1
    }
    return route
  }

  /// Links from every zone to a target, breadth first.
  private mutating func distances(to target: Int) -> [Int?] {
    if let known = distances[target] { return known }
    var distance = [Int?](repeating: nil, count: exits.count)
    distance[target] = 0
    var frontier = [target]
    var length = 0
    while !frontier.isEmpty {
      length += 1
      var next: [Int] = []
      for zone in frontier {
        for exit in exits[zone] where distance[exit.zone] == nil {
          distance[exit.zone] = length
          next.append(exit.zone)
        }
      }
      frontier = next
    }
    distances[target] = distance
    return distance
  }
}

/// Places that open freely into each other, by union of what contains what.
private struct FreePlaces {
  private static let world = ""
  private let linked: Set<String>
  private var numbers: [String: Int] = [:]
  private var parents: [Int] = []

  init(links: [Link]) {
    linked = Set(links.flatMap { [$0.a, $0.b] })
    for place in linked.sorted() { _ = number(of: place) }
  }

  /// A host lies in its rack, that in its cluster, that in its site, that in the world; what is
  /// not there is passed over. Where no link ends, the way up is free.
  mutating func join(_ host: Host) {
    let chain = [host.id.rawValue, host.rack, host.cluster, host.site, Self.world].compactMap(\.self)
    _ = number(of: chain[0])
    for (inner, outer) in zip(chain, chain.dropFirst()) where !linked.contains(inner) {
      let (left, right) = (root(number(of: inner)), root(number(of: outer)))
      if left != right { parents[left] = right }
    }
  }

  var zoneCount: Int { parents.count }

  mutating func zone(of place: String) -> Int { root(number(of: place)) }

  private mutating func number(of place: String) -> Int {
    if let number = numbers[place] { return number }
    numbers[place] = parents.count
    parents.append(parents.count)
    return parents.count - 1
  }

  private mutating func root(_ place: Int) -> Int {
    var root = place
    while parents[root] != root {
      parents[root] = parents[parents[root]]
      root = parents[root]
    }
    return root
  }
}
