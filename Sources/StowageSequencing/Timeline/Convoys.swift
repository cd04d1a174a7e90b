import StowageFleet
import StowageModel

/// Legs that `together` rules have switch over at one moment.
///
/// Rules that share a VM that moves make one convoy. A VM that does not move is not waited for.
struct Convoys {
  /// The legs of each, ascending; two or more.
  let members: [[Int]]
  /// VMs of any of the rules, whether they move or not: none makes a detour.
  let vms: Set<Int>
  private let convoyOfLeg: [Int: Int]
  private let rules: [Rule.ID]

  init(_ fleet: Fleet, legs: [Leg]) {
    let groups = fleet.timeRules.together
    vms = Set(groups.flatMap(\.members))
    guard !groups.isEmpty else {
      (members, convoyOfLeg, rules) = ([], [:], [])
      return
    }
    var legOfVM: [Int: Int] = [:]
    for (index, leg) in legs.enumerated() { legOfVM[leg.vm] = index }
    var sets = DisjointSets(count: legs.count)
    for group in groups {
      let moving = group.members.compactMap { legOfVM[$0] }
      for (first, second) in zip(moving, moving.dropFirst()) { sets.join(first, second) }
    }
    members = sets.sets.filter { $0.count > 1 }
    var convoyOfLeg: [Int: Int] = [:]
    for (convoy, legs) in members.enumerated() {
      for leg in legs { convoyOfLeg[leg] = convoy }
    }
    self.convoyOfLeg = convoyOfLeg
    rules = members.map { convoy in
      let vms = Set(convoy.map { legs[$0].vm })
      return groups.first { $0.members.filter(vms.contains).count > 1 }?.rule ?? ""
    }
  }

  /// The legs that switch over with a leg, itself among them; `nil` when it goes alone.
  func company(of leg: Int) -> [Int]? { convoyOfLeg[leg].map { members[$0] } }

  /// The first rule of a leg's convoy.
  func rule(of leg: Int) -> Rule.ID? { convoyOfLeg[leg].map { rules[$0] } }
}
