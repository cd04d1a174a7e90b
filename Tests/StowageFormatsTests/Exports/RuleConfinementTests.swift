import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

/// Two parts that both have VMs `a` and `db-1` on a host `h1`, and a link `wan`.
@Suite("Rules of joined inventories")
struct RuleConfinementTests {
  private func part(_ own: String, _ rules: [Requirement]) -> ReadResult {
    var host = Host(id: "h1", cores: 8, memoryMiB: 8192)
    host.labels = ["gpu": "1"]
    var vms = ["a", "db-1", own].map { VM(id: VM.ID($0), vCPUs: 1, memoryMiB: 1024, host: "h1") }
    vms[2].labels = ["tier": "web"]
    let inventory = Inventory(
      hosts: [host], vms: vms, links: [Link(id: "wan", a: "h1", b: "s2", gbps: 1)],
      rules: rules.enumerated().map { Rule(id: Rule.ID("r\($0)"), $1) })
    return ReadResult(inventory: inventory, log: DiagnosticLog())
  }

  private func joined(_ rules: Requirement...) throws -> Inventory {
    let result = InventoryMerge().merge(
      [("east", part("x", rules)), ("west", part("y", []))], rules: nil)
    return try #require(result.inventory, "\(result.log.kept)")
  }

  @Test("names in rules about time are renamed with what they name")
  func names() throws {
    let rules = try joined(
      .before(Before(vms: Selection(["a"]), then: Selection(["db-1", "x"]))),
      .serialize(Serialize(vms: Selection(["a", "x"]))), .together(Together(vms: Selection(["a", "x"]))),
      .deadline(Deadline(vms: Selection(["db-1"]), due: .within(seconds: 60))),
      .concurrency(MovesAtOnce(vms: Selection(["a"]), place: .link, links: [Glob("wan")], limit: 1)),
      .technique(TechniqueLimit(vms: Selection(["a"]), denied: [.cold]))
    ).rules.map(\.requirement)
    let (a, db) = ("a @ east", "db-1 @ east")
    #expect(rules[0] == .before(Before(vms: Selection([a]), then: Selection([db, "x"]))))
    #expect(rules[1] == .serialize(Serialize(vms: Selection([a, "x"]))))
    #expect(rules[2] == .together(Together(vms: Selection([a, "x"]))))
    #expect(rules[3] == .deadline(Deadline(vms: Selection([db]), due: .within(seconds: 60))))
    #expect(
      rules[4]
        == .concurrency(
          MovesAtOnce(vms: Selection([a]), place: .link, links: [Glob("wan @ east")], limit: 1)))
    #expect(rules[5] == .technique(TechniqueLimit(vms: Selection([a]), denied: [.cold])))
  }

  @Test("patterns, labels and all select what they did in their own part, and nothing of another")
  func patterns() throws {
    let hours = Hours.weekly(WeeklyHours(from: 0, to: 300))
    let rules = try joined(
      .window(MoveWindow(vms: Selection(["db-*"]), hours: hours)),
      .blackout(MoveBlackout(vms: Selection(labels: ["tier": "web"]), hours: hours)),
      .maxMoves(MaxMoves(limit: 2)), .keepOn(KeepOn(hosts: Selection(labels: ["gpu": "1"]))),
      .concurrency(MovesAtOnce(place: .link, limit: 3))
    ).rules.map(\.requirement)
    #expect(rules[0] == .window(MoveWindow(vms: Selection(["db-1 @ east"]), hours: hours)))
    #expect(
      rules[1]
        == .blackout(
          MoveBlackout(vms: Selection(globs: [Glob("x")], labels: ["tier": "web"]), hours: hours)))
    let all = Selection(["a @ east", "db-1 @ east", "x"])
    #expect(rules[2] == .maxMoves(MaxMoves(vms: all, limit: 2)))
    #expect(
      rules[3] == .keepOn(KeepOn(hosts: Selection(globs: [Glob("h1 @ east")], labels: ["gpu": "1"]))))
    #expect(
      rules[4] == .concurrency(MovesAtOnce(vms: all, place: .link, links: [Glob("wan @ east")], limit: 3)))
  }

  @Test("a pattern that selects nobody in its own part is left as it is, for the check of rules")
  func nobody() throws {
    let rule = Requirement.stay(Stay(vms: Selection(["nobody-*"])))
    #expect(try joined(rule).rules.map(\.requirement) == [rule])
  }

  @Test("links lead to the renamed hosts")
  func links() throws {
    let links = try joined().links
    #expect(links.map(\.id) == ["wan @ east", "wan @ west"])
    #expect(links.map(\.a) == ["h1 @ east", "h1 @ west"] && links.map(\.b) == ["s2", "s2"])
  }
}
