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

  /// A pre-copy move of an idle VM of 8 GiB takes some 10 s: post-copy counts from its start.
  @Test("members switch over at one moment: the end of pre-copy, the start of post-copy")
  func together() throws {
    let pair = Requirement.together(Together(vms: Selection(["a", "b"])))
    let builder = PlanBuilder(
      Inventory(hosts: Inventory.hosts(4), vms: [.idle("a", gib: 8, on: "h1"), .idle("b", gib: 8, on: "h1")]))
    let end = try #require(builder.plan([MoveSketch("a", to: "h4", rate: 500)]).moves.first?.endSeconds)
    let apart = judged(pair, [MoveSketch("a", to: "h4"), MoveSketch("b", to: "h3", at: 60)])
    #expect(apart.codes == ["verify.objective", "verify.together"])
    let others = judged(pair, [MoveSketch("a", to: "h4"), MoveSketch("c", to: "h2", at: 60)])
    #expect(others.codes == [], "c is no member, and b does not move")
    let late = [
      MoveSketch("a", to: "h4", rate: 500), MoveSketch("b", to: "h3", by: .postCopy, at: end, rate: 500),
    ]
    #expect(rule(judged(pair, late)).isEmpty, "\(judged(pair, late).findings)")
    let both = [
      MoveSketch("a", to: "h4", rate: 500), MoveSketch("b", to: "h3", by: .postCopy, rate: 500),
    ]
    let messages = rule(judged(pair, both)).map(\.message)
    #expect(messages.count == 1 && messages[0].hasPrefix("at 0 s m0002 switches over at 0 s and m0001 at 1"))
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

  @Test("a technique, a pause, a risk and a slowdown that a rule does not bear are found, and named with it")
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
    let slowdown = found(TechniqueLimit(vms: Selection(["a"]), maxSlowdownSeconds: 0))
    #expect(slowdown.count == 1 && slowdown[0].contains("costs the guest of VM a "), "\(slowdown)")
    #expect(found(TechniqueLimit(vms: Selection(["a"]), maxSlowdownSeconds: 1e6)) == [])
  }

  /// The plan starts on Friday 27 November 2026 at 22:00 in Paris.
  private let evening = Instant(secondsSince1970: 1_795_813_200)

  private func judgedFrom(
    _ start: Instant?, _ requirement: Requirement, _ moves: [MoveSketch]
  ) -> [String] {
    let inventory = Inventory(
      hosts: Inventory.hosts(4), vms: [.idle("a", gib: 8, on: "h1")], rules: [Rule(id: "rule", requirement)])
    var builder = PlanBuilder(inventory)
    builder.options.start = start
    return rule(judge(builder.plan(moves), inventory)).map(\.message)
  }

  @Test(
    "a move lies within the hours of a window, on the right days, over midnight and over a change of clocks")
  func window() {
    let zone = TimeZoneOffsets(
      name: "test", changes: [.init(since: 0, seconds: 3600), .init(since: 1_795_820_400, seconds: 0)])
    func found(_ from: Int, _ to: Int, _ days: Set<WeeklyHours.Day>, at start: Double) -> [String] {
      let hours = Hours.weekly(WeeklyHours(from: from * 60, to: to * 60, days: days, zone: zone))
      return judgedFrom(
        evening, .window(MoveWindow(vms: Selection(["a"]), hours: hours)),
        [MoveSketch("a", to: "h4", at: start)])
    }
    #expect(evening.description == "2026-11-27T21:00:00Z")
    #expect(found(22, 5, [.friday], at: 0) == [])
    #expect(found(22, 5, [.saturday], at: 0).count == 1)
    #expect(found(22, 5, [.friday], at: 4 * 3600) == [], "Saturday, 01:00, of the night that began on Friday")
    #expect(
      found(23, 5, [.friday], at: 3595)
        == ["at 3595 s move m0001 is under way outside of the hours of window rule"], "five seconds too early"
    )
    #expect(
      found(22, 23, [.friday], at: 3595) == [
        "at 3600 s move m0001 is under way outside of the hours of window rule"
      ])
    // At midnight the clock goes back to 23:00, so the hour from 23:00 to 24:00 comes twice.
    #expect(found(23, 0, [.friday], at: 3 * 3600 - 60) == [])
    #expect(found(23, 0, [.friday], at: 3 * 3600 + 60).count == 1)
  }

  @Test("a move keeps clear of a blackout, also of one that begins on the way")
  func blackout() {
    let hours = Hours.dated(
      from: Instant(secondsSince1970: evening.secondsSince1970 + 100),
      to: Instant(secondsSince1970: evening.secondsSince1970 + 200))
    let rule = Requirement.blackout(MoveBlackout(vms: Selection(["*"]), hours: hours))
    #expect(judgedFrom(evening, rule, [MoveSketch("a", to: "h4")]) == [])
    #expect(judgedFrom(evening, rule, [MoveSketch("a", to: "h4", at: 200)]) == [])
    #expect(
      judgedFrom(evening, rule, [MoveSketch("a", to: "h4", at: 99)])
        == ["at 100 s move m0001 is under way in the hours of blackout rule"])
    #expect(
      judgedFrom(nil, rule, [MoveSketch("a", to: "h4")])
        == ["rule rule speaks of hours or dates, and the plan does not say when it starts"])
    #expect(judgedFrom(nil, rule, []) == [])
  }

  @Test("a move ends by its deadline")
  func deadline() {
    func found(_ due: Deadline.Due) -> [String] {
      judgedFrom(
        evening, .deadline(Deadline(vms: Selection(["a"]), due: due)), [MoveSketch("a", to: "h4", at: 100)])
    }
    #expect(found(.within(seconds: 200)) == [])
    #expect(
      found(.within(seconds: 101)).first?.hasPrefix("at 101 s move m0001 is still under way, due at 101 s")
        == true)
    #expect(found(.by(Instant(secondsSince1970: evening.secondsSince1970 + 101))).count == 1)
    #expect(found(.by(Instant(secondsSince1970: evening.secondsSince1970 + 200))) == [])
  }
}
