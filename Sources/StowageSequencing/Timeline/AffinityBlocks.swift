import StowageFleet
import StowageModel

/// Finds the legs that belong into one block of time.
///
/// Members of an affinity group may be apart only between the first start and the last end of the
/// group's moves. Groups that share a VM form one block. A group whose moves all stay within one
/// domain is never apart and needs none.
enum AffinityBlocks {
  /// The legs of each block of two or more, by index, in ascending order.
  static func bundles(_ fleet: Fleet, legs: [Leg]) -> [[Int]] {
    var legOfVM: [Int: Int] = [:]
    for (index, leg) in legs.enumerated() { legOfVM[leg.vm] = index }
    var blocks = DisjointSets(count: legs.count)
    for group in fleet.affinities where group.isHard {
      let moving = group.members.compactMap { legOfVM[$0] }
      let domain = fleet.domains(group.scope).domainOfHost
      guard moving.contains(where: { domain[legs[$0].from] != domain[legs[$0].to] }) else { continue }
      for (first, second) in zip(moving, moving.dropFirst()) { blocks.join(first, second) }
    }
    var members: [Int: [Int]] = [:]
    for leg in legs.indices { members[blocks.representative(leg), default: []].append(leg) }
    return members.keys.sorted().compactMap { members[$0] }.filter { $0.count > 1 }
  }
}

/// Disjoint sets with union by smallest member and path halving.
private struct DisjointSets {
  private var parent: [Int]

  init(count: Int) {
    parent = Array(0..<count)
  }

  mutating func representative(_ element: Int) -> Int {
    var element = element
    while parent[element] != element {
      parent[element] = parent[parent[element]]
      element = parent[element]
    }
    return element
  }

  mutating func join(_ left: Int, _ right: Int) {
    let (a, b) = (representative(left), representative(right))
    parent[max(a, b)] = min(a, b)
  }
}
