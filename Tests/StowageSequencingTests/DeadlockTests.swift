import StowageFleet
import StowageModel
import StowageTestSupport
import Testing

@testable import StowageSequencing

@Suite("Deadlocks")
struct DeadlockTests {
  /// `y` (slow, therefore most urgent) would take the last room on h2; then `x` could not leave h1,
  /// and `z` not enter it. Only `x`, `z`, `y` works, and nobody may be parked or stopped.
  @Test("when urgency leads into a dead end, all orders of the few moves are tried")
  func exactOrder() throws {
    var tiny = TinyFleet(2, 4, 2)
    tiny.hosts[2].migrationNetworkGbps = 0.1
    for (id, host) in [("x", 1), ("y", 3), ("z", 2)] {
      tiny.add(id, 2, on: host) {
        $0.allowedTechniques = [.preCopy]
        $0.allowedHosts = host == 3 ? [] : ["h1", "h2"]
      }
    }
    let sequence = try #require(tiny.sequence(["x": 2, "y": 2, "z": 1], attempts: 1))
    #expect(sequence.moves.map(\.vm) == ["x", "z", "y"])
    #expect(NaiveChecker(tiny.fleet).problems(sequence, to: [1, 1, 0]) == [])
  }

  /// Two swaps at once, one spare host for each of them only in turn.
  @Test("independent swaps are brought apart at the same time")
  func twoSwaps() throws {
    var tiny = TinyFleet(2, 2, 2, 2, 2, 2)
    for (id, host) in [("a", 1), ("b", 2), ("c", 3), ("d", 4)] { tiny.add(id, 2, on: host) }
    let sequence = try #require(tiny.sequence(["a": 2, "b": 1, "c": 4, "d": 3]))
    #expect(sequence.schedule.makespanSeconds == 60)
    #expect(sequence.moves.filter { $0.startSeconds == 0 }.count == 2)
    #expect(NaiveChecker(tiny.fleet).problems(sequence, to: sequence.finalPlacement) == [])
  }

  /// `big` needs all of h2: both small VMs there must leave first, and one of them waits for `big`.
  @Test("two VMs against one are brought apart over the third host")
  func twoAgainstOne() throws {
    var tiny = TinyFleet(4, 4, 2)
    tiny.add("big", 4, on: 1)
    tiny.add("s1", 2, on: 2)
    tiny.add("s2", 2, on: 2)
    let sequence = try #require(tiny.sequence(["big": 2, "s1": 1, "s2": 3]))
    #expect(NaiveChecker(tiny.fleet).problems(sequence, to: sequence.finalPlacement) == [])
  }

  /// `big` and the two small ones change places, and there is no other host: all three are stopped.
  @Test("without a spare host two VMs against one are stopped together, and no more than need be")
  func twoAgainstOneWithoutSpare() throws {
    var tiny = TinyFleet(4, 4, 4)
    tiny.add("big", 4, on: 1)
    tiny.add("s1", 2, on: 2)
    tiny.add("s2", 2, on: 2)
    tiny.add("full", 4, on: 3)
    let sequence = try #require(tiny.sequence(["big": 2, "s1": 1, "s2": 1]))
    #expect(sequence.moves.map(\.technique) == [.cold, .cold, .cold] && sequence.stoppedVMs == 3)
    #expect(
      sequence.moves[0].reason.hasSuffix(
        "stopped because h1 and h2 exchange VMs and have no room to do so one by one: +50.0 s"))
    #expect(NaiveChecker(tiny.fleet).problems(sequence, to: sequence.finalPlacement) == [])
  }

  @Test("VMs that are off exchange their places without being stopped or parked")
  func offRing() throws {
    var tiny = TinyFleet(9, 9)
    for host in tiny.hosts.indices { tiny.hosts[host].maxVMs = 1 }
    tiny.add("a", 1, on: 1) { $0.powerState = .off }
    tiny.add("b", 1, on: 2) { $0.powerState = .off }
    let sequence = try #require(tiny.sequence(["a": 2, "b": 1]))
    #expect(sequence.lines == ["a h1>h2 cold 0.0-1.0 @0.0", "b h2>h1 cold 0.0-1.0 @0.0"])
    #expect(sequence.moves[0].reason.hasSuffix("moved together with others because h1 and h2 swap"))
    #expect(NaiveChecker(tiny.fleet).problems(sequence, to: sequence.finalPlacement) == [])
  }

  /// Three or four nearly full hosts, up to six VMs that may only move live.
  @Test("what is proved stuck cannot be reached, and what is scheduled is legal", arguments: UInt64(0)..<60)
  func againstAllStates(seed: UInt64) {
    let (tiny, targets) = Self.crowded(seed: seed)
    let fleet = tiny.fleet
    let placement = fleet.vms.indices.map { (targets[fleet.vms[$0].id.rawValue] ?? 1) - 1 }
    switch tiny.schedule(targets, attempts: 2) {
    case .scheduled(let sequence):
      #expect(NaiveChecker(fleet).problems(sequence, to: placement) == [], "seed \(seed)")
    case .stuck(let stuck):
      let isReachable = AllStates(fleet, to: placement).reach(placement)
      #expect(stuck.certainty == .undecided || !isReachable, "seed \(seed)")
    }
  }

  @Test("few placements that can be reached are given up, and some are proved unreachable")
  func fewAreGivenUp() {
    var (reachable, givenUp, proved, detours) = (0, 0, 0, 0)
    for seed in UInt64(0)..<100 {
      let (tiny, targets) = Self.crowded(seed: seed)
      let fleet = tiny.fleet
      let placement = fleet.vms.indices.map { (targets[fleet.vms[$0].id.rawValue] ?? 1) - 1 }
      let isReachable = AllStates(fleet, to: placement).reach(placement)
      reachable += isReachable ? 1 : 0
      switch tiny.schedule(targets, attempts: 2) {
      case .scheduled(let sequence): detours += sequence.notes.isEmpty ? 0 : 1
      case .stuck(let stuck):
        givenUp += isReachable ? 1 : 0
        proved += stuck.certainty == .proved ? 1 : 0
      }
    }
    #expect(reachable > 40, "\(reachable) reachable")
    #expect(givenUp * 20 < reachable, "\(givenUp) of \(reachable) given up")
    #expect(proved > 3, "\(proved) proved")
    #expect(detours > 6, "\(detours) with detours")
  }

  private static func crowded(seed: UInt64) -> (TinyFleet, [String: Int]) {
    var random = StowageTestSupport.SeededGenerator(seed: seed)
    let hostCount = Int.random(in: 3...4, using: &random)
    var tiny = TinyFleet(4, 4, 4)
    if hostCount == 4 { tiny = TinyFleet(4, 4, 4, 3) }
    let capacity = tiny.hosts.map { Int($0.memoryMiB / TinyFleet.unitMiB) }
    var (atStart, atEnd) = (capacity, capacity)
    var targets: [String: Int] = [:]
    for number in 1...6 {
      let units = Int.random(in: 1...3, using: &random)
      let start = capacity.indices.filter { atStart[$0] >= units }.randomElement(using: &random)
      let end = capacity.indices.filter { atEnd[$0] >= units }.randomElement(using: &random)
      guard let start, let end else { continue }
      atStart[start] -= units
      atEnd[end] -= units
      tiny.add("v\(number)", Double(units), on: start + 1) { $0.allowedTechniques = [.preCopy] }
      targets["v\(number)"] = end + 1
    }
    return (tiny, targets)
  }
}
