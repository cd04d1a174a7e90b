import Testing

@testable import StowageSequencing

/// Moves that copy so many MiB and need a second of set-up.
@Suite("Lanes of a port")
struct LanesTests {
  private func move(_ mib: Double, head: Double = 0, tail: Double = 0) throws -> Lanes.Move {
    let curve = RateCurve(
      whole: 30, least: { LeastMove(mib: mib, seconds: 1 + mib / $0.upperBound) }, lasting: { 1 + mib / $0 })
    return Lanes.Move(curve: try #require(curve), head: head, tail: tail)
  }

  private func best(_ moves: [Lanes.Move], most: Int? = nil) throws -> Lanes.Cut {
    let cut = try #require(Lanes(moves, capacity: 30, most: most).best())
    #expect(cut.rates.reduce(0, +) <= 30)
    return cut
  }

  /// 100 MiB at 10 MiB/s and a second: 11 s; one after the other it would be three seconds of set-up.
  @Test("equal moves go at once, each with its part of the rate")
  func atOnce() throws {
    let cut = try best([move(100), move(100), move(100)])
    #expect((10.9...11.1).contains(cut.seconds) && Set(cut.laneOfMove).count == 3)
  }

  @Test("no more lanes than moves may go at once")
  func slots() throws {
    let cut = try best([move(100), move(100), move(100), move(100)], most: 2)
    #expect(Set(cut.laneOfMove).count == 2)
    // Two behind each other at 15 MiB/s: 2 · (1 + 100 / 15).
    #expect((15.2...15.5).contains(cut.seconds))
  }

  /// The large one waits for 4 s. It has the port almost to itself after the small one: 4 + 1 + 150 / 30.
  @Test("a lane stands idle until its move has room, and all is over after what follows")
  func waits() throws {
    let late = try best([move(30), move(150, head: 4)])
    #expect((10...10.2).contains(late.seconds) && Set(late.laneOfMove).count == 1)
    let early = try best([move(30, tail: 20), move(30)])
    #expect((22...22.8).contains(early.seconds))
  }

  @Test("many moves are cut as well as few: nearly no rate is lost", arguments: [6, 12, 30])
  func many(count: Int) throws {
    let sizes = (0..<count).map { Double(40 + 37 * $0 % 90) }
    let cut = try best(sizes.map { try move($0) })
    let used = zip(cut.laneOfMove, sizes).reduce(0) { $0 + (1 + $1.1 / cut.rates[$1.0]) * cut.rates[$1.0] }
    #expect(used > 0.97 * 30 * cut.seconds)
  }
}
