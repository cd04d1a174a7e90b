import StowageModel
import StowageVerification
import Testing

@Suite("Rules on the way and at the end")
struct RuleTests {
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
    _ requirement: Requirement, isHard: Bool = true, hosts: [Host.ID] = [], _ moves: [MoveSketch]
  ) -> PlanVerdict {
    let inventory = inventory([Rule(id: "rule", requirement, isHard: isHard)])
    var builder = PlanBuilder(inventory)
    builder.options.hosts = hosts
    return judge(builder.plan(moves), inventory)
  }

  private let ab = Selection(["a", "b"])

  // MARK: Anti-affinity

  @Test("members of an anti-affinity do not meet, not even for a moment")
  func apart() {
    let rule = Requirement.antiAffinity(AntiAffinity(vms: ab))
    #expect(judged(rule, [MoveSketch("a", to: "h3")]).codes == [])
    let verdict = judged(rule, [MoveSketch("a", to: "h2", at: 5), MoveSketch("b", to: "h4", at: 5)])
    #expect(verdict.codes == ["verify.anti-affinity"])
    #expect(
      verdict.findings[0].message
        == "at 5 s 2 members of anti-affinity rule on host h2, at most 1 may be there: a and b")
  }

  @Test("a member may take the other's place at the instant at which it has gone")
  func apartHandover() {
    let gone = PlanBuilder(inventory([])).plan([MoveSketch("b", to: "h4")]).moves[0].endSeconds
    let rule = Requirement.antiAffinity(AntiAffinity(vms: ab))
    #expect(judged(rule, [MoveSketch("b", to: "h4"), MoveSketch("a", to: "h2", at: gone)]).codes == [])
    #expect(
      judged(rule, [MoveSketch("b", to: "h4"), MoveSketch("a", to: "h2", at: gone - 0.001)]).codes
        == ["verify.anti-affinity"])
  }

  @Test("members that share a rack at the start must be apart at the end, and may stay so until then")
  func apartBrokenAtStart() {
    let rule = Requirement.antiAffinity(AntiAffinity(vms: ab, scope: .rack))
    #expect(judged(rule, []).codes == ["verify.anti-affinity", "verify.objective"])
    #expect(judged(rule, [MoveSketch("a", to: "h4")]).codes == [])
    // From h1 to h2 within the rack: one member at two hosts of it is still one member.
    let within = Requirement.antiAffinity(AntiAffinity(vms: Selection(["a", "c"]), scope: .rack))
    #expect(judged(within, [MoveSketch("a", to: "h2")]).codes == [])
  }

  @Test("a host without a rack shares with nobody")
  func apartWithoutRack() {
    let rule = Requirement.antiAffinity(AntiAffinity(vms: Selection(["a", "c"]), scope: .rack))
    #expect(judged(rule, [MoveSketch("c", to: "h4")]).codes == [])
    #expect(judged(rule, [MoveSketch("c", to: "h2")]).codes.contains("verify.anti-affinity"))
  }

  @Test("a soft rule rejects no plan")
  func soft() {
    let rule = Requirement.antiAffinity(AntiAffinity(vms: ab))
    #expect(judged(rule, isHard: false, [MoveSketch("a", to: "h2")]).codes == [])
  }

  // MARK: Affinity

  @Test("members of an affinity end together, and are apart only while they move")
  func together() {
    let rule = Requirement.affinity(Affinity(vms: ab))
    #expect(judged(rule, [MoveSketch("a", to: "h4"), MoveSketch("b", to: "h4", at: 100)]).codes == [])
    let verdict = judged(rule, [MoveSketch("a", to: "h4")])
    #expect(verdict.codes == ["verify.affinity", "verify.objective"])
    #expect(verdict.firstBreak?.message.contains("are on 2 hosts, h2 and h4: a and b") == true)
  }

  @Test("an affinity of racks is kept by two hosts of one rack, and not by a host without one")
  func togetherInRack() {
    let rule = Requirement.affinity(Affinity(vms: ab, scope: .rack))
    #expect(judged(rule, []).codes == [])
    #expect(judged(rule, [MoveSketch("b", to: "h4")]).codes.contains("verify.affinity"))
  }

  // MARK: Hosts

  @Test("a member of an only_on goes nowhere else, not even on the way")
  func onlyOn() {
    let rule = Requirement.onlyOn(OnlyOn(vms: Selection(["a"]), hosts: Selection(["h1", "h2"])))
    #expect(judged(rule, []).codes == [])
    #expect(judged(rule, [MoveSketch("a", to: "h2")]).codes == [])
    #expect(judged(rule, [MoveSketch("a", to: "h3")]).codes.contains("verify.only-on"))
    let way = judged(rule, [MoveSketch("a", to: "h3"), MoveSketch("a", to: "h2", at: 100)])
    #expect(way.codes == ["verify.only-on"])
  }

  @Test("an only_on that is broken at the start must be mended by the end")
  func onlyOnBrokenAtStart() {
    let rule = Requirement.onlyOn(OnlyOn(vms: Selection(["a"]), hosts: Selection(["h2"])))
    #expect(judged(rule, []).codes == ["verify.objective", "verify.only-on"])
    #expect(judged(rule, [MoveSketch("a", to: "h2")]).codes == [])
  }

  @Test("a member of a never_on goes to none of its hosts, and leaves them")
  func neverOn() {
    let rule = Requirement.neverOn(NeverOn(vms: Selection(["a"]), hosts: Selection(["h1", "h3"])))
    #expect(judged(rule, []).codes == ["verify.never-on", "verify.objective"])
    #expect(judged(rule, [MoveSketch("a", to: "h2")]).codes == [])
    #expect(judged(rule, [MoveSketch("a", to: "h3")]).codes == ["verify.never-on", "verify.objective"])
  }

  @Test("a member of a stay has no move, not even one that comes back")
  func stay() {
    let rule = Requirement.stay(Stay(vms: Selection(["a"])))
    #expect(judged(rule, [MoveSketch("b", to: "h4")]).codes == [])
    #expect(judged(rule, [MoveSketch("a", to: "h2")]).codes == ["verify.objective", "verify.stay"])
    let back = judged(rule, [MoveSketch("a", to: "h2"), MoveSketch("a", to: "h1", at: 100)])
    #expect(back.codes == ["verify.stay"])
  }

  @Test("a drained host ends empty and takes nobody in")
  func drain() {
    let rule = Requirement.drain(Drain(hosts: Selection(["h2"])))
    #expect(judged(rule, [MoveSketch("b", to: "h4")]).codes == [])
    #expect(judged(rule, []).codes == ["verify.drain", "verify.objective"])
    let passing = judged(
      rule, [MoveSketch("b", to: "h4"), MoveSketch("a", to: "h2"), MoveSketch("a", to: "h3", at: 100)])
    #expect(passing.codes == ["verify.drain"])
  }

  @Test("a host that the request drains is held like one that a rule drains, but is no broken rule")
  func drainByRequest() {
    let rule = Requirement.stay(Stay(vms: Selection(["c"])))
    #expect(judged(rule, hosts: ["h2"], [MoveSketch("b", to: "h4")]).codes == [])
    let verdict = judged(rule, hosts: ["h2"], [])
    #expect(verdict.codes == ["verify.drain"])
    #expect(verdict.findings[0].message == "at 0 s host h2 must end empty (as requested) and holds 1 VM: b")
  }
}
