import StowageFleet
import StowageModel

/// Translates hard groups of VMs to groups of blocks.
struct GroupReader {
  let apart: [ApartGroup]
  let together: [TogetherGroup]

  init(_ fleet: Fleet, _ partition: BlockPartition) {
    apart = fleet.antiAffinities.filter(\.isHard).compactMap { group in
      let blocks = Self.blocks(of: group.members, partition)
      guard blocks.count > 1 else { return nil }
      return ApartGroup(
        rule: group.rule, blocks: blocks, scope: group.scope,
        domainOfHost: fleet.domains(group.scope).domainOfHost)
    }
    together = fleet.affinities.filter { $0.isHard && $0.scope != .host }.compactMap { group in
      let blocks = Self.blocks(of: group.members, partition)
      guard blocks.count > 1 else { return nil }
      let domains = fleet.domains(group.scope)
      return TogetherGroup(
        rule: group.rule, blocks: blocks, scope: group.scope, domainOfHost: domains.domainOfHost,
        domainCount: domains.count)
    }
  }

  private static func blocks(of members: [Int], _ partition: BlockPartition) -> [Int] {
    Set(members.map { partition.blockOfVM[$0] }).sorted()
  }
}
