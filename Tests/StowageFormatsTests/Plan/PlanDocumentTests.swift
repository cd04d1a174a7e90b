import StowageDiagnostics
import StowageModel
import StowageTestSupport
import Testing

@testable import StowageFormats

@Suite("A plan document")
struct PlanDocumentTests {
  @Test("has its keys in the order of the form")
  func golden() {
    let text = String(decoding: PlanDocument.encode(Self.plan), as: UTF8.self)
    #expect(
      text
        == """
        {
          "schema": "stowage.plan/v1",
          "generator": "stowage 0.1.0",
          "inventory": {
            "sha256": "00ff",
            "hosts": 2,
            "vms": 1
          },
          "goal": "consolidate",
          "seed": 18446744073709551615,
          "options": {
            "cpu": "vcpu",
            "memory": "configured",
            "cpu_overcommit_default": 4,
            "cpu_headroom_pct": 0,
            "memory_headroom_pct": 12.5,
            "platform": "vmware",
            "hosts": ["h1"],
            "max_moves": 10,
            "within_clusters": true,
            "waves": {
              "max_vms": 25,
              "pilot_vms": 3,
              "validation_s": 900,
              "rollback_s": 600
            }
          },
          "outcome": "optimal",
          "objective": [
            {
              "name": "hosts_on",
              "value": 1,
              "lower_bound": 1,
              "proof": "mix"
            },
            {
              "name": "moved_mib",
              "value": 8192
            }
          ],
          "placement": {
            "v1": "h2"
          },
          "powered_off_hosts": ["h1"],
          "moves": [
            {
              "id": "m0001",
              "vm": "v1",
              "from": "h1",
              "to": "h2",
              "technique": "pre-copy",
              "wave": 1,
              "start_s": 0,
              "end_s": 41.2,
              "source_released_s": 41.2,
              "target_reserved_s": 0,
              "rate_mib_per_s": 1096.7,
              "links": ["h1:out", "h2:in"],
              "after": [],
              "estimate": {
                "bytes_mib": 8417,
                "downtime_ms": 287,
                "rounds": 6,
                "low_s": 38.9,
                "high_s": 44,
                "guest_slowdown_s": 0,
                "loss_probability": 0.00005
              },
              "reason": "h1 is emptied",
              "rejected": [
                {
                  "technique": "post-copy",
                  "because": "same time"
                }
              ]
            }
          ],
          "schedule": {
            "makespan_s": 41.2,
            "lower_bound_s": 40.1,
            "binding": "h2 in"
          },
          "unplaced": [
            {
              "vm": "v9",
              "because": "no host"
            }
          ],
          "violations_at_start": [
            {
              "rule": "capacity",
              "detail": "h1 is full"
            }
          ],
          "assumptions": [
            "one",
            "two"
          ]
        }

        """.replacing("0.00005", with: "5e-05"))
  }

  @Test("comes back as it was")
  func roundTrip() {
    let (plan, log) = PlanDocument.decode(PlanDocument.encode(Self.plan))
    #expect(plan == Self.plan)
    #expect(log.kept.isEmpty)
  }

  @Test("comes back with what a balance was asked for")
  func balance() {
    var asked = Self.plan
    asked.goal = .balance
    asked.options.balanceFirst = .spread
    asked.options.targetPercent = [.memory: 80, .cpu: 72.5, .localDisk: 100]
    let bytes = PlanDocument.encode(asked)
    #expect(String(decoding: bytes, as: UTF8.self).contains("\"balance_first\": \"spread\""))
    let (plan, log) = PlanDocument.decode(bytes)
    #expect(plan == asked)
    #expect(log.kept.isEmpty)
  }

  @Test("comes back as it was, whatever the names and numbers", arguments: UInt64(0)..<30)
  func hostile(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var plan = Self.plan
    plan.seed = random.next()
    plan.assumptions = [Hostile.text(&random)]
    plan.placement = [:]
    plan.moves = (1...5).map { number in
      var move = Self.move
      move.id = Move.ID("m\(number)" + Hostile.text(&random))
      move.vm = VM.ID(Hostile.text(&random))
      move.to = Host.ID(Hostile.text(&random))
      move.links = [Hostile.text(&random)]
      move.startSeconds = Double.random(in: 0...1, using: &random)
      move.rateMiBPerSecond = Double.random(in: 0...1e9, using: &random)
      move.technique = Technique.allCases.randomElement(using: &random) ?? .cold
      if random.oneIn(2) { move.estimate = nil }
      plan.placement[move.vm] = move.to
      return move
    }
    #expect(PlanDocument.decode(PlanDocument.encode(plan)).plan == plan, "seed \(seed)")
  }

  @Test("of another maker may leave out what only Stowage writes")
  func foreign() throws {
    let (plan, log) = decode(
      """
      {"schema": "stowage.plan/v1", "goal": "balance", "placement": {"a": "h2"}, "certificate": {},
       "moves": [
         {"vm": "a", "from": "h1", "to": "h3", "technique": "pre-copy", "start_s": 0, "end_s": 5, "rate_mib_per_s": 1},
         {"vm": "a", "from": "h3", "to": "h2", "technique": "cold", "start_s": 5, "end_s": 9, "rate_mib_per_s": 0,
          "source_released_s": 6, "target_reserved_s": 8, "after": ["m0001"]}]}
      """)
    let foreign = try #require(plan, "\(log.kept)")
    #expect(log.kept.isEmpty)
    #expect(foreign.moves.map(\.id) == ["m0001", "m0002"])
    #expect(foreign.moves.map(\.wave) == [1, 2])
    #expect(foreign.moves[0].sourceReleasedSeconds == 5 && foreign.moves[0].targetReservedSeconds == 0)
    #expect(foreign.moves[0].estimate == nil)
    #expect(foreign.schedule.makespanSeconds == 9)
    #expect(foreign.options == PlanOptions())
  }

  @Test(
    "that cannot be used says what, where and what to do",
    arguments: [
      Case("", .fileSyntax, nil, ""), Case("{", .fileTruncated, 1, "ends within"),
      Case("[]", .planBadValue, 1, "not an object"),
      Case("{\"goal\": \"balance\", \"placement\": {}, \"moves\": []}", .planSchema, 1, "no 'schema'"),
      Case(plan(schema: "stowage.plan/v2"), .planSchema, 1, "'stowage.plan/v2'"),
      Case(plan(goal: "ballance"), .planBadValue, 1, "'ballance'"),
      Case(
        "{\"schema\": \"stowage.plan/v1\", \"placement\": {}, \"moves\": []}", .planBadValue, 1, "no 'goal'"),
      Case(
        "{\"schema\": \"stowage.plan/v1\", \"goal\": \"balance\", \"moves\": []}", .planBadValue, 1,
        "no 'placement'"),
      Case(
        "{\"schema\": \"stowage.plan/v1\", \"goal\": \"balance\", \"placement\": {}}", .planBadValue, 1,
        "no 'moves'"),
      Case(plan(placement: "{\"a\": 7}"), .planBadValue, 1, "a number, not the id of a host"),
      Case(plan(placement: "[]"), .planBadValue, 1, "'placement' is a list"),
      Case(plan(placement: "{\"a\": \"h\", \"a\": \"i\"}"), .fileSyntax, 1, "'a' is there twice"),
      Case(plan(moves: "{}"), .planBadValue, 1, "'moves' of the plan is an object"),
      Case(plan(moves: "[\n7]"), .planBadValue, 2, "move 1 is a number"),
      Case(plan(moves: "[\n\(move(("to", "7")))]"), .planBadValue, 2, "'to' of move 1 is a number"),
      Case(plan(moves: "[\n\(move(("start_s", "-1")))]"), .planBadValue, 2, "'start_s' of move 1 is -1"),
      Case(plan(moves: "[\n\(move(("end_s", "\"x\"")))]"), .planBadValue, 2, "'end_s' of move 1 is a text"),
      Case(plan(moves: "[\n\(move(("rate_mib_per_s", "null")))]"), .planBadValue, 2, "no 'rate_mib_per_s'"),
      Case(plan(moves: "[\n\(move(("technique", "\"vmotion\"")))]"), .planBadValue, 2, "'vmotion'"),
      Case(
        plan(moves: "[\n\(move(("aid", "\"autoconverge\"")))]"), .planBadValue, 2,
        "'aid' of move 1 is 'autoconverge'"),
      Case(
        plan(
          moves: "[\n\(move(("estimate", "{\"bytes_mib\": 1, \"downtime_ms\": 1, \"bytes_low_mib\": 1}")))]"),
        .planBadValue, 2, "no 'bytes_high_mib'"),
      Case(plan(moves: "[\n\(move(("technique", "\"cold\"")))]"), .planBadValue, 2, "no 'source_released_s'"),
      Case(plan(moves: "[\(move()),\n\(move())]"), .planBadValue, 2, "there twice, first on line 1"),
      Case(plan(moves: "[\n\(move(("wave", "1.5")))]"), .planBadValue, 2, "'wave' of move 1 is 1.5"),
      Case(plan(seed: "-1"), .planBadValue, 1, "'seed'"),
    ])
  func bad(_ example: Case) throws {
    let (plan, log) = decode(example.text)
    #expect(plan == nil)
    let diagnostic = try #require(log.kept.first { $0.severity == .error })
    #expect(diagnostic.code == example.code, "\(diagnostic)")
    if let line = example.line { #expect(diagnostic.place?.line == line) }
    #expect(diagnostic.summary.contains(example.words), "\(diagnostic)")
    #expect(diagnostic.remedy != nil)
  }

  @Test("with a key that nobody reads is used with a warning")
  func unknownKey() {
    let text = Self.plan(goal: "balance").dropLast() + ", \"assumption\": []}"
    let (plan, log) = decode(String(text))
    #expect(plan != nil)
    #expect(log.kept.map(\.severity) == [.warning])
    #expect(log.kept.first?.remedy?.contains("'assumptions'") == true)
  }

  @Test("gives its moves as a table that a spreadsheet does not run")
  func movesTable() {
    var plan = Self.plan
    plan.moves[0].vm = "=cmd|' /C calc'!A0"
    plan.moves[0].reason = "a \"reason\", with a comma"
    plan.moves[0].estimate = nil
    let text = String(decoding: MovesTable.csv(plan), as: UTF8.self)
    #expect(
      text
        == """
        id,wave,vm,from,to,technique,start_s,end_s,source_released_s,target_reserved_s,rate_mib_per_s,bytes_mib,\
        bytes_low_mib,bytes_high_mib,downtime_ms,downtime_low_ms,downtime_high_ms,low_s,high_s,links,after,reason
        m0001,1,'=cmd|' /C calc'!A0,h1,h2,pre-copy,0,41.2,41.2,0,1096.7,,,,,,,,,"h1:out;h2:in",,"a ""reason"", with a comma"

        """.replacing("'=cmd|' /C calc'!A0", with: "\"'=cmd|' /C calc'!A0\""))
  }

  @Test("keeps what helps a move along, and the ranges of its figures")
  func aidAndRanges() {
    var plan = Self.plan
    plan.moves[0].aid = .autoConverge
    plan.moves[0].estimate?.bytesRange = FigureRange(low: 8000, high: 9000)
    plan.moves[0].estimate?.downtimeRange = FigureRange(low: 100, high: 400)
    let (read, log) = decode(String(decoding: PlanDocument.encode(plan), as: UTF8.self))
    #expect(log.kept.isEmpty && read?.moves == plan.moves)
    let table = String(decoding: MovesTable.csv(plan), as: UTF8.self).split(separator: "\n")
    #expect(table[0].hasSuffix(",reason,aid") && table[1].hasSuffix(",auto-converge"))
    #expect(table[1].contains(",8000,9000,") && table[1].contains(",100,400,"))
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let code: DiagnosticCode
    let line: Int?
    let words: String

    init(_ text: String, _ code: DiagnosticCode, _ line: Int?, _ words: String) {
      self.text = text
      self.code = code
      self.line = line
      self.words = words
    }

    var testDescription: String { "\(code.rawValue): \(words)" }
  }

  private func decode(_ text: String) -> (plan: Plan?, log: DiagnosticLog) {
    PlanDocument.decode(Array(text.utf8))
  }

  private static func plan(
    schema: String = "stowage.plan/v1", goal: String = "balance", seed: String = "1",
    placement: String = "{}",
    moves: String = "[]"
  ) -> String {
    "{\"schema\": \"\(schema)\", \"goal\": \"\(goal)\", \"seed\": \(seed), \"placement\": \(placement), \"moves\": \(moves)}"
  }

  /// A move with one member replaced.
  private static func move(_ changed: (String, String)? = nil) -> String {
    var members = [
      ("id", "\"m1\""), ("vm", "\"a\""), ("from", "\"h1\""), ("to", "\"h2\""), ("technique", "\"pre-copy\""),
      ("start_s", "0"), ("end_s", "5"), ("rate_mib_per_s", "1"),
    ].filter { $0.0 != changed?.0 }
    if let changed { members.append(changed) }
    return "{" + members.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
  }

  private static let move = Move(
    id: "m0001", vm: "v1", from: "h1", to: "h2", technique: .preCopy, wave: 1, startSeconds: 0,
    endSeconds: 41.2,
    sourceReleasedSeconds: 41.2, targetReservedSeconds: 0, rateMiBPerSecond: 1096.7,
    links: ["h1:out", "h2:in"], after: [],
    estimate: MoveEstimate(
      bytesMiB: 8417, downtimeMilliseconds: 287, rounds: 6, lowSeconds: 38.9, highSeconds: 44,
      guestSlowdownSeconds: 0, lossProbability: 0.00005),
    reason: "h1 is emptied", rejected: [RejectedTechnique(.postCopy, because: "same time")])

  private static let plan = Plan(
    generator: "stowage 0.1.0", inventory: Plan.InventoryStamp(sha256: "00ff", hosts: 2, vms: 1),
    goal: .consolidate,
    seed: .max,
    options: PlanOptions(
      sizing: SizingOptions(defaultCPUOvercommitRatio: 4, memoryHeadroomPercent: 12.5), platform: .vmware,
      hosts: ["h1"], maxMoves: 10, staysWithinClusters: true,
      waves: WavePolicy(mostVMs: 25, pilotVMs: 3, validationSeconds: 900, rollbackSeconds: 600)),
    outcome: .optimal,
    objectives: [
      Objective(.hostsOn, value: 1, lowerBound: 1, proof: .mix), Objective(.movedMiB, value: 8192),
    ],
    placement: ["v1": "h2"], poweredOffHosts: ["h1"], moves: [move],
    schedule: Plan.Schedule(makespanSeconds: 41.2, lowerBoundSeconds: 40.1, binding: "h2 in"),
    unplaced: [Plan.Unplaced(vm: "v9", because: "no host")],
    violationsAtStart: [Plan.Violation(rule: "capacity", detail: "h1 is full")], assumptions: ["one", "two"])
}
