import StowageKit
import Testing

/// What a guest loses of its time in a move depends on the rate, and moves share links.
@Suite("Time that guests lose")
struct SlowdownTests {
  private struct NoPlanFound: Error {}

  /// Two hosts to empty at one end of a link of 5 Gb/s, with a VM each that goes by post-copy, and room at the other.
  private static func plan(of vms: [VM.ID], rules: [Rule]) throws -> (plan: Plan, inventory: Inventory) {
    let hosts = [("a", "west"), ("b", "west"), ("c", "east"), ("d", "east")].map { name, site in
      var host = Host(id: Host.ID(name), cores: 8, memoryMiB: 131_072)
      host.site = site
      host.migrationNetworkGbps = 10
      return host
    }
    let all: [(VM.ID, Host.ID)] = [("u", "a"), ("v", "b")]
    let machines = all.filter { vms.contains($0.0) }.map { id, host in
      var vm = VM(id: id, vCPUs: 2, memoryMiB: 32_768, host: host)
      vm.memoryConsumedMiB = 32_768
      vm.workingSetMiB = 4096
      vm.dirtyRateMiBPerSecond = 200
      vm.allowedTechniques = [.postCopy, .cold]
      return vm
    }
    let inventory = Inventory(
      hosts: hosts, vms: machines, links: [Link(id: "wan", a: "west", b: "east", gbps: 5)], rules: rules)
    let options = PlanOptions(sites: ["east"])
    let answer = try Planner().plan(
      inventory, PlanRequest(goal: .colocate, options: options, isDeterministic: true))
    guard case .planned(let planned) = answer else { throw NoPlanFound() }
    return (planned.plan, inventory)
  }

  private static func mostLost(_ plan: Plan) -> Double {
    plan.moves.compactMap { $0.estimate?.guestSlowdownSeconds }.max() ?? 0
  }

  @Test(
    "max_slowdown_s holds at the rate that moves share: they go one after the other where together they lose too much"
  )
  func shared() throws {
    let alone = Self.mostLost(try Self.plan(of: ["u"], rules: []).plan)
    let (together, inventory) = try Self.plan(of: ["u", "v"], rules: [])
    try #require(alone > 0 && Self.mostLost(together) > alone + 0.5)
    let most = alone + 0.25
    let rule = Rule(id: "brisk", .technique(TechniqueLimit(vms: Selection(["*"]), maxSlowdownSeconds: most)))
    let (brisk, limited) = try Self.plan(of: ["u", "v"], rules: [rule])
    #expect(brisk.moves.map(\.technique) == [.postCopy, .postCopy])
    #expect(Self.mostLost(brisk) <= most)
    #expect(Verifier.judge(brisk, of: limited).decision == .accepted)
    // The plan for whoever has no such rule does not pass for one that keeps it.
    var passedOff = together
    passedOff.inventory.sha256 = InventoryDigest.sha256(of: limited)
    #expect(Verifier.judge(together, of: inventory).decision == .accepted)
    #expect(
      Verifier.judge(passedOff, of: limited).findings.contains { "\($0)".contains("brisk") },
      "\(Verifier.judge(passedOff, of: limited).findings.prefix(3))")
  }
}
