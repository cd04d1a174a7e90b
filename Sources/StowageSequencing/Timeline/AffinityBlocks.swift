import StowageFleet
import StowageModel

/// Finds the legs that belong into one block of time.
///
/// Members of an affinity group may be apart only between the first start and the last end of the
/// group's moves. Groups that share a VM form one block, and so do those with legs of one convoy. A group whose moves all stay within one
/// domain is never apart and needs none.
enum AffinityBlocks {
  /// The legs of each block of two or more, by index, in ascending order.
  static func bundles(_ fleet: Fleet, legs: [Leg], convoys: Convoys) -> [[Int]] {
    var legOfVM: [Int: Int] = [:]
    for (index, leg) in legs.enumerated() { legOfVM[leg.vm] = index }
    var blocks = DisjointSets(count: legs.count)
    for group in fleet.affinities where group.isHard {
      let moving = group.members.compactMap { legOfVM[$0] }
      let domain = fleet.domains(group.scope).domainOfHost
      guard moving.contains(where: { domain[legs[$0].from] != domain[legs[$0].to] }) else { continue }
      for (first, second) in zip(moving, moving.dropFirst()) { blocks.join(first, second) }
    }
    for convoy in convoys.members {
      for (first, second) in zip(convoy, convoy.dropFirst()) { blocks.join(first, second) }
    }
    return blocks.sets.filter { $0.count > 1 }
  }
}
