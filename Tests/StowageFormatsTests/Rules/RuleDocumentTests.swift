import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

@Suite("A rules document")
struct RuleDocumentTests {
  @Test("gives every kind with its selection, scope and weight")
  func everyKind() throws {
    let (rules, log) = read(
      """
      schema: stowage.rules/v1
      rules:
        - {id: pair, kind: affinity, vms: [a, b], hard: false, weight: 2.5}
        - {id: apart, kind: anti_affinity, scope: rack, vms: ["db-*"]}
        - {id: licence, kind: only_on, labels: [licensed=1], host_labels: [licensed=1]}
        - {id: noisy, kind: never_on, vms: [noisy], hosts: [h1, h2]}
        - {id: put, kind: stay, vms: [42]}
        - {id: patch, kind: drain, hosts: ["h?"]}
        - {id: n-plus-2, kind: failover, scope: rack, failures: 2}
        - {id: web, kind: spread, scope: rack, vms: [w], min_domains: 2, max_per_domain: 3}
        - {id: near, kind: prefer_on, vms: [a], hosts: [h1], weight: 2}
        - {id: shut, kind: no_new, hosts: [h1]}
        - {id: warm, kind: keep_on, host_labels: [warm=1], hard: false}
        - {id: own, kind: dedicated, labels: [tenant=a]}
        - {id: cap, kind: group_cap, hosts: [h1, h2], resource: local_disk, limit: 12.5}
        - {id: few, kind: max_moves, limit: 40}
        - {id: mib, kind: move_budget, limit_mib: 1024, vms: ["db-*"]}
      """)
    #expect(log.kept.isEmpty)
    try #require(rules.count == 15)
    #expect(
      rules[0]
        == Rule(id: "pair", .affinity(Affinity(vms: Selection(["a", "b"]))), isHard: false, weight: 2.5))
    #expect(rules[1].requirement == .antiAffinity(AntiAffinity(vms: Selection(["db-*"]), scope: .rack)))
    #expect(
      rules[2].requirement
        == .onlyOn(
          OnlyOn(vms: Selection(labels: ["licensed": "1"]), hosts: Selection(labels: ["licensed": "1"]))))
    #expect(
      rules[3].requirement == .neverOn(NeverOn(vms: Selection(["noisy"]), hosts: Selection(["h1", "h2"]))))
    #expect(rules[4].requirement == .stay(Stay(vms: Selection(["42"]))))
    #expect(rules[5].requirement == .drain(Drain(hosts: Selection(["h?"]))))
    #expect(rules[6].requirement == .failover(Failover(scope: .rack, failures: 2)))
    #expect(rules[1].isHard && rules[1].weight == 1)
    #expect(
      rules[7].requirement
        == .spread(Spread(vms: Selection(["w"]), scope: .rack, minDomains: 2, maxPerDomain: 3)))
    #expect(
      rules[8]
        == Rule(
          id: "near", .preferOn(PreferOn(vms: Selection(["a"]), hosts: Selection(["h1"]))), isHard: false,
          weight: 2))
    #expect(!rules[8].isHard)
    #expect(rules[9].requirement == .noNew(NoNew(hosts: Selection(["h1"]))))
    #expect(rules[10].requirement == .keepOn(KeepOn(hosts: Selection(labels: ["warm": "1"]))))
    #expect(!rules[10].isHard)
    #expect(rules[11].requirement == .dedicated(Dedicated(vms: Selection(labels: ["tenant": "a"]))))
    #expect(
      rules[12].requirement
        == .groupCap(GroupCap(hosts: Selection(["h1", "h2"]), resource: .localDisk, limit: 12.5)))
    #expect(rules[13].requirement == .maxMoves(MaxMoves(limit: 40)))
    #expect(rules[14].requirement == .moveBudget(MoveBudget(vms: Selection(["db-*"]), limitMiB: 1024)))
  }

  @Test("gives every kind that speaks of the order and manner of moves")
  func everyKindOfMoves() throws {
    let (rules, log) = read(
      """
      schema: stowage.rules/v1
      rules:
        - {id: order, kind: before, vms: ["db-*"], then_labels: [tier=web]}
        - {id: quorum, kind: serialize, labels: [app=etcd]}
        - {id: all, kind: concurrency, limit: 8}
        - {id: wan, kind: concurrency, limit: 2, per: link, links: ["wan-*"], vms: [a]}
        - {id: out, kind: concurrency, limit: 1, per: host_out, hosts: [h1]}
        - {id: how, kind: technique, vms: [a], allow: [cold, pre-copy], deny: [hybrid], max_downtime_ms: 300,
           max_loss_probability: 0.001, max_slowdown_s: 20}
        - {id: due, kind: deadline, vms: [a], within_s: 3600}
        - {id: by, kind: deadline, vms: [a], by: "2026-11-28T05:00:00+01:00"}
        - {id: nights, kind: window, vms: ["*"], from: "22:00", to: "24:00", days: [mon, tue], tz: Europe/Paris}
        - {id: freeze, kind: blackout, vms: ["*"], from: "2026-12-24T00:00Z", to: "2027-01-02T00:00Z"}
      """)
    #expect(log.kept.isEmpty, "\(log.kept)")
    try #require(rules.count == 10)
    #expect(rules[6].requirement == .deadline(Deadline(vms: Selection(["a"]), due: .within(seconds: 3600))))
    let morning = Instant(secondsSince1970: 1_795_838_400)
    #expect(morning.description == "2026-11-28T04:00:00Z")
    #expect(rules[7].requirement == .deadline(Deadline(vms: Selection(["a"]), due: .by(morning))))
    guard case .window(let window) = rules[8].requirement, case .weekly(let weekly) = window.hours else {
      Issue.record("no weekly hours: \(rules[8])")
      return
    }
    #expect(weekly.from == 1320 && weekly.to == 0 && weekly.days == [.monday, .tuesday])
    #expect(weekly.zone.name == "Europe/Paris")
    // The clocks of 2026 went forward on 29 March and back on 25 October, each at 01:00 UTC.
    let of2026 = weekly.zone.changes.filter { (1_767_225_600..<1_798_761_600).contains($0.since) }
    #expect(
      of2026 == [.init(since: 1_774_746_000, seconds: 7200), .init(since: 1_792_890_000, seconds: 3600)])
    guard case .blackout(let freeze) = rules[9].requirement, case .dated(let from, let to) = freeze.hours
    else {
      Issue.record("no dates: \(rules[9])")
      return
    }
    #expect(from.description == "2026-12-24T00:00:00Z" && to.description == "2027-01-02T00:00:00Z")
    #expect(
      rules[0].requirement
        == .before(Before(vms: Selection(["db-*"]), then: Selection(labels: ["tier": "web"]))))
    #expect(rules[1].requirement == .serialize(Serialize(vms: Selection(labels: ["app": "etcd"]))))
    #expect(rules[2].requirement == .concurrency(MovesAtOnce(limit: 8)))
    #expect(
      rules[3].requirement
        == .concurrency(
          MovesAtOnce(vms: Selection(["a"]), place: .link, links: [Glob("wan-*")], limit: 2)))
    #expect(
      rules[4].requirement
        == .concurrency(MovesAtOnce(place: .hostOut, hosts: Selection(["h1"]), limit: 1)))
    #expect(
      rules[5].requirement
        == .technique(
          TechniqueLimit(
            vms: Selection(["a"]), allowed: [.cold, .preCopy], denied: [.hybrid],
            maxDowntimeMilliseconds: 300,
            maxLossProbability: 0.001, maxSlowdownSeconds: 20)))
  }

  @Test("writes rules of moves as it reads them")
  func movesRoundTrip() throws {
    let inventory = Inventory(
      hosts: [], vms: [],
      rules: [
        Rule(id: "order", .before(Before(vms: Selection(["a"]), then: Selection(labels: ["x": "y"])))),
        Rule(id: "series", .serialize(Serialize(vms: Selection(["a"])))),
        Rule(id: "pair", .together(Together(vms: Selection(["a", "b"])))),
        Rule(id: "due", .deadline(Deadline(vms: Selection(["a"]), due: .within(seconds: 1.5)))),
        Rule(
          id: "by",
          .deadline(Deadline(vms: Selection(["a"]), due: .by(Instant(secondsSince1970: 1_795_838_400))))),
        Rule(
          id: "nights",
          .window(
            MoveWindow(
              vms: Selection(["a"]),
              hours: .weekly(WeeklyHours(from: 1325, to: 300, days: [.monday, .sunday]))))),
        Rule(
          id: "freeze",
          .blackout(
            MoveBlackout(
              vms: Selection(["a"]),
              hours: .dated(
                from: Instant(secondsSince1970: 0), to: Instant(secondsSince1970: 1_795_838_400))))),
        Rule(
          id: "most",
          .concurrency(MovesAtOnce(vms: Selection(["a"]), place: .link, links: [Glob("w*")], limit: 3))),
        Rule(
          id: "how",
          .technique(
            TechniqueLimit(
              vms: Selection(["a"]), allowed: [.cold], maxLossProbability: 0.5, maxSlowdownSeconds: 30))),
      ])
    let text = JSONWriter.document { writer in
      writer.object { writer in
        writer.member("schema", "stowage.rules/v1")
        writer.array("rules") { writer in
          for rule in inventory.rules { RuleEncoder.write(rule, to: &writer) }
        }
      }
    }
    let (rules, log) = read(String(decoding: text, as: UTF8.self))
    #expect(log.kept.isEmpty)
    #expect(rules == inventory.rules)
  }

  @Test("takes labels as an object too, and a value with an equals sign in it")
  func labels() throws {
    let (rules, log) = read(
      """
      schema: stowage.rules/v1
      rules:
        - {id: a, kind: stay, labels: {tier: gold, app: "7"}}
        - {id: b, kind: stay, labels: ["dn=cn=x"]}
      """)
    #expect(log.kept.isEmpty)
    #expect(rules[0].requirement.vmSelection?.labels == ["tier": "gold", "app": "7"])
    #expect(rules[1].requirement.vmSelection?.labels == ["dn": "cn=x"])
  }

  /// Each text is the third line of a document, indented by two.
  @Test(
    "reports what is wrong with a rule, where, and what to do",
    arguments: [
      Case("- {kind: stay, vms: [a]}", .ruleBadValue, 5, "the rule has no 'id'"),
      Case("- {id: \"\", kind: stay, vms: [a]}", .ruleBadValue, 10, "0 characters"),
      Case("- {id: r, vms: [a]}", .ruleBadValue, 5, "no 'kind'"),
      Case("- {id: r, kind: stayy, vms: [a]}", .ruleUnknownKind, 19, "'stayy'"),
      Case("- {id: r, kind: vm_to_host, vms: [a]}", .ruleUnknownKind, 19, "'vm_to_host'"),
      Case("- {id: r, kind: sync, vms: [a]}", .ruleUnknownKind, 19, "does not exist"),
      Case("- {id: r, kind: together, vms: [a], hard: false}", .ruleBadValue, 45, "cannot be soft"),
      Case("- {id: r, kind: spreat, vms: [a]}", .ruleUnknownKind, 19, "'spreat'"),
      Case("- {id: r, kind: spread, vms: [a]}", .ruleBadValue, 5, "neither 'min_domains' nor"),
      Case("- {id: r, kind: spread, vms: [a], min_domains: 0}", .ruleBadValue, 50, "'min_domains'"),
      Case("- {id: r, kind: spread, vms: [a], max_per_domain: 1.5}", .ruleBadValue, 53, "is 1.5"),
      Case("- {id: r, kind: spread, vms: [a], max_per_domian: 1}", .ruleUnknownKey, 37, "'max_per_domian'"),
      Case("- {id: r, kind: prefer_on, vms: [a], hosts: [h], hard: true}", .ruleBadValue, 58, "preference"),
      Case("- {id: r, kind: max_moves, limit: 3, hard: false}", .ruleBadValue, 46, "cannot be soft"),
      Case("- {id: r, kind: max_moves}", .ruleBadValue, 5, "has no 'limit'"),
      Case("- {id: r, kind: group_cap, hosts: [h], limit: 3}", .ruleBadValue, 5, "has no 'resource'"),
      Case(
        "- {id: r, kind: group_cap, hosts: [h], resource: vcpus, limit: 3}", .ruleBadValue, 52, "'vcpus'"),
      Case("- {id: r, kind: group_cap, hosts: [h], resource: cpu, limit: -1}", .ruleBadValue, 64, "-1"),
      Case("- {id: r, kind: before, vms: [a]}", .ruleBadValue, 5, "names no 'then'"),
      Case("- {id: r, kind: precedence, vms: [a]}", .ruleUnknownKind, 19, "'precedence'"),
      Case("- {id: r, kind: serialize, vms: [a], hard: false}", .ruleBadValue, 46, "cannot be soft"),
      Case("- {id: r, kind: concurrency, limit: 0}", .ruleBadValue, 39, "'limit' of rule 'r' is 0"),
      Case("- {id: r, kind: concurrency, limit: 1, per: hots}", .ruleBadValue, 47, "'hots'"),
      Case("- {id: r, kind: concurrency, limit: 1, hosts: [h]}", .ruleBadValue, 49, "per 'total'"),
      Case("- {id: r, kind: deadline, vms: [a]}", .ruleBadValue, 5, "neither 'within_s' nor 'by'"),
      Case(
        "- {id: r, kind: deadline, vms: [a], by: '2026-11-28T05:00'}", .ruleBadValue, 43, "'2026-11-28T05:00'"
      ),
      Case("- {id: r, kind: window, vms: [a], from: '22:00'}", .ruleBadValue, 5, "has no 'to'"),
      Case("- {id: r, kind: window, vms: [a], from: '25:00', to: '05:00'}", .ruleBadValue, 43, "'25:00'"),
      Case(
        "- {id: r, kind: window, vms: [a], from: '22:00', to: '05:00', days: [Monday]}", .ruleBadValue, 71,
        "'Monday'"),
      Case(
        "- {id: r, kind: window, vms: [a], from: '1:00', to: '2:00', tz: Paris}", .ruleBadValue, 67,
        "no time zone"),
      Case(
        "- {id: r, kind: blackout, vms: [a], from: '2026-12-24T00:00Z', to: '2026-12-23T00:00Z'}",
        .ruleBadValue,
        70, "not after 'from'"),
      Case("- {id: r, kind: technique, vms: [a]}", .ruleBadValue, 5, "limits nothing"),
      Case("- {id: r, kind: technique, vms: [a], allow: [precopy]}", .ruleBadValue, 47, "'precopy'"),
      Case(
        "- {id: r, kind: technique, vms: [a], max_loss_probability: 2}", .ruleBadValue, 62, "is 2"),
      Case("- {id: r, kind: dedicated, hosts: [h]}", .ruleUnknownKey, 30, "'hosts'"),
      Case("- {id: r, kind: stay, vmz: [a], vms: [a]}", .ruleUnknownKey, 25, "'vmz'"),
      Case("- {id: r, kind: stay, vms: [a], strict: true}", .ruleUnknownKey, 35, "'strict'"),
      Case("- {id: r, kind: stay, vms: a}", .ruleBadValue, 30, "'vms' of rule 'r' is a text, not a list"),
      Case("- {id: r, kind: stay, vms: []}", .ruleBadValue, 30, "empty list"),
      Case("- {id: r, kind: stay, vms: [[a]]}", .ruleBadValue, 31, "is a list, not text"),
      Case("- {id: r, kind: stay}", .ruleBadValue, 5, "names no 'vms'"),
      Case("- {id: r, kind: only_on, vms: [a]}", .ruleBadValue, 5, "names no 'hosts'"),
      Case("- {id: r, kind: stay, labels: [gold]}", .ruleBadValue, 33, "'gold' in 'labels'"),
      Case("- {id: r, kind: stay, vms: [a], hard: 'yes'}", .ruleBadValue, 41, "not true or false"),
      Case("- {id: r, kind: stay, vms: [a], weight: -1}", .ruleBadValue, 43, "'weight' of rule 'r' is -1"),
      Case(
        "- {id: r, kind: affinity, vms: [a], scope: room}", .ruleBadValue, 46, "'scope' of rule 'r' is 'room'"
      ),
      Case("- {id: r, kind: failover, scope: site}", .ruleBadValue, 36, "failures of a site"),
      Case("- {id: r, kind: failover, failures: 0}", .ruleBadValue, 39, "'failures' of rule 'r' is 0"),
      Case("- {id: r, kind: failover, failures: 1.5}", .ruleBadValue, 39, "is 1.5"),
      Case("- stay", .ruleBadValue, 5, "a rule is a text, not an object"),
    ])
  func badRule(_ example: Case) throws {
    let (rules, log) = read("schema: stowage.rules/v1\nrules:\n  \(example.text)")
    #expect(rules.isEmpty)
    let diagnostic = try #require(log.kept.first)
    #expect(diagnostic.code == example.code)
    #expect(diagnostic.place == SourcePlace(file: "rules.yaml", line: 3, column: example.column))
    #expect(diagnostic.summary.contains(example.words), "\(diagnostic)")
    #expect(diagnostic.remedy != nil)
  }

  @Test("reports all that is wrong with one rule at once")
  func allAtOnce() {
    let (_, log) = read(
      """
      schema: stowage.rules/v1
      rules:
        - {id: r, kind: anti_affinity, scope: room, weight: heavy, hart: true}
      """)
    #expect(log.kept.count == 4)
    #expect(log.counts == [.ruleUnknownKey: 1, .ruleBadValue: 3])
  }

  @Test("suggests the word that was probably meant")
  func suggestions() {
    let (_, log) = read("schema: stowage.rules/v1\nrules:\n  - {id: r, kind: antiaffinity, vms: [a]}")
    #expect(log.kept.first?.remedy?.hasPrefix("write 'anti_affinity'") == true)
  }

  @Test("names the line of the first of two rules with one id")
  func duplicate() {
    let (rules, log) = read(
      """
      schema: stowage.rules/v1
      rules:
        - {id: r, kind: stay, vms: [a]}
        - {id: r, kind: stay, vms: [b]}
      """)
    #expect(rules.count == 1)
    #expect(log.kept.map(\.code) == [.ruleDuplicateID])
    #expect(log.kept.first?.place?.line == 4)
    #expect(log.kept.first?.summary.contains("first on line 3") == true)
  }

  @Test(
    "wants its schema",
    arguments: [
      ("rules: []", "there is no 'schema'"), ("schema: stowage.rules/v2\nrules: []", "'stowage.rules/v2'"),
      ("schema: 1\nrules: []", "'schema' is a number"), ("- a", "the rules are a list"),
    ])
  func schema(_ text: String, _ words: String) {
    let (_, log) = read(text)
    #expect(log.kept.map(\.code) == [.ruleSchema])
    #expect(log.kept.first?.summary.contains(words) == true)
    #expect(log.kept.first?.remedy != nil)
  }

  @Test("says where YAML breaks off")
  func brokenYAML() {
    let (_, log) = read("schema: stowage.rules/v1\nrules: [\n")
    #expect(log.kept.map(\.code) == [.fileSyntax])
    #expect(log.kept.first?.place?.line == 3)
  }

  @Test("does not expand an alias that multiplies itself")
  func aliasBomb() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...7 {
      let names = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(names)]\n"
    }
    let (_, log) = read(text)
    #expect(log.kept.map(\.code) == [.fileTooLarge])
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let code: DiagnosticCode
    let column: Int
    let words: String

    init(_ text: String, _ code: DiagnosticCode, _ column: Int, _ words: String) {
      self.text = text
      self.code = code
      self.column = column
      self.words = words
    }

    var testDescription: String { text }
  }

  private func read(_ text: String) -> ([Rule], DiagnosticLog) {
    var log = DiagnosticLog()
    let rules = RuleFile.parse(SourceText(text, file: "rules.yaml"), into: &log)
    return (rules.map(\.rule), log)
  }
}
