import StowageModel
import StowageVerification
import Testing

@Suite("Instants, waits and waves")
struct InstantsTests {
  private let inventory = Inventory(
    hosts: Inventory.hosts(2), vms: [.idle("a", gib: 8, on: "h1"), .idle("b", gib: 8, on: "h1")])

  private func codes(_ change: (inout Plan) -> Void) -> [String] {
    var plan = PlanBuilder(inventory).plan([
      MoveSketch("a", to: "h2"), MoveSketch("b", to: "h2", by: .cold, at: 100, after: ["m0001"]),
    ])
    change(&plan)
    return judge(plan, inventory).codes
  }

  @Test("the plan that the tests below break holds")
  func holds() {
    #expect(codes { _ in } == [])
  }

  @Test("an instant is a finite number from 0 on", arguments: [-1, Double.nan, .infinity, -.infinity])
  func noInstant(_ value: Double) {
    #expect(codes { $0.moves[0].startSeconds = value }.contains("verify.instants"))
  }

  @Test("a live move reserves its target at its start and releases its source at its end")
  func live() {
    #expect(codes { $0.moves[0].targetReservedSeconds += 0.001 }.contains("verify.instants"))
    #expect(codes { $0.moves[0].sourceReleasedSeconds -= 0.001 }.contains("verify.instants"))
  }

  @Test("a cold move goes start ≤ released ≤ reserved ≤ end")
  func cold() {
    #expect(codes { $0.moves[1].sourceReleasedSeconds = 99 }.contains("verify.instants"))
    #expect(codes { $0.moves[1].targetReservedSeconds = 120 }.contains("verify.instants"))
    #expect(codes { $0.moves[1].endSeconds = 120 }.contains("verify.instants"))
  }

  @Test("a move waits until what it waits for has released its source")
  func tooEarly() {
    #expect(codes { $0.moves[0].after = ["m0002"] }.contains("verify.after"))
  }

  @Test("a move cannot wait for one that the plan does not have")
  func unknown() {
    #expect(codes { $0.moves[1].after.append("m9") } == ["verify.after"])
  }

  @Test("moves that wait for each other in a circle are named, once")
  func circle() {
    var plan = PlanBuilder(inventory).plan([
      MoveSketch("a", to: "h2"), MoveSketch("b", to: "h2", at: 100, after: ["m0001"]),
    ])
    plan.moves[0].after = ["m0002"]
    let messages = judge(plan, inventory).findings.map(\.message)
    #expect(
      messages.filter { $0.contains("circle") } == ["moves wait for each other in a circle: m0001 and m0002"])
  }

  @Test("a move that waits for itself is a circle")
  func itself() {
    #expect(codes { $0.moves[1].after = ["m0002"] }.contains("verify.after"))
  }

  @Test("a wave is one more than the highest wave waited for")
  func wave() {
    #expect(codes { $0.moves[0].wave = 2 } == ["verify.wave"])
    #expect(codes { $0.moves[1].wave = 1 } == ["verify.wave"])
    #expect(codes { $0.moves[1].wave = .min } == ["verify.wave"])
  }
}
