import StowageModel
import StowageVerification
import Testing

@Suite("Estimates against the cost model")
struct EstimateTests {
  private let inventory = Inventory(
    hosts: Inventory.hosts(2), vms: [.idle("a", gib: 8, on: "h1"), .idle("b", gib: 8, on: "h2")])

  private func judged(generator: String = "stowage 0.1.0", _ change: (inout Plan) -> Void) -> PlanVerdict {
    var builder = PlanBuilder(inventory)
    builder.generator = generator
    var plan = builder.plan([MoveSketch("b", to: "h1", by: .hybrid)])
    change(&plan)
    return judge(plan, inventory)
  }

  @Test("every figure follows from the model to its last digit")
  func figures() {
    #expect(judged { _ in }.codes == [])
    let changes: [(inout MoveEstimate) -> Void] = [
      { $0.bytesMiB += 1 }, { $0.downtimeMilliseconds += 1 }, { $0.rounds -= 1 }, { $0.lowSeconds += 0.001 },
      { $0.bytesRange?.low -= 1 }, { $0.bytesRange?.high += 1 }, { $0.bytesRange = nil },
      { $0.downtimeRange?.low += 1 }, { $0.downtimeRange?.high -= 1 }, { $0.downtimeRange = nil },
      { $0.highSeconds -= 0.001 }, { $0.guestSlowdownSeconds += 0.001 }, { $0.lossProbability += 1e-9 },
    ]
    for change in changes {
      let verdict = judged { plan in
        if var estimate = plan.moves[0].estimate {
          change(&estimate)
          plan.moves[0].estimate = estimate
        }
      }
      #expect(verdict.codes == ["verify.estimate"])
    }
  }

  @Test(
    "ranges that somebody else's plan leaves out are not missed, and those that it states are held to the model"
  )
  func foreignRanges() {
    let without = judged(generator: "by hand") { plan in
      plan.moves[0].estimate?.bytesRange = nil
      plan.moves[0].estimate?.downtimeRange = nil
    }
    #expect(without.codes == [])
    #expect(
      judged(generator: "by hand") { $0.moves[0].estimate?.downtimeRange?.high += 5 }.codes == [
        "verify.estimate"
      ])
  }

  @Test("a millisecond more or less of duration is found")
  func duration() {
    let verdict = judged { plan in
      plan.moves[0].endSeconds += 0.001
      plan.moves[0].sourceReleasedSeconds += 0.001
      plan.schedule.makespanSeconds += 0.001
    }
    #expect(verdict.codes == ["verify.estimate"])
  }

  @Test("a late start does not blur the comparison")
  func lateStart() {
    let plan = PlanBuilder(inventory).plan([MoveSketch("b", to: "h1", at: 1_234_567.891)])
    #expect(judge(plan, inventory).findings == [])
  }

  @Test("somebody else's plan without estimates is judged on the rest, and says so")
  func withoutEstimate() {
    let foreign = judged(generator: "by hand") { plan in
      plan.moves[0].estimate = nil
      plan.moves[0].endSeconds += 5
      plan.moves[0].sourceReleasedSeconds += 5
      plan.schedule.makespanSeconds += 5
    }
    #expect(foreign.decision == .accepted)
    #expect(foreign.facts.notJudged == ["how long 1 move should take: no estimate is given for m0001"])
    #expect(judged { $0.moves[0].estimate = nil }.codes == ["verify.estimate"])
  }
}
