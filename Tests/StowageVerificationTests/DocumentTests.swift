import StowageModel
import StowageVerification
import Testing

@Suite("The plan as a document")
struct DocumentTests {
  private let inventory = Inventory(
    hosts: Inventory.hosts(3),
    vms: [.idle("a", gib: 8, on: "h1"), .idle("b", gib: 8, on: "h2"), .idle("lost", gib: 8, on: nil)])

  private func codes(goal: Goal = .consolidate, _ change: (inout Plan) -> Void) -> [String] {
    var builder = PlanBuilder(inventory)
    builder.goal = goal
    var plan = builder.plan([MoveSketch("b", to: "h1")])
    change(&plan)
    return judge(plan, inventory).codes
  }

  @Test("the plan that the tests below break holds")
  func holds() {
    #expect(codes { _ in } == [])
  }

  @Test("a plan for an inventory with another digest is refused, letter case apart")
  func digest() {
    let plan = PlanBuilder(inventory).plan()
    #expect(Verifier(inventory: inventory, inventoryDigest: "ABC").judge(plan).decision == .accepted)
    let verdict = Verifier(inventory: inventory, inventoryDigest: "abd").judge(plan)
    #expect(verdict.codes == ["verify.stamp"])
  }

  @Test("the stamp counts hosts and VMs")
  func stamp() {
    #expect(codes { $0.inventory.hosts += 1 } == ["verify.stamp"])
    #expect(codes { $0.inventory.vms -= 1 } == ["verify.stamp"])
  }

  @Test("ids of moves are unique")
  func duplicateMove() {
    #expect(codes { $0.moves.append($0.moves[0]) }.contains("verify.duplicate-move"))
  }

  @Test("hosts and VMs of the plan are known")
  func unknown() {
    #expect(codes { $0.moves[0].to = "h9" }.contains("verify.unknown-host"))
    #expect(codes { $0.moves[0].vm = "v9" }.contains("verify.unknown-vm"))
    #expect(codes { $0.placement["v9"] = "h1" } == ["verify.unknown-vm"])
    #expect(codes { $0.placement["a"] = "h9" }.contains("verify.unknown-host"))
    #expect(codes { $0.options.hosts = ["h9"] } == ["verify.unknown-host"])
    #expect(codes { $0.unplaced.append(Plan.Unplaced(vm: "v9", because: "")) } == ["verify.unknown-vm"])
  }

  @Test("the placement lists exactly the VMs that have a host")
  func placement() {
    #expect(codes { $0.placement["a"] = nil } == ["verify.placement"])
    #expect(codes { $0.placement["lost"] = "h1" } == ["verify.placement"])
  }

  @Test("the VMs without a host are listed, each once, and no others")
  func unplaced() {
    #expect(codes { $0.unplaced = [] } == ["verify.unplaced"])
    #expect(codes { $0.unplaced.append($0.unplaced[0]) } == ["verify.unplaced"])
    #expect(codes { $0.unplaced.append(Plan.Unplaced(vm: "a", because: "")) } == ["verify.unplaced"])
  }

  @Test("a consolidation lists the hosts that it empties; idle ones it may list")
  func powerOff() {
    #expect(codes { $0.poweredOffHosts = [] } == ["verify.power-off"])
    #expect(codes { $0.poweredOffHosts = ["h2", "h3"] } == [])
  }

  @Test("what is powered off was on, is empty, and is listed once")
  func powerOffFaults() {
    #expect(codes { $0.poweredOffHosts.append("h1") } == ["verify.power-off"])
    #expect(codes { $0.poweredOffHosts.append("h2") } == ["verify.power-off"])
    #expect(codes { $0.poweredOffHosts.append("h9") } == ["verify.unknown-host"])
    var inventory = inventory
    inventory.hosts[2].state = .offline
    var plan = PlanBuilder(inventory).plan()
    plan.poweredOffHosts = ["h3"]
    #expect(judge(plan, inventory).codes == ["verify.power-off"])
  }

  @Test("a plan to balance powers nothing off")
  func balance() {
    #expect(codes(goal: .balance) { $0.poweredOffHosts = [] } == [])
    #expect(codes(goal: .balance) { $0.poweredOffHosts = ["h2"] } == ["verify.power-off"])
  }

  @Test("options are numbers that can be counted with")
  func options() {
    #expect(codes { $0.options.sizing.defaultCPUOvercommitRatio = .nan }.contains("verify.option"))
    #expect(codes { $0.options.sizing.cpuHeadroomPercent = -1 }.contains("verify.option"))
    #expect(codes { $0.options.sizing.memoryHeadroomPercent = 101 }.contains("verify.option"))
  }

  @Test("as many moves as allowed are fine, one more is not")
  func maxMoves() {
    #expect(codes { $0.options.maxMoves = 1 } == [])
    #expect(codes { $0.options.maxMoves = 0 } == ["verify.max-moves"])
  }

  @Test("as much memory as allowed may be moved, no more, and a limit that is no number allows nothing")
  func moveBudget() {
    #expect(codes { $0.options.moveBudgetMiB = 1e9 } == [])
    #expect(codes { $0.options.moveBudgetMiB = 1 } == ["verify.move-budget"])
    #expect(codes { $0.options.moveBudgetMiB = .nan } == ["verify.move-budget"])
  }
}
