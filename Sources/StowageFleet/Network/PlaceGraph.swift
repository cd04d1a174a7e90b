import StowageModel

/// The places of an inventory and the links between them, as a graph to route in.
///
/// See ``Link`` for the meaning of a route.
struct PlaceGraph {
  struct Edge {
    var target: Int
    /// Index of the link and its direction; `nil` for a free way between a place and its container.
    var link: (index: Int, forward: Bool)?
  }

  private(set) var edges: [[Edge]] = []
  private var indexOfPlace: [String: Int] = [:]

  init(inventory: Inventory) {
    var linked: Set<String> = []
    for link in inventory.links {
      linked.insert(link.a)
      linked.insert(link.b)
    }
    let order = inventory.links.indices.sorted { inventory.links[$0].id < inventory.links[$1].id }
    for index in order {
      let link = inventory.links[index]
      let a = place(link.a)
      let b = place(link.b)
      edges[a].append(Edge(target: b, link: (index, true)))
      edges[b].append(Edge(target: a, link: (index, false)))
    }
    var joined: Set<[String]> = []
    for host in inventory.hosts {
      let chain = [host.id.rawValue] + [host.rack, host.cluster, host.site].compactMap { $0 }
      for (inner, outer) in zip(chain, chain.dropFirst() + [Self.world]) where !linked.contains(inner) {
        guard inner != outer, joined.insert([inner, outer]).inserted else { continue }
        let a = place(inner)
        let b = place(outer)
        edges[a].append(Edge(target: b, link: nil))
        edges[b].append(Edge(target: a, link: nil))
      }
    }
  }

  /// What contains everything. No id can be empty, so no place has this name.
  private static let world = ""

  private mutating func place(_ name: String) -> Int {
    if let known = indexOfPlace[name] { return known }
    indexOfPlace[name] = edges.count
    edges.append([])
    return edges.count - 1
  }

  /// The vertex of a host; `nil` for a host that is not in the inventory.
  func vertex(of host: Host) -> Int? {
    indexOfPlace[host.id.rawValue]
  }

  /// The connected part that each vertex lies in, named by its lowest vertex.
  var islands: [Int] { parts { _ in true } }

  /// The same when no link may be used.
  var freelyJoined: [Int] { parts { $0.link == nil } }

  /// Every edge has its twin in the other direction.
  private func parts(_ joins: (Edge) -> Bool) -> [Int] {
    var part = [Int?](repeating: nil, count: edges.count)
    for seed in edges.indices where part[seed] == nil {
      part[seed] = seed
      var frontier = [seed]
      while let vertex = frontier.popLast() {
        for edge in edges[vertex] where part[edge.target] == nil && joins(edge) {
          part[edge.target] = seed
          frontier.append(edge.target)
        }
      }
    }
    return part.enumerated().map { $1 ?? $0 }
  }
}
