import StowageModel
import StowageVerification
import Testing

@Suite("The verifier")
struct VerifierTests {
  let inventory = Inventory(
    hosts: Inventory.hosts(2),
    vms: [.idle("a", gib: 8, on: "h1"), .idle("b", gib: 8, on: "h2")])

  @Test("accepts a plan that moves nothing")
  func nothing() {
    let verdict = judge(PlanBuilder(inventory).plan(), inventory)
    #expect(verdict.findings == [])
    #expect(verdict.decision == .accepted)
  }

  @Test("accepts one live move, and says what it looked at")
  func oneMove() throws {
    let plan = PlanBuilder(inventory).plan([MoveSketch("b", to: "h1")])
    let verdict = judge(plan, inventory)
    #expect(verdict.findings == [])
    #expect(verdict.facts.movesReplayed == 1)
    #expect(verdict.facts.instantsChecked == 2)
    let memory = try #require(verdict.facts.peaks.first { $0.resource == .memory })
    #expect(memory.utilisation == 0.25)
    #expect(memory.host == "h1")
  }

  @Test("accepts a cold move of a VM that is off, which copies nothing and reserves no rate")
  func coldOff() {
    var inventory = inventory
    inventory.vms[1].powerState = .off
    let plan = PlanBuilder(inventory).plan([MoveSketch("b", to: "h1", by: .cold)])
    #expect(plan.moves[0].rateMiBPerSecond == 0)
    #expect(judge(plan, inventory).findings == [])
  }

  @Test("accepts a cold move of a VM that runs, which is charged nowhere between its two hosts")
  func coldRunning() {
    let plan = PlanBuilder(inventory).plan([MoveSketch("b", to: "h1", by: .cold)])
    #expect(plan.moves[0].sourceReleasedSeconds < plan.moves[0].targetReservedSeconds)
    #expect(judge(plan, inventory).findings == [])
  }
}
