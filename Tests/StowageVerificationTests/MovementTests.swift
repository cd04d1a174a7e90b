import StowageModel
import StowageVerification
import Testing

@Suite("The way of a VM")
struct MovementTests {
  private let inventory = Inventory(
    hosts: Inventory.hosts(3), vms: [.idle("a", gib: 8, on: "h1"), .idle("b", gib: 8, on: "h2")])

  /// `a` goes by way of h2 to h3.
  private func bypass(secondAt start: Double? = nil) -> Plan {
    let first = PlanBuilder(inventory).plan([MoveSketch("a", to: "h2")]).moves[0].endSeconds
    return PlanBuilder(inventory).plan([
      MoveSketch("a", to: "h2"), MoveSketch("a", to: "h3", at: start ?? first, after: ["m0001"]),
    ])
  }

  @Test("several moves of a VM are a path, one beginning where and when the other ended")
  func path() {
    #expect(judge(bypass(), inventory).findings == [])
  }

  @Test("a move that begins before the one before it has ended overlaps it")
  func overlap() {
    #expect(judge(bypass(secondAt: 1), inventory).codes.contains("verify.overlap"))
  }

  @Test("a move from where the VM is not breaks the path")
  func notThere() {
    var plan = bypass()
    plan.moves[0].from = "h3"
    plan.moves[0].links = ["h3:out", "h2:in"]
    let verdict = judge(plan, inventory)
    #expect(verdict.codes == ["verify.path"])
    #expect(
      verdict.findings[0].message == "at 0 s move m0001 takes VM a from h3, but it is on h1")
  }

  @Test("a path that ends elsewhere than the placement says is broken at the end")
  func endsElsewhere() {
    var plan = bypass()
    plan.placement["a"] = "h2"
    let verdict = judge(plan, inventory)
    #expect(
      verdict.findings.map(\.message).contains { $0.hasSuffix("VM a ends on h3, and the placement says h2") })
  }

  @Test("a move to the same host is none")
  func goesNowhere() {
    var plan = PlanBuilder(inventory).plan([MoveSketch("a", to: "h2")])
    plan.moves[0].from = "h2"
    #expect(judge(plan, inventory).codes.contains("verify.goes-nowhere"))
  }

  @Test("a VM without a host cannot move")
  func fromNowhere() {
    var lost = inventory
    lost.vms.append(.idle("c", gib: 1, on: "elsewhere"))
    var plan = PlanBuilder(lost).plan([MoveSketch("a", to: "h2")])
    #expect(judge(plan, lost).findings == [])
    plan.moves[0].vm = "c"
    #expect(judge(plan, lost).codes.contains("verify.path"))
  }
}
