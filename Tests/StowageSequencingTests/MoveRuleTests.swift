import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowageSequencing

/// Fleets for the head: a VM of one unit moves in 10 s over a port of its own.
@Suite("Rules about the order and manner of moves")
struct MoveRuleTests {
  /// `a`, `b` and `c` on hosts of their own go to three empty ones: all at once, 10 s, without rules.
  private func threeMoves(_ rules: [Requirement]) -> TinyFleet {
    var tiny = TinyFleet(4, 4, 4, 4, 4, 4)
    for (id, host) in [("a", 1), ("b", 2), ("c", 3)] { tiny.add(id, 1, on: host) }
    tiny.rules = rules.enumerated().map { Rule(id: Rule.ID("rule\($0)"), $1) }
    return tiny
  }

  private let targets = ["a": 4, "b": 5, "c": 6]

  private func starts(_ rules: Requirement...) throws -> [Double?] {
    let tiny = threeMoves(rules)
    let sequence = try #require(tiny.sequence(targets))
    #expect(NaiveChecker(tiny.fleet).problems(sequence, to: sequence.finalPlacement) == [])
    return ["a", "b", "c"].map { sequence.move($0)?.startSeconds }
  }

  @Test("without a rule all start at once")
  func noRule() throws {
    #expect(try starts() == [0, 0, 0])
  }

  @Test("who goes first has ended before the others start, and is in their waits and an earlier wave")
  func before() throws {
    let order = Requirement.before(Before(vms: Selection(["c"]), then: Selection(["*"])))
    #expect(try starts(order) == [10, 10, 0])
    let sequence = try #require(threeMoves([order]).sequence(targets))
    #expect(sequence.move("a")?.after == [sequence.move("c")?.id].compactMap(\.self))
    #expect(sequence.move("a")?.wave == 2 && sequence.move("c")?.wave == 1)
  }

  @Test("orders behind each other make a chain")
  func chain() throws {
    let first = Requirement.before(Before(vms: Selection(["b"]), then: Selection(["c"])))
    let second = Requirement.before(Before(vms: Selection(["c"]), then: Selection(["a"])))
    #expect(try starts(first, second) == [20, 0, 10])
  }

  @Test("a series goes one at a time, as near to each other as it can")
  func serialize() throws {
    let starts = try starts(.serialize(Serialize(vms: Selection(["a", "c"]))))
    #expect(starts[1] == 0)
    #expect([starts[0], starts[2]].compactMap(\.self).sorted() == [0, 10])
  }

  /// 10 s, 20 s and 30 s alone: the shorter ones start later. `d` is no member.
  @Test("those who switch over together end together, and do not hold up others")
  func together() throws {
    var tiny = TinyFleet(4, 4, 4, 4, 4, 4)
    for (id, units, host) in [("a", 1.0, 1), ("b", 2, 2), ("c", 3, 3), ("d", 1, 3)] {
      tiny.add(id, units, on: host) { $0.allowedTechniques = [.preCopy] }
    }
    tiny.rules = [Rule(id: "pair", .together(Together(vms: Selection(["a", "b", "c"]))))]
    let sequence = try #require(tiny.sequence(["a": 4, "b": 5, "c": 6, "d": 4]))
    #expect(NaiveChecker(tiny.fleet).problems(sequence, to: sequence.finalPlacement) == [])
    let ends = ["a", "b", "c"].compactMap { sequence.move($0)?.endSeconds }
    #expect(Set(ends).count == 1)
  }

  /// Both leave h1: each gets its part of the port, and they start and end with each other.
  @Test("those who switch over together share a port")
  func togetherOverOnePort() throws {
    var tiny = TinyFleet(4, 4, 4)
    for (id, units) in [("a", 1.0), ("b", 3)] {
      tiny.add(id, units, on: 1) { $0.allowedTechniques = [.preCopy] }
    }
    tiny.rules = [Rule(id: "pair", .together(Together(vms: Selection(["*"]))))]
    let sequence = try #require(tiny.sequence(["a": 2, "b": 3]))
    #expect(NaiveChecker(tiny.fleet).problems(sequence, to: sequence.finalPlacement) == [])
    #expect(sequence.move("a")?.endSeconds == sequence.move("b")?.endSeconds)
  }

  @Test("who must switch over together but move one at a time is said to be blocked by the rule")
  func togetherInSeries() {
    let tiny = threeMoves([
      .serialize(Serialize(vms: Selection(["*"]))), .together(Together(vms: Selection(["a", "b"]))),
    ])
    guard case .stuck(let stuck) = tiny.schedule(targets) else {
      Issue.record("there is no such schedule")
      return
    }
    #expect(stuck.blockages.map(\.obstacle) == [.waits("rule1"), .waits("rule1")])
  }

