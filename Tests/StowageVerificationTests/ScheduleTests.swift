import StowageCosts
import StowageModel
import Testing

@testable import StowageVerification

@Suite("Makespan and its bound")
struct ScheduleTests {
  private func codes(_ inventory: Inventory, _ moves: [MoveSketch], _ change: (inout Plan) -> Void)
    -> [String]
  {
    var plan = PlanBuilder(inventory).plan(moves)
    change(&plan)
    return judge(plan, inventory).codes
  }

  private let two = Inventory(
    hosts: Inventory.hosts(2), vms: [.idle("a", gib: 8, on: "h1"), .idle("b", gib: 8, on: "h2")])

  @Test("the makespan is the end of the last move, to the microsecond")
  func makespan() {
    #expect(
      codes(two, [MoveSketch("b", to: "h1")]) { $0.schedule.makespanSeconds += 0.001 } == ["verify.schedule"])
    #expect(codes(two, []) { $0.schedule.makespanSeconds = 1 } == ["verify.schedule"])
    #expect(codes(two, []) { $0.schedule.makespanSeconds = .nan } == ["verify.schedule"])
  }

  @Test("the bound is held to a thousandth")
  func bound() {
    #expect(codes(two, [MoveSketch("b", to: "h1")]) { $0.schedule.lowerBoundSeconds *= 0.9995 } == [])
    #expect(
      codes(two, [MoveSketch("b", to: "h1")]) { $0.schedule.lowerBoundSeconds *= 0.99 } == ["verify.schedule"]
    )
    #expect(
      codes(two, [MoveSketch("b", to: "h1")]) { $0.schedule.lowerBoundSeconds = .infinity }.contains(
        "verify.schedule"))
  }

  private func bound(_ inventory: Inventory, _ moves: [MoveSketch], platform: Platform = .libvirt) -> Double {
    var builder = PlanBuilder(inventory)
    builder.options.platform = platform
    return builder.plan(moves).schedule.lowerBoundSeconds
  }

  /// VMs that must be copied, 1 GiB each and nothing written.
  private func copies(_ count: Int, links: [Link] = []) -> Inventory {
    let vms = (1...count).map { number -> VM in
      var vm = VM.idle(VM.ID("v\(number)"), gib: 1, on: number % 2 == 1 ? "h1" : "h2")
      vm.allowedTechniques = [.preCopy]
      vm.dirtyRateMiBPerSecond = 0
      return vm
    }
    var hosts = Inventory.hosts(4)
    for host in hosts.indices { hosts[host].migrationNetworkGbps = 1 / 0.92 * 8 * 1.048576 / 1000 * 100 }
    return Inventory(hosts: hosts, vms: vms, links: links)
  }

  /// 4 GiB at 100 MiB/s take 40.96 s, and every move keeps its rate for 1.6 s more than it copies: at the
  /// 25 MiB/s or so at which all four last equally long, 1.5 s of the port in all.
  @Test("what leaves a host goes through its port, set-up included")
  func port() {
    let moves = [1, 3, 5, 7].map { MoveSketch(VM.ID("v\($0)"), to: $0 < 4 ? "h3" : "h4") }
    #expect((bound(copies(7), moves) - 42.5072).magnitude < 1e-3)
  }

  @Test("what enters a host likewise")
  func portIn() {
    let moves = [1, 2, 3, 4].map { MoveSketch(VM.ID("v\($0)"), to: "h3") }
    #expect((bound(copies(4), moves) - 42.5072).magnitude < 1e-3)
  }

  @Test("one small move takes its own time at least: set-up, copy, switch-over")
  func ownTime() {
    // 1.5 s + 10.24 s + 0.1 s.
    #expect((bound(copies(1), [MoveSketch("v1", to: "h3")]) - 11.84).magnitude < 1e-6)
  }

  @Test("a detour counts as the direct way, and a way back as none")
  func detour() {
    let moves = [MoveSketch("v1", to: "h3"), MoveSketch("v1", to: "h4", at: 100)]
    #expect((bound(copies(1), moves) - 11.84).magnitude < 1e-6)
    #expect(bound(copies(1), [moves[0], MoveSketch("v1", to: "h1", at: 100)]) == 0)
  }

  @Test("slots of a host are taken one after the other")
  func slots() {
    // openstack: one move leaves a host at once; 7 s + 10.24 s + 0.1 s each.
    let moves = [1, 3].map { MoveSketch(VM.ID("v\($0)"), to: $0 == 1 ? "h3" : "h4") }
    #expect((bound(copies(3), moves, platform: .openstack) - 34.68).magnitude < 1e-6)
  }

  @Test("a link's direction is shared by all that crosses it")
  func link() throws {
    var inventory = copies(4, links: [Link(id: "wan", a: "east", b: "west", gbps: 0)])
    for host in inventory.hosts.indices { inventory.hosts[host].site = host < 2 ? "east" : "west" }
    inventory.links[0].gbps = (inventory.hosts[0].migrationNetworkGbps ?? 0) / 10
    let roster = Roster(inventory, sizing: SizingOptions())
    let channels = Channels(inventory, roster: roster)
    let model = MigrationModel(engine: .of(.libvirt))
    var plan = PlanBuilder(inventory).plan([
      MoveSketch("v1", to: "h3", rate: 1), MoveSketch("v2", to: "h4", rate: 1),
    ])
    for move in plan.moves.indices { plan.moves[move].links.insert("wan:ab", at: 1) }
    // 2 GiB at 10 MiB/s, and twice 1.6 s at about 5 MiB/s.
    #expect(
      (ScheduleBound(model: model, channels: channels).seconds(
        Replay(plan.moves, roster: roster), plan) - 206.3734)
        .magnitude < 1e-3)
  }

  @Test("a VM that is stopped for the move needs no traffic at all, another technique needs its own")
  func coldNeedsNone() {
    var inventory = copies(7)
    for vm in inventory.vms.indices { inventory.vms[vm].allowedTechniques = nil }
    let cold = [1, 3, 5, 7].map { MoveSketch(VM.ID("v\($0)"), to: "h3", by: .cold) }
    #expect((bound(inventory, cold) - 91.5).magnitude < 1e-6)
    let live = [1, 3, 5, 7].map { MoveSketch(VM.ID("v\($0)"), to: "h3") }
    #expect(bound(inventory, live) > 40.96)
  }

  /// h2 is full of `b`, which must be gone before `a` can come: 30.72 s and 1.6 s, then 61.44 s and 1.6 s.
  @Test("a VM that finds no room waits for those that make it, and they are followed by it")
  func waits() {
    var inventory = copies(1)
    for host in inventory.hosts.indices { inventory.hosts[host].memoryMiB = 8 * 1024 }
    inventory.vms = [VM.idle("a", gib: 6, on: "h1"), VM.idle("b", gib: 3, on: "h2")]
    for vm in inventory.vms.indices {
      inventory.vms[vm].allowedTechniques = [.preCopy]
      inventory.vms[vm].dirtyRateMiBPerSecond = 0
    }
    let moves = [MoveSketch("b", to: "h3"), MoveSketch("a", to: "h2", at: 32.32)]
    #expect((bound(inventory, moves) - (30.72 + 1.6 + 61.44 + 1.6)).magnitude < 1e-6)
    inventory.vms[0].allowedTechniques = nil
    let stopped = [MoveSketch("b", to: "h3"), MoveSketch("a", to: "h2", by: .cold, at: 32.32)]
    // One that is stopped may be under way before there is room.
    #expect((bound(inventory, stopped) - 91.5).magnitude < 1e-6)
  }
}
