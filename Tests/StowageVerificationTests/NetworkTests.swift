import StowageCosts
import StowageModel
import StowageVerification
import Testing

@Suite("Routes, rates and slots")
struct NetworkTests {
  private let inventory = Inventory(
    hosts: Inventory.hosts(3), vms: [.idle("a", gib: 8, on: "h1"), .idle("b", gib: 8, on: "h2")])
  private let tenGigabit = PayloadRate.mibPerSecond(gbps: 10)

  private func codes(_ change: (inout Plan) -> Void) -> [String] {
    var plan = PlanBuilder(inventory).plan([MoveSketch("a", to: "h3")])
    change(&plan)
    return judge(plan, inventory).codes
  }

  @Test("the links of a move are those of its route, in order")
  func links() {
    #expect(codes { $0.moves[0].links.reverse() } == ["verify.links"])
    #expect(codes { $0.moves[0].links = [] } == ["verify.links"])
  }

  @Test("hosts between which no way leads exchange no VMs")
  func noRoute() {
    var apart = inventory
    apart.links = [Link(id: "island", a: "h3", b: "elsewhere", gbps: 1)]
    let plan = PlanBuilder(apart).plan([MoveSketch("a", to: "h3")])
    #expect(judge(plan, apart).codes.contains("verify.route"))
  }

  @Test("a rate is a number from 0 on", arguments: [-1, Double.nan, .infinity])
  func noRate(_ rate: Double) {
    #expect(codes { $0.moves[0].rateMiBPerSecond = rate }.contains("verify.rate"))
  }

  @Test("a move takes no more than its path carries")
  func abovePath() {
    let plan = PlanBuilder(inventory).plan([MoveSketch("a", to: "h3", rate: tenGigabit * 1.001)])
    #expect(judge(plan, inventory).codes.contains("verify.rate"))
  }

  @Test("a move takes no more than the platform's streams carry")
  func aboveStreams() {
    var builder = PlanBuilder(inventory)
    builder.options.platform = .ganeti
    #expect(judge(builder.plan([MoveSketch("a", to: "h3", rate: 32)]), inventory).codes == [])
    #expect(
      judge(builder.plan([MoveSketch("a", to: "h3", rate: 33)]), inventory).codes.contains("verify.rate"))
  }

  @Test("a move that copies nothing reserves nothing")
  func needless() {
    var plan = PlanBuilder(inventory).plan([MoveSketch("a", to: "h3", by: .cold)])
    plan.moves[0].rateMiBPerSecond = 1
    #expect(judge(plan, inventory).codes == ["verify.rate"])
  }

  private func sharing(_ share: Double) -> PlanVerdict {
    let rate = tenGigabit * share
    return judge(
      PlanBuilder(inventory).plan([
        MoveSketch("a", to: "h3", rate: rate), MoveSketch("b", to: "h3", rate: rate),
      ]), inventory)
  }

  @Test("two moves may share a port down to the last byte, and no more")
  func linkLoad() throws {
    #expect(sharing(0.5).findings == [])
    let finding = try #require(sharing(0.501).firstBreak)
    #expect(finding.code.rawValue == "verify.link-load")
    #expect(
      finding.message
        == "at 0 s h3:in carries 1096.725 MiB/s and is given 1098.919 MiB/s: m0001 and m0002")
  }

  @Test("a move may take the whole port at the instant at which another has ended")
  func backToBack() {
    let end = PlanBuilder(inventory).plan([MoveSketch("a", to: "h3")]).moves[0].endSeconds
    let plan = PlanBuilder(inventory).plan([MoveSketch("a", to: "h3"), MoveSketch("b", to: "h3", at: end)])
    #expect(judge(plan, inventory).findings == [])
  }

  @Test("a port of unknown bandwidth limits nothing, and a path without any counts as 1 Gb/s")
  func unknownPorts() {
    var inventory = inventory
    for host in inventory.hosts.indices { inventory.hosts[host].migrationNetworkGbps = nil }
    let both = PlanBuilder(inventory).plan([MoveSketch("a", to: "h3"), MoveSketch("b", to: "h3")])
    #expect(judge(both, inventory).findings == [])
    let fast = PlanBuilder(inventory).plan([MoveSketch("a", to: "h3", rate: 120)])
    #expect(judge(fast, inventory).codes.contains("verify.rate"))
  }

  @Test("Ganeti locks both hosts of a move; openstack lets one live move leave a host")
  func concurrency() {
    var builder = PlanBuilder(inventory)
    let moves = [MoveSketch("a", to: "h3", rate: 16), MoveSketch("b", to: "h3", rate: 16)]
    builder.options.platform = .openstack
    #expect(judge(builder.plan(moves), inventory).codes == [])
    builder.options.platform = .ganeti
    let verdict = judge(builder.plan(moves), inventory)
    #expect(verdict.codes == ["verify.concurrency"])
    #expect(
      verdict.findings[0].message
        == "at 0 s what leaves or enters host h3 takes 2 of 1 slots: m0001 and m0002")
  }
}
