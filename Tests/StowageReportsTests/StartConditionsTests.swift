import StowageModel
import Testing

@testable import StowageReports

@Suite("Start conditions")
struct StartConditionsTests {
  /// Random moves of a few hosts; nothing else of a plan matters here.
  private static func moves(seed: UInt64) -> [Move] {
    var generator = SeededGenerator(seed: seed)
    return (0..<40).map { number in
      let start = Double(Int.random(in: 0..<60, using: &generator))
      let length = Double(Int.random(in: 0...12, using: &generator))
      let from = Int.random(in: 0..<6, using: &generator)
      let to = (from + Int.random(in: 1..<6, using: &generator)) % 6
      return Move(
        id: Move.ID("m\(number)"), vm: VM.ID("vm\(number)"), from: Host.ID("h\(from)"), to: Host.ID("h\(to)"),
        technique: .preCopy, wave: 1 + Int(start) / 20, startSeconds: start, endSeconds: start + length,
        sourceReleasedSeconds: start + length, targetReservedSeconds: start, rateMiBPerSecond: 100,
        links: ["h\(from):out", "h\(to):in"], after: [], estimate: nil, reason: "", rejected: [])
    }
  }

  @Test(
    "whatever the moves really last, those under way on one host overlap in the plan",
    arguments: UInt64(1)...20)
  func overlap(seed: UInt64) {
    let conditions = StartConditions(Self.moves(seed: seed))
    let moves = conditions.moves
    var generator = SeededGenerator(seed: seed &+ 1000)
    var remaining = Set(moves.indices)
    var running: [Int: Int] = [:]
    var done: Set<Int> = []
    var clock = 0
    while !remaining.isEmpty || !running.isEmpty {
      for position in remaining.sorted()
      where conditions.conditions[position].ended.allSatisfy(done.contains) {
        running[position] = clock + Int.random(in: 0...30, using: &generator)
        remaining.remove(position)
      }
      let active = running.keys.sorted()
      for (index, first) in active.enumerated() {
        for second in active.dropFirst(index + 1) where Self.shareHost(moves[first], moves[second]) {
          let disjoint =
            moves[first].endSeconds <= moves[second].startSeconds
            || moves[second].endSeconds <= moves[first].startSeconds
          #expect(!disjoint, "seed \(seed): \(moves[first].id) and \(moves[second].id)")
        }
      }
      guard let next = running.values.min() else {
        Issue.record("seed \(seed): \(remaining.count) moves wait for ever")
        return
      }
      clock = max(clock, next)
      for (position, end) in running where end <= clock {
        done.insert(position)
        running[position] = nil
      }
    }
  }

  private static func shareHost(_ first: Move, _ second: Move) -> Bool {
    !Set([first.from, first.to]).isDisjoint(with: [second.from, second.to])
  }

  @Test("no move waits for one of a later wave", arguments: UInt64(1)...20)
  func waves(seed: UInt64) {
    let conditions = StartConditions(Self.moves(seed: seed))
    for (position, condition) in conditions.conditions.enumerated() {
      #expect(condition.ended.allSatisfy { conditions.waves[$0] <= conditions.waves[position] })
      #expect(conditions.waves[position] >= conditions.moves[position].wave)
    }
  }

  @Test("a cold move that trades places waits before it starts its VM again")
  func trade() {
    func move(
      _ id: Move.ID, _ from: Host.ID, _ to: Host.ID, _ technique: Technique, _ start: Double, _ end: Double,
      released: Double, reserved: Double, after: [Move.ID]
    ) -> Move {
      Move(
        id: id, vm: VM.ID("vm-\(id)"), from: from, to: to, technique: technique, wave: after.isEmpty ? 1 : 2,
        startSeconds: start, endSeconds: end, sourceReleasedSeconds: released,
        targetReservedSeconds: reserved,
        rateMiBPerSecond: 0, links: [], after: after, estimate: nil, reason: "", rejected: [])
    }
    let conditions = StartConditions([
      move("a", "h1", "h2", .cold, 0, 100, released: 30, reserved: 80, after: []),
      move("b", "h2", "h1", .preCopy, 30, 80, released: 80, reserved: 30, after: ["a"]),
    ])
    #expect(conditions.conditions[1].released == [0])
    #expect(conditions.conditions[1].ended == [])
    #expect(conditions.conditions[0].endedBeforeRestart == [1])
    #expect(conditions.waves == [2, 2])
  }
}
