import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowageSequencing

/// Fleets for the head: a VM of one unit moves in 10 s over a port of its own.
@Suite("Waves")
struct WaveTests {
  /// `a` to `f` on hosts of their own go to as many empty ones: all at once, 10 s, without waves.
  private func sixMoves(_ policy: WavePolicy, _ change: (inout TinyFleet) -> Void = { _ in }) -> TinyFleet {
    var tiny = TinyFleet(4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4)
    for (index, id) in ["a", "b", "c", "d", "e", "f"].enumerated() {
      tiny.add(id, 1, on: index + 1) { $0.allowedTechniques = [.preCopy] }
    }
    tiny.options.waves = policy
    change(&tiny)
    return tiny
  }

  private let targets = ["a": 7, "b": 8, "c": 9, "d": 10, "e": 11, "f": 12]

  private func waves(_ tiny: TinyFleet) throws -> [[String]] {
    let sequence = try #require(tiny.sequence(targets))
    let checker = NaiveChecker(tiny.fleet)
    #expect(checker.problems(sequence, to: sequence.finalPlacement) == [])
    if let start = tiny.options.start {
      #expect(NaiveClock(tiny.inventory, start: start).problems(sequence.moves, tiny.options.waves) == [])
    }
    return Dictionary(grouping: sequence.moves, by: \.wave).sorted { $0.key < $1.key }.map {
      $0.value.map(\.vm.rawValue).sorted()
    }
  }

  @Test("a wave starts when the one before has ended and was validated")
  func gates() throws {
    let tiny = sixMoves(WavePolicy(mostVMs: 2, validationSeconds: 60))
    #expect(try waves(tiny).map(\.count) == [2, 2, 2])
    let sequence = try #require(tiny.sequence(targets))
    #expect(sequence.moves.map(\.startSeconds) == [0, 0, 70, 70, 140, 140])
    #expect(
      sequence.schedule.makespanSeconds == 150 && (129.9...130).contains(sequence.schedule.lowerBoundSeconds))
  }

  @Test("the pilot takes few VMs of low risk, and then waves of the usual size follow")
  func pilot() throws {
    let tiny = sixMoves(WavePolicy(mostVMs: 3, pilotVMs: 1)) { tiny in
      for index in tiny.vms.indices { tiny.vms[index].tier = index == 3 ? "dev" : "gold" }
    }
    #expect(try waves(tiny) == [["d"], ["a", "b", "c"], ["e", "f"]])
  }

  @Test("a move group is never split: applications, affinities, and who switches over together")
  func groups() throws {
    let tiny = sixMoves(WavePolicy(mostVMs: 4)) { tiny in
      for index in [0, 5] { tiny.vms[index].app = "erp" }
      tiny.rules = [
        Rule(id: "pair", .together(Together(vms: Selection(["f", "c"])))),
        Rule(id: "one", .affinity(Affinity(vms: Selection(["c", "e"]), scope: .cluster))),
      ]
    }
    #expect(try waves(tiny) == [["a", "c", "e", "f"], ["b", "d"]])
  }

  @Test("what stands in for each other goes in different waves")
  func stakes() throws {
    let tiny = sixMoves(WavePolicy()) { tiny in
      tiny.rules = [
        Rule(id: "ha", .antiAffinity(AntiAffinity(vms: Selection(["a", "b"])))),
        Rule(id: "quorum", .antiAffinity(AntiAffinity(vms: Selection(["c", "d", "e", "f", "x"])))),
      ]
      tiny.add("x", 1, on: 12)
    }
    let waves = try waves(tiny)
    #expect(waves.map { $0.filter("ab".contains).count } == [1, 1])
    #expect(waves.map { $0.filter("cdef".contains).count } == [2, 2])
  }

  @Test("a group larger than a wave is said to have no place, with both numbers")
  func tooLarge() {
    let tiny = sixMoves(WavePolicy(mostVMs: 2)) { tiny in
      for index in 0...2 { tiny.vms[index].app = "erp" }
    }
    guard case .stuck(let stuck) = tiny.schedule(targets) else {
      Issue.record("three VMs do not go in a wave of two")
      return
    }
    #expect(stuck.blockages.map(\.obstacle) == Array(repeating: .wave(.group(vms: 3, mostVMs: 2)), count: 3))
  }

  /// 10 s of moves, 20 s to validate and 10 s to go back: a window of a minute holds one wave.
  @Test("a wave lies within the hours with validation and rollback; the next one waits for the next night")
  func nights() throws {
    let hours = Hours.weekly(WeeklyHours(from: 60, to: 61))
    let tiny = sixMoves(WavePolicy(mostVMs: 3, validationSeconds: 20)) { tiny in
      tiny.rules = [Rule(id: "night", .window(MoveWindow(vms: Selection(["*"]), hours: hours)))]
      tiny.options.start = Instant(secondsSince1970: 0)
    }
    #expect(try waves(tiny).map(\.count) == [3, 3])
    let sequence = try #require(tiny.sequence(targets))
    #expect(Set(sequence.moves.map(\.startSeconds)) == [3600, 90_000])
  }

  @Test("hours that are too short for moves, validation and rollback are said to be what blocks")
  func tooShort() {
    let hours = Hours.weekly(WeeklyHours(from: 60, to: 61))
    let tiny = sixMoves(WavePolicy(validationSeconds: 45)) { tiny in
      tiny.rules = [Rule(id: "night", .window(MoveWindow(vms: Selection(["a"]), hours: hours)))]
      tiny.options.start = Instant(secondsSince1970: 0)
    }
    guard case .stuck(let stuck) = tiny.schedule(targets) else {
      Issue.record("65 s do not fit into a minute")
      return
    }
    #expect(stuck.blockages.map(\.obstacle) == [.wave(.hours(neededSeconds: 65))])
  }

  /// `b` has room on h1 only when `a` has left it.
  @Test("who makes room goes in no later wave")
  func order() throws {
    var tiny = TinyFleet(1, 1, 1)
    tiny.add("a", 1, on: 1)
    tiny.add("b", 1, on: 2)
    tiny.options.waves = WavePolicy(mostVMs: 1)
    let sequence = try #require(tiny.sequence(["a": 3, "b": 1]))
    #expect(sequence.lines.map { $0.prefix(1) } == ["a", "b"])
    #expect(sequence.moves.map(\.wave) == [1, 2])
  }

  @Test("VMs that wait for each other in a ring go in one wave")
  func ring() throws {
    var tiny = TinyFleet(2, 2, 2)
    for (id, host) in [("a", 1), ("b", 2)] { tiny.add(id, 2, on: host) { $0.allowedTechniques = [.preCopy] } }
    tiny.options.waves = WavePolicy(validationSeconds: 60)
    let sequence = try #require(tiny.sequence(["a": 2, "b": 1]))
    #expect(NaiveChecker(tiny.fleet).problems(sequence, to: sequence.finalPlacement) == [])
    #expect(Set(sequence.moves.map(\.wave)) == [1])
  }
}
