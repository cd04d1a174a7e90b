import StowageKit
import Testing

/// Which ways lead from site to site.
@Suite("Sites")
struct SiteTests {
  private func ways(
    _ platform: Platform = .vmware, _ change: (inout Inventory) -> Void
  ) -> [SitesReport.Way: SitesReport.Option] {
    var inventory = TwoSites(vms: [TwoSites.vm("u")]).inventory
    change(&inventory)
    let pair = SiteStudy(inventory, platform: platform).report().pairs.first { $0.from == "a" }
    return Dictionary(uniqueKeysWithValues: (pair?.options ?? []).map { ($0.way, $0) })
  }

  @Test("without storage in reach of both a VM goes live with its disks")
  func disks() {
    let ways = ways { _ in }
    #expect(ways[.live]?.vms == 0 && ways[.liveWithDisks]?.vms == 1)
    #expect(ways[.live]?.obstacles.first?.because == "its disks are not in reach of the site")
    #expect(SitesReport.Way.allCases.allSatisfy { ways[$0] != nil })
  }

  @Test("with storage in reach of both it goes live without them")
  func stretchedStorage() {
    let ways = ways { inventory in
      for index in inventory.hosts.indices { inventory.hosts[index].datastores = ["disks-a", "disks-b"] }
    }
    #expect(ways[.live]?.vms == 1)
  }

  @Test("a round trip above what the platform supports leaves no live way, with both figures")
  func roundTrip() {
    let ways = ways { $0.links[0].roundTripMilliseconds = 180 }
    #expect(ways[.liveWithDisks]?.vms == 0 && ways[.replicated]?.vms == 1 && ways[.cold]?.vms == 1)
    #expect(
      ways[.liveWithDisks]?.obstacles.first?.because
        == "the round trip to the target is 180 ms and the platform moves running VMs over at most 150 ms")
  }

  @Test("a link that is not stretched leaves no live way")
  func notStretched() {
    let ways = ways { $0.links[0].isStretched = false }
    #expect(ways[.liveWithDisks]?.obstacles.first?.because.contains("not stretched") == true)
    #expect(ways[.cold]?.vms == 1)
  }

  @Test("disks that change faster than the link carries are never in step; the least bandwidth is told")
  func endless() {
    let ways = ways { $0.vms[0].diskChangeMiBPerSecond = 100 }
    #expect(ways[.replicated]?.seconds == nil)
    #expect(ways[.replicated]?.obstacles.first?.remedy.contains("1.2 Gb/s") == true)
  }

  /// 50 GiB at 109.67 MiB/s.
  @Test("times follow from the link")
  func times() {
    let ways = ways { _ in }
    #expect(ways[.cold]?.seconds.map { $0.rounded() } == 467)
    #expect(ways[.shipped].flatMap(\.seconds).map { $0 > 259_200 } == true)
  }

  @Test("a plan moves nobody live over such a link, and says why")
  func plans() throws {
    var inventory = TwoSites(vms: [TwoSites.vm("u")]).inventory
    inventory.links[0].roundTripMilliseconds = 180
    let request = PlanRequest(
      goal: .colocate, options: PlanOptions(platform: .vmware, sites: ["b"]), isDeterministic: true)
    guard case .planned(let planned) = try Planner().plan(inventory, request) else {
      Issue.record("no plan")
      return
    }
    #expect(planned.plan.moves.map(\.technique) == [.cold])
    #expect(planned.plan.moves[0].rejected.contains { $0.because.contains("180 ms") })
    var forged = planned.plan
    forged.moves[0].technique = .preCopy
    let findings = Verifier.judge(forged, of: inventory).findings
    #expect(findings.contains { $0.message.contains("180 ms") })
  }
}
