import StowageModel
import StowageVerification
import Testing

@Suite("A plan that was tampered with")
struct TamperTests {
  /// A consolidation with a live move, a hybrid one, a cold one of a running VM that copies its disk,
  /// and one of a VM that is off.
  private var inventory: Inventory {
    var copied = VM.idle("c", gib: 8, on: "h3")
    copied.hasLocalDisk = true
    copied.diskUsedGiB = 10
    var off = VM.idle("d", gib: 8, on: "h3")
    off.powerState = .off
    return Inventory(
      hosts: Inventory.hosts(4),
      vms: [
        .idle("a", gib: 8, on: "h1"), .idle("b", gib: 8, on: "h2"), copied, off,
        .idle("e", gib: 60, on: "h4"),
      ])
  }

  private var plan: Plan {
    let builder = PlanBuilder(inventory)
    let first = builder.plan([MoveSketch("b", to: "h1")]).moves[0].endSeconds
    var plan = builder.plan([
      MoveSketch("b", to: "h1"), MoveSketch("c", to: "h1", by: .cold, at: first, after: ["m0001"]),
      MoveSketch("d", to: "h1", by: .cold),
      MoveSketch("a", to: "h2", by: .hybrid, at: first, after: ["m0001"]),
    ])
    plan.objectives = [
      Objective(.brokenRules, value: 0, lowerBound: 0, proof: .trivial),
      Objective(.hostsOn, value: 3, lowerBound: 2, proof: .mix),
      Objective(.movedMiB, value: 32768, lowerBound: 8192, proof: .mustMove),
      Objective(.maxUtilisation, value: 0.9375, lowerBound: 0.328125, proof: .meanLoad),
      Objective(.moves, value: 4, lowerBound: 1, proof: .mustMove),
    ]
    return plan
  }

  @Test("the plan as it was made is accepted")
  func untouched() {
    #expect(judge(plan, inventory).findings == [])
  }

  @Test("is rejected, whatever number of it was changed, and how little")
  func everyNumber() {
    let plan = plan
    let fields = NumericField.all(of: plan)
    #expect(fields.count == 66)
    for field in fields {
      guard let value = field.get(plan) else { continue }
      let others = [
        value + 1, value - 1, value * 1.01, value * 0.99, value + 0.01, value * 2, 0, -value, .nan, .infinity,
        1e300,
      ]
      // The schedule's bound is held to a thousandth.
      let slack = field.description == "lower_bound_s" ? value / 1000 : 0
      for other in others where !((other - value).magnitude <= slack) {
        var tampered = plan
        field.set(&tampered, other)
        guard tampered != plan else { continue }
        #expect(judge(tampered, inventory).decision == .rejected, "\(field) from \(value) to \(other)")
      }
    }
  }
}