  @Test("no more moves are under way than the rule lets, over all and at a host")
  func concurrency() throws {
    let two = try starts(.concurrency(MovesAtOnce(limit: 2)))
    #expect(two.compactMap(\.self).sorted() == [0, 0, 10])
    #expect(try starts(.concurrency(MovesAtOnce(place: .hostOut, limit: 1))) == [0, 0, 0])
  }

  @Test("a rule rules out the preferred technique")
  func technique() throws {
    let tiny = threeMoves([.technique(TechniqueLimit(vms: Selection(["a"]), denied: [.preCopy]))])
    let sequence = try #require(tiny.sequence(targets))
    #expect(sequence.move("a")?.technique == .cold)
    #expect(sequence.move("b")?.technique == .preCopy)
  }

  /// `b` has room only when `a` has left h2; but `b` is to go first.
  @Test("an order that the room forbids is said to be what blocks, with the rule's name")
  func blocked() {
    var tiny = TinyFleet(2, 1, 1)
    tiny.add("a", 1, on: 2) { $0.allowedHosts = ["h2", "h3"] }
    tiny.add("b", 1, on: 1) { $0.allowedHosts = ["h1", "h2"] }
    tiny.rules = [Rule(id: "order", .before(Before(vms: Selection(["b"]), then: Selection(["a"]))))]
    guard case .stuck(let stuck) = tiny.schedule(["a": 3, "b": 2]) else {
      Issue.record("there is no such order")
      return
    }
    #expect(stuck.blockages.map(\.obstacle) == [.waits("order")])
  }

  /// A swap of two full hosts over a third: the detour keeps the series too.
  @Test("detours keep the rules as well")
  func detour() throws {
    var tiny = TinyFleet(2, 2, 2)
    for (id, host) in [("a", 1), ("b", 2)] { tiny.add(id, 2, on: host) { $0.allowedTechniques = [.preCopy] } }
    tiny.rules = [Rule(id: "series", .serialize(Serialize(vms: Selection(["*"]))))]
    let sequence = try #require(tiny.sequence(["a": 2, "b": 1]))
    #expect(sequence.moves.count == 3)
    #expect(NaiveChecker(tiny.fleet).problems(sequence, to: sequence.finalPlacement) == [])
  }

  private func window(_ from: Int, _ to: Int) -> Requirement {
    .window(MoveWindow(vms: Selection(["*"]), hours: .weekly(WeeklyHours(from: from, to: to))))
  }

  /// One move of 10 s for each of four VMs over one port, in windows of 25 s at most: two in each night.
  @Test("a plan waits from one night to the next")
  func nights() throws {
    var tiny = TinyFleet(4, 4)
    for id in ["a", "b", "c", "d"] { tiny.add(id, 1, on: 1) { $0.allowedTechniques = [.preCopy] } }
    tiny.rules = [
      Rule(id: "night", window(60, 61)), Rule(id: "series", .serialize(Serialize(vms: Selection(["*"])))),
      Rule(
        id: "short",
        .blackout(
          MoveBlackout(
            vms: Selection(["*"]),
            hours: .dated(
              from: Instant(secondsSince1970: 3625), to: Instant(secondsSince1970: 3600 + 86_400))))),
    ]
    tiny.options.start = Instant(secondsSince1970: 0)
    let sequence = try #require(tiny.sequence(["a": 2, "b": 2, "c": 2, "d": 2]))
    #expect(sequence.moves.map(\.startSeconds) == [3600, 3610, 90_000, 90_010])
    #expect(NaiveClock(tiny.inventory, start: Instant(secondsSince1970: 0)).problems(sequence.moves) == [])
  }

  @Test("a window that is too short for a move is said to be what blocks")
  func tooShort() {
    var tiny = TinyFleet(4, 4)
    tiny.add("a", 7, on: 1) { $0.allowedTechniques = [.preCopy] }
    tiny.hosts[0].memoryMiB *= 4
    tiny.hosts[1].memoryMiB *= 4
    tiny.rules = [Rule(id: "minute", window(60, 61))]
    tiny.options.start = Instant(secondsSince1970: 0)
    guard case .stuck(let stuck) = tiny.schedule(["a": 2]) else {
      Issue.record("a move of 70 s does not fit into a minute")
      return
    }
    #expect(stuck.blockages.map(\.obstacle) == [.waits("minute")])
  }

  @Test("what is due goes first")
  func due() throws {
    var tiny = TinyFleet(8, 8)
    tiny.add("a", 3, on: 1)
    tiny.add("b", 1, on: 1)
    tiny.rules = [
      Rule(id: "due", .deadline(Deadline(vms: Selection(["b"]), due: .within(seconds: 10)))),
      Rule(id: "series", .serialize(Serialize(vms: Selection(["*"])))),
    ]
    let sequence = try #require(tiny.sequence(["a": 2, "b": 2]))
    #expect(sequence.lines == ["b h1>h2 pre-copy 0.0-10.0 @109.6", "a h1>h2 pre-copy 10.0-40.0 @109.6"])
  }
}
