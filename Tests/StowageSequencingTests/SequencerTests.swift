import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowageSequencing

@Suite("Sequencer")
struct SequencerTests {
  private func check(_ tiny: TinyFleet, _ sequence: MoveSequence, slots: SlotLimits = SlotLimits())
    -> [String]
  {
    NaiveChecker(tiny.fleet, slotLimits: NaiveChecker.SlotLimits(slots)).problems(
      sequence, to: sequence.finalPlacement)
  }

  @Test("nothing to move is an empty schedule of no length")
  func empty() throws {
    var tiny = TinyFleet(4, 4)
    tiny.add("a", 1, on: 1)
    let sequence = try #require(tiny.sequence([:]))
    #expect(sequence.moves.isEmpty)
    #expect(
      sequence.schedule == Plan.Schedule(makespanSeconds: 0, lowerBoundSeconds: 0, binding: "nothing moves"))
  }

  @Test("two moves out of one port go one after the other at the whole rate, the longer first")
  func serial() throws {
    var tiny = TinyFleet(4, 4, 4)
    tiny.add("a", 1, on: 1)
    tiny.add("b", 2, on: 1)
    let sequence = try #require(tiny.sequence(["a": 2, "b": 3]))
    #expect(sequence.lines == ["b h1>h3 pre-copy 0.0-20.0 @109.6", "a h1>h2 pre-copy 20.0-30.0 @109.6"])
    #expect(sequence.moves.map(\.wave) == [1, 1])
    #expect(sequence.schedule.binding == "h1 out: 3 GiB at 0.9 Gb/s")
    #expect(check(tiny, sequence) == [])
  }

  @Test("moves limited by their streams share a port")
  func streamsShare() throws {
    var tiny = TinyFleet(4, 4, 4)
    tiny.add("a", 1, on: 1)
    tiny.add("b", 1, on: 1)
    let half = PlainForecaster(streamTenths: 548)
    let sequence = try #require(tiny.sequence(["a": 2, "b": 3], forecaster: half))
    #expect(
      sequence.lines == ["a h1>h2 pre-copy 0.0-20.0 @54.8", "b h1>h3 pre-copy 0.0-20.0 @54.8"])
  }

  /// The stream takes 70 of 109.6; 39.6 are left, more than a quarter. In 16.6 s the rest of the port
  /// would be free again (10 s at 109.6 more), 27.7 s at 39.6.
  @Test("a move takes what is left of a port only if that is no slower than waiting")
  func leftover() throws {
    var tiny = TinyFleet(9, 9, 9)
    tiny.add("a", 3, on: 1)
    tiny.add("b", 0.5, on: 1)
    let sequence = try #require(
      tiny.sequence(["a": 2, "b": 3], forecaster: PlainForecaster(streamTenths: 700)))
    let a = try #require(sequence.move("a"))
    let b = try #require(sequence.move("b"))
    #expect(a.startSeconds == 0 && a.rateMiBPerSecond == 70)
    #expect(b.startSeconds == 0 && b.rateMiBPerSecond == 39.6)
    #expect(check(tiny, sequence) == [])
  }

  @Test("a VM that writes too fast for a share waits for its whole rate")
  func hotWaits() throws {
    var tiny = TinyFleet(9, 9, 9)
    tiny.add("a", 3, on: 1)
    tiny.add("b", 0.5, on: 1) { $0.labels["hot"] = "1" }
    let sequence = try #require(
      tiny.sequence(["a": 2, "b": 3], forecaster: PlainForecaster(streamTenths: 700), attempts: 1))
    #expect(sequence.moves.allSatisfy { $0.rateMiBPerSecond == 70 })
  }

  @Test("a host must be left before it is entered, at the exact instant")
  func chain() throws {
    var tiny = TinyFleet(2, 2, 2)
    tiny.add("a", 2, on: 2)
    tiny.add("b", 2, on: 1)
    let sequence = try #require(tiny.sequence(["a": 3, "b": 2]))
    #expect(sequence.lines == ["a h2>h3 pre-copy 0.0-20.0 @109.6", "b h1>h2 pre-copy 20.0-40.0 @109.6"])
    #expect(sequence.moves.map(\.after) == [[], ["m0001"]])
    #expect(sequence.moves.map(\.wave) == [1, 2])
    #expect(check(tiny, sequence) == [])
  }

  @Test("a move depends only on the releases without which it has no room")
  func minimalDependencies() throws {
    var tiny = TinyFleet(4, 4, 9)
    tiny.add("small", 1, on: 2)
    tiny.add("large", 3, on: 2)
    tiny.add("b", 3, on: 1)
    let sequence = try #require(tiny.sequence(["small": 3, "large": 3, "b": 2]))
    let large = try #require(sequence.move("large"))
    #expect(sequence.move("b")?.after == [large.id])
    #expect(check(tiny, sequence) == [])
  }

  @Test("two VMs that swap full hosts use a third one, and the price is named")
  func swapWithSpare() throws {
    var tiny = TinyFleet(2, 2, 2)
    tiny.add("a", 2, on: 1)
    tiny.add("b", 2, on: 2)
    let sequence = try #require(tiny.sequence(["a": 2, "b": 1]))
    #expect(
      sequence.lines == [
        "a h1>h3 pre-copy 0.0-20.0 @109.6", "b h2>h1 pre-copy 20.0-40.0 @109.6",
        "a h3>h2 pre-copy 40.0-60.0 @109.6",
      ])
    #expect(sequence.moves[0].reason == "parked on h3 because h1 and h2 swap: +20.0 s")
    #expect(sequence.notes == ["a is parked on h3 because h1 and h2 swap: +20.0 s"])
    #expect(sequence.moves.map(\.wave) == [1, 2, 3])
    #expect(check(tiny, sequence) == [])
  }

  @Test("the smaller of two VMs is the one that is parked")
  func swapParksTheSmaller() throws {
    var tiny = TinyFleet(3, 3, 2)
    tiny.add("a", 3, on: 1)
    tiny.add("b", 2, on: 2)
    let sequence = try #require(tiny.sequence(["a": 2, "b": 1]))
    #expect(sequence.moves.filter { $0.vm == "b" }.count == 2)
    #expect(check(tiny, sequence) == [])
  }

  @Test("two VMs that swap full hosts without a third one are stopped together")
  func swapWithoutSpare() throws {
    var tiny = TinyFleet(2, 2)
    tiny.add("a", 2, on: 1)
    tiny.add("b", 2, on: 2)
    let sequence = try #require(tiny.sequence(["a": 2, "b": 1]))
    #expect(sequence.lines == ["a h1>h2 cold 0.0-90.0 @0.0", "b h2>h1 cold 0.0-90.0 @0.0"])
    #expect(sequence.moves[0].sourceReleasedSeconds == 30)
    #expect(sequence.notes.first == "a is stopped because h1 and h2 swap: +70.0 s")
    #expect(sequence.moves[0].rejected.map(\.technique) == [.preCopy])
    #expect(check(tiny, sequence) == [])
  }

  @Test("three VMs that go round in a ring are brought apart by parking one")
  func ringOfThree() throws {
    var tiny = TinyFleet(2, 2, 2, 2)
    tiny.add("a", 2, on: 1)
    tiny.add("b", 2, on: 2)
    tiny.add("c", 2, on: 3)
    let sequence = try #require(tiny.sequence(["a": 2, "b": 3, "c": 1]))
    #expect(sequence.moves.count == 4)
    #expect(sequence.moves[0].reason == "parked on h4 because h1, h2 and h3 exchange VMs in a ring: +20.0 s")
    #expect(check(tiny, sequence) == [])
  }

  @Test("a swap that may not be stopped and has no third host is stuck, with proof")
  func stuck() {
    var tiny = TinyFleet(2, 2)
    tiny.add("a", 2, on: 1) { $0.allowedTechniques = [.preCopy] }
    tiny.add("b", 2, on: 2)
    #expect(
      tiny.schedule(["a": 2, "b": 1])
        == .stuck(
          Stuck(
            blockages: [
              Stuck.Blockage(vm: 0, host: 1, obstacle: .resource(.memory)),
              Stuck.Blockage(vm: 1, host: 0, obstacle: .resource(.memory)),
            ], certainty: .proved)))
  }

  @Test("a VM that no technique moves makes the placement impossible, with proof")
  func noTechnique() {
    var tiny = TinyFleet(2, 2)
    tiny.add("a", 2, on: 1) { $0.allowedTechniques = [] }
    guard case .stuck(let stuck) = tiny.schedule(["a": 2]) else {
      Issue.record("a move without a technique was scheduled")
      return
    }
    #expect(stuck.certainty == .proved)
    #expect(stuck.blockages.map(\.vm) == [0])
  }

  @Test("members of an anti-affinity group never meet on the way")
  func apartInTransit() throws {
    var tiny = TinyFleet(4, 4, 4)
    tiny.add("a", 1, on: 1)
    tiny.add("b", 1, on: 2)
    tiny.rules = [Rule(id: "apart", .antiAffinity(AntiAffinity(vms: Selection(["a", "b"]))))]
    let sequence = try #require(tiny.sequence(["a": 2, "b": 3]))
    #expect(sequence.lines == ["b h2>h3 pre-copy 0.0-10.0 @109.6", "a h1>h2 pre-copy 10.0-20.0 @109.6"])
    #expect(sequence.moves[1].after == ["m0001"])
    #expect(check(tiny, sequence) == [])
  }

  @Test("a member of an anti-affinity group over racks may move within its rack")
  func apartWithinRack() throws {
    var tiny = TinyFleet(4, 4, 4)
    for host in tiny.hosts.indices { tiny.hosts[host].rack = host < 2 ? "r1" : "r2" }
    tiny.add("a", 1, on: 1)
    tiny.add("b", 1, on: 3)
    tiny.rules = [Rule(id: "apart", .antiAffinity(AntiAffinity(vms: Selection(["a", "b"]), scope: .rack)))]
    let sequence = try #require(tiny.sequence(["a": 2]))
    #expect(sequence.lines == ["a h1>h2 pre-copy 0.0-10.0 @109.6"])
    #expect(check(tiny, sequence) == [])
  }

  /// The two share one port: the block takes 20 s, and nothing comes between, not even the longer
  /// move `z`, which would otherwise be second.
  @Test("moves of an affinity group follow each other without a gap")
  func affinityBlock() throws {
    var tiny = TinyFleet(9, 9, 9)
    tiny.add("a", 1, on: 1)
    tiny.add("b", 1, on: 1)
    tiny.add("y", 1.5, on: 1)
    tiny.add("z", 1.5, on: 1)
    tiny.rules = [Rule(id: "pair", .affinity(Affinity(vms: Selection(["a", "b"]))))]
    let sequence = try #require(tiny.sequence(["a": 2, "b": 2, "y": 3, "z": 3]))
    let a = try #require(sequence.move("a"))
    let b = try #require(sequence.move("b"))
    #expect(max(a.endSeconds, b.endSeconds) - min(a.startSeconds, b.startSeconds) == 20)
    #expect(check(tiny, sequence) == [])
  }

  @Test("moves of an affinity group from different hosts start together")
  func affinityStartsTogether() throws {
    var tiny = TinyFleet(9, 9, 9, 9)
    for host in tiny.hosts.indices { tiny.hosts[host].rack = host < 2 ? "r1" : "r2" }
    tiny.add("a", 1, on: 1)
    tiny.add("b", 2, on: 2)
    tiny.rules = [Rule(id: "pair", .affinity(Affinity(vms: Selection(["a", "b"]), scope: .rack)))]
    let sequence = try #require(tiny.sequence(["a": 3, "b": 4]))
    #expect(sequence.moves.map(\.startSeconds) == [0, 0])
    #expect(check(tiny, sequence) == [])
  }

  /// Whichever of `p` and `q` (three units) falls out must find three free units. While one small VM
  /// is on its way, h3 or h4 has them; with both on their way, each is charged with two of four.
  @Test("failures stay covered during the plan")
  func failover() throws {
    var tiny = TinyFleet(4, 4, 4, 4)
    tiny.add("p", 3, on: 1)
    tiny.add("q", 3, on: 2)
    tiny.add("c1", 1, on: 3)
    tiny.add("c2", 1, on: 3)
    let streams = PlainForecaster(streamTenths: 548)
    let free = try #require(tiny.sequence(["c1": 4, "c2": 4], forecaster: streams))
    #expect(free.schedule.makespanSeconds == 20)
    tiny.rules = [Rule(id: "n-plus-1", .failover(Failover()))]
    let sequence = try #require(tiny.sequence(["c1": 4, "c2": 4], forecaster: streams))
    #expect(
      sequence.lines == ["c1 h3>h4 pre-copy 0.0-20.0 @54.8", "c2 h3>h4 pre-copy 20.0-40.0 @54.8"])
    #expect(sequence.moves[1].after == ["m0001"])
    #expect(check(tiny, sequence) == [])
  }

  /// With `c` beside `p` on h1, nobody could take both: h2 has three units, h3 takes nobody in.
  @Test("a move after which a failure is no longer covered is refused, with the reason")
  func failoverRefuses() {
    var tiny = TinyFleet(4, 3, 1)
    tiny.hosts[2].isInMaintenance = true
    tiny.add("p", 3, on: 1)
    tiny.add("c", 1, on: 3)
    tiny.rules = [Rule(id: "n-plus-1", .failover(Failover()))]
    let refused = Stuck.Blockage(vm: 0, host: 0, obstacle: .failover)
    #expect(tiny.schedule(["c": 1]) == .stuck(Stuck(blockages: [refused], certainty: .undecided)))
  }

  @Test("the platform's limit of one move at a time out of a host serialises")
  func slots() throws {
    var tiny = TinyFleet(9, 9, 9, gbps: 10)
    tiny.add("a", 10.0 / 2, on: 1)
    tiny.add("b", 1, on: 1)
    let one = PlainForecaster(slotLimits: SlotLimits(out: 1), streamTenths: 1096)
    let sequence = try #require(tiny.sequence(["a": 2, "b": 3], forecaster: one))
    #expect(sequence.lines == ["a h1>h2 pre-copy 0.0-50.0 @109.6", "b h1>h3 pre-copy 50.0-60.0 @109.6"])
    #expect(sequence.schedule.lowerBoundSeconds == 60)
    #expect(sequence.schedule.binding == "h1 out: 60.0 s of moves, 1 at a time")
    #expect(check(tiny, sequence, slots: SlotLimits(out: 1)) == [])
  }

  @Test("a link between racks is shared and listed with its direction")
  func racks() throws {
    var tiny = TinyFleet(9, 9, 9, 9)
    for host in tiny.hosts.indices { tiny.hosts[host].rack = host < 2 ? "r1" : "r2" }
    tiny.links = [Link(id: "spine", a: "r1", b: "r2", gbps: 1)]
    tiny.add("a", 1, on: 1)
    tiny.add("b", 1, on: 2)
    tiny.add("c", 1, on: 3)
    let sequence = try #require(tiny.sequence(["a": 3, "b": 4, "c": 1]))
    #expect(sequence.move("a")?.links == ["h1:out", "spine:ab", "h3:in"])
    #expect(sequence.move("c")?.links == ["h3:out", "spine:ba", "h1:in"])
    #expect(sequence.schedule.makespanSeconds == 20)
    #expect(sequence.schedule.binding == "spine ab: 2 GiB at 0.9 Gb/s")
    #expect(check(tiny, sequence) == [])
  }

  @Test("a VM that is off moves cold, without a copy, beside the others")
  func off() throws {
    var tiny = TinyFleet(4, 4)
    tiny.add("a", 1, on: 1)
    tiny.add("b", 1, on: 1) { $0.powerState = .off }
    let sequence = try #require(tiny.sequence(["a": 2, "b": 2]))
    #expect(
      sequence.lines == ["a h1>h2 pre-copy 0.0-10.0 @109.6", "b h1>h2 cold 0.0-1.0 @0.0"])
    #expect(sequence.move("b")?.links == ["h1:out", "h2:in"])
    #expect(check(tiny, sequence) == [])
  }

  @Test("the reason given for a VM is the reason of its move")
  func reasons() throws {
    var tiny = TinyFleet(4, 4)
    tiny.add("a", 1, on: 1)
    let answer = try Sequencer(fleet: tiny.fleet, forecaster: PlainForecaster())
      .schedule(to: [1], reasons: [0: "h1 is emptied"])
    guard case .scheduled(let sequence) = answer else {
      Issue.record("stuck")
      return
    }
    #expect(sequence.moves.map(\.reason) == ["h1 is emptied"])
  }
}
