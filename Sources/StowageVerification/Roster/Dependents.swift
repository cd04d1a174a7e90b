import StowageModel

/// What talks to what, by index, as the verifier reads it: an end is the VM of that id, else all of that application.
struct Dependents: Sendable {
  struct Pair: Sendable {
    let ends: [[Int]]
    let mbps: Double
    let isHard: Bool
  }

  /// Pairs of which both ends have a host.
  let pairs: [Pair]

  init(_ inventory: Inventory, _ roster: Roster) {
    pairs = inventory.dependencies.compactMap { dependency in
      let ends = [dependency.from, dependency.to].map { end in
        let named = roster.vmIndex[VM.ID(end)].map { [$0] } ?? []
        let placed = named.filter { roster.startHost[$0] != nil }
        guard placed.isEmpty else { return placed }
        return roster.vms.indices.filter { roster.vms[$0].app == end && roster.startHost[$0] != nil }
      }
      guard ends.allSatisfy({ !$0.isEmpty }) else { return nil }
      return Pair(ends: ends, mbps: dependency.trafficMbps ?? 0, isHard: dependency.isHard)
    }
  }

  /// VMs that a hard dependency ties together.
  var tied: [[Int]] { pairs.filter(\.isHard).map { Set($0.ends.joined()).sorted() } }
}
