/// Cuts the rate of a port into lanes, in each of which some moves go one behind the other, so that all lanes
/// end together.
///
/// A move whose rate takes least of its path seldom lasts as long as the whole schedule, and moves that start
/// whenever there is room for them leave gaps at the end. With lanes *k* of the sets *Sₖ*, *rₖ(X)* the least rate at
/// which the moves of *Sₖ* last *X* together, and *C* the port's rate, the shortest time of a partition is the least
/// *X* with *Σ rₖ(X) ≤ C*. Moves that have to wait for room go last in their lane, which stands idle until they have it; those
/// that others wait for go first. Of few moves all partitions are tried; of more, those that changing one move at a time leads to.
struct Lanes {
  /// A move, when it can start at the earliest, and how long before the end of all it must have ended, in s.
  struct Move {
    var curve: RateCurve
    var head = 0.0
    var tail = 0.0
  }

  /// Lane of each move, and the rate of each lane in MiB/s.
  struct Cut {
    var laneOfMove: [Int]
    var rates: [Double]
    var seconds: Double
  }

  /// With more moves not all partitions are tried. Chosen: there are 877 partitions of seven.
  private static let mostForAll = 7
  /// More lanes than this are not looked at. Chosen: set-up is hidden by three or four moves at once.
  private static let mostLanes = 6
  /// Steps of halving times and rates: to a few ms.
  private static let halvings = 18
  /// How often each move is tried in each other lane.
  private static let rounds = 4

  /// In the order that they have in a lane.
  private let moves: [Move]
  private let capacity: Double
  private let lanes: Int

  /// Moves, in the order that those of one lane are to have, over a port of some rate in MiB/s, of which so many may go at once.
  init(_ moves: [Move], capacity: Double, most: Int?) {
    self.moves = moves
    self.capacity = capacity
    lanes = max(1, min(moves.count, most ?? Self.mostLanes, Self.mostLanes))
  }

  /// The best cut that was found; `nil` when no rate is low enough.
  func best() -> Cut? {
    moves.count <= Self.mostForAll ? bestOfAll() : bestBySteps()
  }

  private func bestOfAll() -> Cut? {
    var best: Cut?
    var laneOfMove = [Int](repeating: 0, count: moves.count)
    func visit(_ move: Int, _ used: Int) {
      guard move < moves.count else {
        if let cut = cut(laneOfMove, used, below: best?.seconds) { best = cut }
        return
      }
      for lane in 0...min(used, lanes - 1) {
        laneOfMove[move] = lane
        visit(move + 1, max(used, lane + 1))
      }
    }
    visit(0, 0)
    return best
  }

  /// From each number of lanes, filled with the longest moves first, by moving one at a time.
  private func bestBySteps() -> Cut? {
    let order = moves.indices.sorted { (-moves[$0].curve.shortest, $0) < (-moves[$1].curve.shortest, $1) }
    var best: Cut?
    for count in 1...lanes {
      var length = [Double](repeating: 0, count: count)
      var laneOfMove = [Int](repeating: 0, count: moves.count)
      for move in order {
        let lane = length.indices.min { (length[$0], $0) < (length[$1], $1) } ?? 0
        laneOfMove[move] = lane
        length[lane] += moves[move].curve.shortest
      }
      guard var current = cut(laneOfMove, count, below: nil) else { continue }
      for _ in 0..<Self.rounds {
        let before = current.seconds
        for move in order {
          for lane in 0..<count where lane != current.laneOfMove[move] {
            var other = current.laneOfMove
            other[move] = lane
            if let found = cut(other, count, below: current.seconds) { current = found }
          }
        }
        if current.seconds >= before { break }
      }
      if best.map({ current.seconds < $0.seconds }) ?? true { best = current }
    }
    return best
  }

  /// The shortest time of a partition; `nil` when it is not below one that is known.
  private func cut(_ laneOfMove: [Int], _ count: Int, below known: Double?) -> Cut? {
    var members = [[Move]](repeating: [], count: count)
    for (move, lane) in laneOfMove.enumerated() { members[lane].append(moves[move]) }
    guard members.allSatisfy({ !$0.isEmpty }) else { return nil }
    func rates(_ seconds: Double) -> [Double]? {
      var rates: [Double] = []
      var left = capacity
      for lane in members {
        guard let rate = Self.rate(of: lane, within: seconds), rate <= left else { return nil }
        left -= rate
        rates.append(rate)
      }
      return rates
    }
    var low = members.map { Self.lasts($0) { $0.shortest } }.max() ?? 0
    // One lane of all lasts this long at the whole rate; a little more leaves rates to halve.
    var high = known ?? Self.lasts(moves) { $0.shortest } * Double(count) + 0.01
    guard low < high, var found = rates(high) else { return nil }
    for _ in 0..<Self.halvings where high - low > 0.002 {
      let middle = (low + high) / 2
      if let less = rates(middle) { (high, found) = (middle, less) } else { low = middle }
    }
    if let known, high >= known - 0.001 { return nil }
    return Cut(laneOfMove: laneOfMove, rates: found, seconds: high)
  }

  /// When all is over that follows from a lane.
  private static func lasts(_ lane: [Move], _ seconds: (RateCurve) -> Double) -> Double {
    var (end, over) = (0.0, 0.0)
    for move in lane {
      end = max(end, move.head) + seconds(move.curve)
      over = max(over, end + move.tail)
    }
    return over
  }

  /// The least rate at which a lane ends within so many seconds.
  private static func rate(of lane: [Move], within seconds: Double) -> Double? {
    let ranges = lane.compactMap(\.curve.rates)
    guard ranges.count == lane.count, var low = ranges.map(\.lowerBound).max(),
      var high = ranges.map(\.upperBound).max(), low <= high
    else { return nil }
    if lasts(lane, { $0.seconds(at: low) }) <= seconds { return low }
    guard lasts(lane, { $0.seconds(at: high) }) <= seconds else { return nil }
    for _ in 0..<halvings {
      let middle = (low + high) / 2
      if lasts(lane, { $0.seconds(at: middle) }) <= seconds { high = middle } else { low = middle }
    }
    return high
  }
}
