import StowageModel
import StowageVerification
import Testing

/// One test for each kind, at rest and on the way.
@Suite("Rules that no single host decides, and limits on moves")
struct PlacementRuleTests {
  /// h1 and h2 in rack r1, h3 in r2, h4 in none. `a` on h1, `b` on h2, `c` on h3.
  private func inventory(_ rules: [Rule]) -> Inventory {
    var hosts = Inventory.hosts(4)
    hosts[0].rack = "r1"
    hosts[1].rack = "r1"
    hosts[2].rack = "r2"
    return Inventory(
      hosts: hosts,
      vms: [.idle("a", gib: 8, on: "h1"), .idle("b", gib: 8, on: "h2"), .idle("c", gib: 8, on: "h3")],
      rules: rules)
  }

  private func judged(
    _ requirement: Requirement, isHard: Bool = true, _ moves: [MoveSketch],
    change: (inout Plan) -> Void = { _ in }
  ) -> PlanVerdict {
    let inventory = inventory([Rule(id: "rule", requirement, isHard: isHard)])
    var plan = PlanBuilder(inventory).plan(moves)
    change(&plan)
    return judge(plan, inventory)
  }

  private let all = Selection(["a", "b", "c"])

  @Test("no domain holds more of a spread than it may, not even for a moment")
  func spreadCrowded() {
    let rule = Requirement.spread(Spread(vms: all, scope: .rack, maxPerDomain: 2))
    #expect(judged(rule, []).codes == [])
    #expect(judged(rule, [MoveSketch("c", to: "h2")]).codes == ["verify.objective", "verify.spread"])
    let passing = judged(
      rule, [MoveSketch("c", to: "h2"), MoveSketch("b", to: "h4"), MoveSketch("c", to: "h3", at: 100)])
    #expect(passing.codes == ["verify.spread"])
    #expect(
      passing.findings[0].message
        == "at 0 s 3 members of spread rule on rack r1, at most 2 may be there: a, b and c")
    // From h1 to h2 within the rack: one member at two hosts of it is still one member.
    #expect(judged(rule, [MoveSketch("a", to: "h2")]).codes == [])
  }

  @Test("members of a spread lie in enough domains, also between two moves")
  func spreadBunched() {
    let rule = Requirement.spread(Spread(vms: Selection(["a", "c"]), scope: .rack, minDomains: 2))
    #expect(judged(rule, []).codes == [])
    #expect(judged(rule, [MoveSketch("c", to: "h2")]).codes == ["verify.objective", "verify.spread"])
    let meanwhile = judged(rule, [MoveSketch("c", to: "h2"), MoveSketch("a", to: "h4", at: 100)])
    #expect(meanwhile.codes == ["verify.spread"])
    #expect(judged(rule, [MoveSketch("a", to: "h4"), MoveSketch("c", to: "h2", at: 100)]).codes == [])
  }

  @Test("a spread that is broken at the start must be kept at the end, and may not get worse")
  func spreadBrokenAtStart() {
    let rule = Requirement.spread(Spread(vms: all, scope: .rack, minDomains: 3, maxPerDomain: 1))
    #expect(judged(rule, []).codes == ["verify.objective", "verify.spread"])
    #expect(judged(rule, [MoveSketch("b", to: "h4")]).codes == [])
  }

  @Test("members of a dedication meet nobody else, not even for a moment")
  func dedicated() {
    let rule = Requirement.dedicated(Dedicated(vms: Selection(["a", "b"])))
    #expect(judged(rule, [MoveSketch("b", to: "h1")]).codes == [])
    #expect(judged(rule, [MoveSketch("c", to: "h1")]).codes == ["verify.dedicated", "verify.objective"])
    let passing = judged(rule, [MoveSketch("c", to: "h1"), MoveSketch("c", to: "h4", at: 100)])
    #expect(passing.codes == ["verify.dedicated"])
    #expect(passing.findings[0].message == "at 0 s host h1 holds a of dedicated rule together with c")
  }

  @Test("a total over hosts is never above its limit; who moves between two of them counts once")
  func groupCap() {
    let cap = Requirement.groupCap(
      GroupCap(hosts: Selection(["h1", "h2"]), resource: .memory, limit: 16 * 1024))
    #expect(judged(cap, [MoveSketch("a", to: "h2")]).codes == [])
    #expect(judged(cap, [MoveSketch("c", to: "h2")]).codes == ["verify.group-cap", "verify.objective"])
    let early = judged(cap, [MoveSketch("c", to: "h1"), MoveSketch("a", to: "h4")])
    #expect(early.codes == ["verify.group-cap"])
    #expect(early.findings[0].message.contains("24.0 GiB of 16.0 GiB memory"), "\(early.findings[0].message)")
    let of = Requirement.groupCap(
      GroupCap(hosts: Selection(["h1", "h2"]), vms: Selection(["c"]), resource: .slots, limit: 0))
    #expect(judged(of, []).codes == [])
    #expect(judged(of, [MoveSketch("c", to: "h2")]).codes == ["verify.group-cap", "verify.objective"])
  }

  @Test("a cap that is exceeded at the start must be kept at the end, and never more exceeded")
  func groupCapBrokenAtStart() {
    let cap = Requirement.groupCap(
      GroupCap(hosts: Selection(["h1", "h2"]), resource: .slots, limit: 1))
    #expect(judged(cap, []).codes == ["verify.group-cap", "verify.objective"])
    #expect(judged(cap, [MoveSketch("a", to: "h4")]).codes == [])
  }

  @Test("a host of a no_new takes nobody in, not even one that comes back")
  func noNew() {
    let rule = Requirement.noNew(NoNew(hosts: Selection(["h1"])))
    #expect(judged(rule, [MoveSketch("a", to: "h4")]).codes == [])
    #expect(judged(rule, [MoveSketch("b", to: "h1")]).codes == ["verify.no-new", "verify.objective"])
    let back = judged(rule, [MoveSketch("a", to: "h4"), MoveSketch("a", to: "h1", at: 100)])
    #expect(back.codes == ["verify.no-new"])
  }

  @Test("a host of a keep_on is not switched off, and counts as on when it is empty")
  func keepOn() {
    let rule = Requirement.keepOn(KeepOn(hosts: Selection(["h2"])))
    let off = judged(rule, [MoveSketch("b", to: "h1")])
    #expect(off.codes == ["verify.keep-on", "verify.objective"])
    let on = judged(rule, [MoveSketch("b", to: "h1")]) { plan in
      plan.poweredOffHosts = []
      plan.objectives[1].value = 3
    }
    #expect(on.codes == [], "\(on.findings)")
  }

  @Test("every move counts towards the limits, detours included")
  func moveLimits() {
    let moves = [MoveSketch("a", to: "h4"), MoveSketch("b", to: "h4", at: 100)]
    #expect(judged(.maxMoves(MaxMoves(limit: 2)), moves).codes == [])
    #expect(judged(.maxMoves(MaxMoves(limit: 1)), moves).codes == ["verify.max-moves", "verify.objective"])
    #expect(judged(.maxMoves(MaxMoves(vms: Selection(["a"]), limit: 1)), moves).codes == [])
    #expect(judged(.moveBudget(MoveBudget(limitMiB: 16384)), moves).codes == [])
    let over = judged(.moveBudget(MoveBudget(limitMiB: 16383)), moves)
    #expect(over.codes == ["verify.move-budget", "verify.objective"])
    let detour = [MoveSketch("a", to: "h4"), MoveSketch("a", to: "h2", at: 100)]
    #expect(judged(.maxMoves(MaxMoves(limit: 1)), detour).codes == ["verify.max-moves", "verify.objective"])
  }

  @Test(
    "soft rules reject no plan and cost their weight for every breach",
    arguments: [
      (Requirement.antiAffinity(AntiAffinity(vms: Selection(["a", "b", "c"]), scope: .rack)), 1.0),
      (.affinity(Affinity(vms: Selection(["a", "b", "c"]))), 2),
      (.affinity(Affinity(vms: Selection(["a", "b", "c"]), scope: .rack)), 1),
      (.spread(Spread(vms: Selection(["a", "b", "c"]), scope: .rack, minDomains: 3, maxPerDomain: 1)), 2),
      (.onlyOn(OnlyOn(vms: Selection(["a", "c"]), hosts: Selection(["h1"]))), 1),
      (.preferOn(PreferOn(vms: Selection(["a", "c"]), hosts: Selection(["h2"]))), 2),
      (.neverOn(NeverOn(vms: Selection(["a", "c"]), hosts: Selection(["h1"]))), 1),
      (.stay(Stay(vms: Selection(["a"]))), 0),
      (.drain(Drain(hosts: Selection(["h1", "h4"]))), 1),
      (.noNew(NoNew(hosts: Selection(["h1"]))), 0),
      (.keepOn(KeepOn(hosts: Selection(["h1"]))), 0),
      (.dedicated(Dedicated(vms: Selection(["a"]))), 0),
      (.groupCap(GroupCap(hosts: Selection(["h1", "h2"]), resource: .slots, limit: 1)), 1),
    ])
  func softCost(_ requirement: Requirement, _ breaches: Double) {
    let verdict = judged(requirement, isHard: false, []) { plan in
      plan.objectives.insert(
        Objective(.softRuleCost, value: breaches, lowerBound: 0, proof: .trivial), at: 2)
    }
    #expect(verdict.codes == [], "\(verdict.findings)")
    let wrong = judged(requirement, isHard: false, []) { plan in
      plan.objectives.insert(
        Objective(.softRuleCost, value: breaches + 1, lowerBound: 0, proof: .trivial), at: 2)
    }
    #expect(wrong.codes == ["verify.objective"])
  }
}
