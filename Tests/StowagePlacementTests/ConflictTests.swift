import StowageFleet
import StowageModel
import Testing

@testable import StowagePlacement

@Suite("Contradictions seen without a search")
struct ConflictTests {
  private func conflicts(_ rules: [Rule], change: (inout [Host], inout [VM]) -> Void = { _, _ in })
    -> [Conflict]
  {
    Problem(
      fleet(
        hosts: [(10, 100), (10, 100), (10, 100)], vms: [(1, 10, 0), (1, 10, 0), (1, 10, 1)],
        rules: rules, change: change)
    ).conflicts
  }

  @Test("a free fleet has none")
  func none() {
    #expect(conflicts([]).isEmpty)
  }

  @Test("a VM that does not move on a drained host")
  func pinnedOnDrained() {
    let rules = [
      Rule(id: "d", .drain(Drain(hosts: Selection(["h0"])))),
      Rule(id: "s", .stay(Stay(vms: Selection(["v1"])))),
    ]
    #expect(conflicts(rules) == [.cannotLeave("v1", host: "h0", pin: .stay("s"), because: .drained("d"))])
  }

  @Test("a VM that may be nowhere, with the obstacles counted")
  func nowhere() {
    let rules = [
      Rule(id: "n", .neverOn(NeverOn(vms: Selection(["v0"]), hosts: Selection(["h0", "h1"]))))
    ]
    let found = conflicts(rules) { hosts, _ in hosts[2].isInMaintenance = true }
    #expect(
      found == [
        .nowhere(
          "v0",
          [ObstacleCount(obstacle: .rule("n"), count: 2), ObstacleCount(obstacle: .hostNotUsable, count: 1)])
      ])
  }

  @Test("a VM larger than every host to which it may go")
  func tooLarge() {
    let rules = [Rule(id: "d", .drain(Drain(hosts: Selection(["h0"]))))]
    let found = conflicts(rules) { _, vms in
      vms[0].memoryMiB = 200
      vms[1].powerState = .off
    }
    #expect(
      found == [
        .nowhere(
          "v0",
          [
            ObstacleCount(obstacle: .resource(.memory), count: 2),
            ObstacleCount(obstacle: .drained("d"), count: 1),
          ])
      ])
  }

  @Test("VMs together and apart")
  func torn() {
    let rules = [
      Rule(id: "t", .affinity(Affinity(vms: Selection(["v0", "v1"])))),
      Rule(id: "a", .antiAffinity(AntiAffinity(vms: Selection(["v0", "v1"])))),
    ]
    #expect(
      conflicts(rules) == [.togetherAndApart(affinities: ["t"], antiAffinity: "a", ["v0", "v1"])])
  }

  @Test("more VMs apart than hosts")
  func tooFew() {
    let rules = [Rule(id: "a", .antiAffinity(AntiAffinity(vms: Selection(["v*"]))))]
    let found = conflicts(rules) { hosts, _ in hosts[2].isSchedulable = false }
    #expect(found == [.tooFewDomains(antiAffinity: "a", scope: .host, vms: 3, domains: 2)])
  }
}
