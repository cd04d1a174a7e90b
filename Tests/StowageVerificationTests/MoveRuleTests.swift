import StowageModel
import StowageVerification
import Testing

/// Rules about the order and manner of moves, each kept and broken, with the instant and the words.
///
/// Over its port of 10 Gb/s each VM of 8 GiB moves in about 8 s.
@Suite("Rules about the order and manner of moves")
struct MoveRuleTests {
  private func judged(
    _ requirement: Requirement, _ moves: [MoveSketch], change: (inout Inventory) -> Void = { _ in }
  ) -> PlanVerdict {
    var inventory = Inventory(
      hosts: Inventory.hosts(4),
      vms: [.idle("a", gib: 8, on: "h1"), .idle("b", gib: 8, on: "h2"), .idle("c", gib: 8, on: "h3")],
      rules: [Rule(id: "rule", requirement)])
    change(&inventory)
    return judge(PlanBuilder(inventory).plan(moves), inventory)
  }

  private func rule(_ verdict: PlanVerdict) -> [Finding] {
    verdict.findings.filter { if case .rule = $0.subject { true } else { false } }
  }

  @Test("those who wait start when the last of the first has ended")
  func before() {
    let order = Requirement.before(Before(vms: Selection(["a", "b"]), then: Selection(["c"])))
    let first = [MoveSketch("a", to: "h4"), MoveSketch("b", to: "h4", at: 100)]
    #expect(judged(order, first + [MoveSketch("c", to: "h2", at: 200)]).codes == [])
    let early = judged(order, first + [MoveSketch("c", to: "h2", at: 50)])
    #expect(early.codes == ["verify.before", "verify.objective"])
    #expect(rule(early).map(\.instantSeconds) == [50])
    #expect(
      rule(early)[0].message.hasPrefix("at 50 s move m0003 starts before m0002 has ended at 10"),
      "\(early.findings)")
    #expect(judged(order, [MoveSketch("c", to: "h2")]).codes == [], "nobody of the first moves")
  }

  @Test("of everybody else, a VM on both sides is among the first")
  func beforeEverybody() {
    let order = Requirement.before(Before(vms: Selection(["a"]), then: Selection(["*"])))
    let late = [MoveSketch("b", to: "h4", at: 100), MoveSketch("c", to: "h4", at: 200)]
    #expect(judged(order, [MoveSketch("a", to: "h4")] + late).codes == [])
    #expect(rule(judged(order, late + [MoveSketch("a", to: "h4", at: 150)])).count == 1)
  }

  @Test("a series has one move at a time; the end of one may be the start of the next")
  func serialize() throws {
    let series = Requirement.serialize(Serialize(vms: Selection(["a", "b"])))
    let apart = [MoveSketch("a", to: "h4"), MoveSketch("b", to: "h4", at: 60)]
    #expect(judged(series, apart).codes == [])
    let both = judged(series, [MoveSketch("a", to: "h4"), MoveSketch("b", to: "h3", at: 1)])
    #expect(both.codes == ["verify.objective", "verify.serialize"])
    #expect(rule(both).map(\.instantSeconds) == [1])
    #expect(
      rule(both)[0].message
        == "at 1 s m0001 and m0002 are under way, and rule rule has them go one at a time")
    let others = [MoveSketch("a", to: "h4"), MoveSketch("c", to: "h2", at: 1)]
    #expect(judged(series, others).codes == [], "c is no member")
  }

  @Test(
    "moves at once are counted where the rule says",
    arguments: [
      (MovesAtOnce(limit: 2), 2, nil), (MovesAtOnce(limit: 1), 1, "2 moves under way, rule rule allows 1"),
      (MovesAtOnce(vms: Selection(["a"]), limit: 1), 2, nil),
      (MovesAtOnce(place: .hostIn, limit: 1), 1, "2 moves under way into h4"),
      (MovesAtOnce(place: .host, limit: 1), 1, "2 moves under way out of or into h4"),
      (MovesAtOnce(place: .hostOut, limit: 1), 2, nil),
      (MovesAtOnce(place: .host, hosts: Selection(["h1"]), limit: 1), 2, nil),
    ] as [(MovesAtOnce, Int, String?)])
  func concurrency(_ most: MovesAtOnce, _ atOnce: Int, _ words: String?) {
    // Half of the port each, so that the link is not what breaks.
    let moves = [MoveSketch("a", to: "h4", rate: 500), MoveSketch("b", to: "h4", at: 2, rate: 500)]
    let verdict = judged(.concurrency(most), moves)
    #expect(verdict.codes == (words == nil ? [] : ["verify.moves-at-once", "verify.objective"]))
    guard let words else { return }
    #expect(rule(verdict).map(\.instantSeconds) == [2])
    #expect(rule(verdict)[0].message.contains(words), "\(verdict.findings)")
  }

  @Test("moves over a link are counted in both directions together")
  func concurrencyOnLinks() {
    let most = MovesAtOnce(place: .link, links: [Glob("w*")], limit: 1)
    func verdict(_ id: String) -> PlanVerdict {
      judged(
        .concurrency(most), [MoveSketch("a", to: "h4", rate: 100), MoveSketch("c", to: "h2", rate: 100)]
      ) {
        for index in $0.hosts.indices { $0.hosts[index].site = index < 2 ? "s1" : "s2" }
        $0.links = [Link(id: Link.ID(id), a: "s1", b: "s2", gbps: 10)]
      }
    }
    #expect(rule(verdict("wan")).map(\.code.rawValue) == ["verify.moves-at-once"])
    #expect(rule(verdict("wan")).first?.message.contains("over link wan") == true)
    #expect(rule(verdict("lan")).isEmpty)
  }

  @Test("a technique, a pause and a risk that a rule does not bear are found, and named with it")
  func technique() {
    let moves = [MoveSketch("a", to: "h4", by: .postCopy)]
    func found(_ limit: TechniqueLimit) -> [String] { rule(judged(.technique(limit), moves)).map(\.message) }
    #expect(found(TechniqueLimit(vms: Selection(["b"]), denied: [.postCopy])) == [])
    #expect(found(TechniqueLimit(vms: Selection(["a"]), allowed: [.postCopy, .cold])) == [])
    #expect(
      found(TechniqueLimit(vms: Selection(["a"]), denied: [.postCopy]))
        == ["at 0 s move m0001 takes VM a by post-copy, which rule rule does not allow"])
    #expect(found(TechniqueLimit(vms: Selection(["a"]), allowed: [.preCopy])).count == 1)
    let pause = found(TechniqueLimit(vms: Selection(["a"]), maxDowntimeMilliseconds: 0.5))
    #expect(pause.count == 1 && pause[0].contains("rule rule allows 0.5 ms"), "\(pause)")
    let risk = found(TechniqueLimit(vms: Selection(["a"]), maxLossProbability: 0))
    #expect(risk.count == 1 && risk[0].contains("loses VM a with a probability of 0.0000"), "\(risk)")
  }
}
