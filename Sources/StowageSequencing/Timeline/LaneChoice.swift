import StowageFleet

/// Rates and urgencies with which the moves of busy ports go in lanes (``Lanes``).
struct LaneChoice {
  /// Ports whose moves take less than this part of the schedule are left as they are.
  private static let leastLoad = 0.7
  /// More moves over one port than this are left as they are: there, gaps at the end are small.
  private static let mostMoves = 40

  private(set) var rates: [Int]
  private(set) var urgency: [Double]
  /// Whether any port was cut into lanes.
  private(set) var hasAny = false
  private let choice: RateChoice
  /// How long each leg must wait for room, and others for it after its end, in s.
  private let waits: [(head: Double, tail: Double)]

  /// Changes rates and urgencies of those legs whose busiest port is busy for most of `seconds`, and has those go
  /// at once that make room for any.
  init(_ problem: Problem, _ choice: RateChoice, urgency base: [Double], seconds: Double) {
    self.choice = choice
    rates = choice.within(seconds)
    urgency = base
    waits = Self.waits(problem)
    let awaited = Set(problem.legs.indices.filter { waits[$0].head > 0 }.map { problem.legs[$0].to })
    for (leg, move) in problem.legs.enumerated() where awaited.contains(move.from) {
      rates[leg] = choice.whole[leg]
    }
    let capacity = problem.book.routes.capacityTenths
    let legsOfChannel = busiest(problem, seconds)
    for channel in legsOfChannel.keys.sorted() {
      let legs = (legsOfChannel[channel] ?? []).sorted {
        (waits[$0].head, -waits[$0].tail, -urgency[$0], $0)
          < (waits[$1].head, -waits[$1].tail, -urgency[$1], $1)
      }
      guard (2...Self.mostMoves).contains(legs.count) else { continue }
      let moves = legs.compactMap { leg in
        choice.curves[leg].map { Lanes.Move(curve: $0, head: waits[leg].head, tail: waits[leg].tail) }
      }
      // Rates are rounded up, each lane's by less than a tenth.
      let whole = Double(capacity[channel] - legs.count) / 10
      if let cut = Lanes(moves, capacity: whole, most: choice.most).best() { take(cut, legs) }
    }
  }

  private static func waits(_ problem: Problem) -> [(head: Double, tail: Double)] {
    var moves = DirectMove.all(
      problem.legs.map { (leg: $0, manner: $0.preferred.manner) }, problem.book)
    MakespanBound.delay(&moves, problem.book)
    let ofVM = Dictionary(uniqueKeysWithValues: moves.map { ($0.vm, (head: $0.head, tail: $0.tail)) })
    return problem.legs.map { ofVM[$0.vm] ?? (0, 0) }
  }

  /// The legs of each channel that is the busiest of theirs, and busy for most of the time.
  private func busiest(_ problem: Problem, _ seconds: Double) -> [Int: [Int]] {
    let capacity = problem.book.routes.capacityTenths
    let cheapest = choice.within(seconds)
    var load = [Double](repeating: 0, count: capacity.count)
    for (leg, move) in problem.legs.enumerated() where cheapest[leg] > 0 {
      guard let curve = choice.curves[leg] else { continue }
      let area = curve.seconds(at: Double(cheapest[leg]) / 10) * Double(cheapest[leg])
      for channel in move.route where capacity[channel] > 0 {
        load[channel] += area / Double(capacity[channel])
      }
    }
    var legs: [Int: [Int]] = [:]
    for (leg, move) in problem.legs.enumerated() where choice.whole[leg] > 0 && choice.curves[leg] != nil {
      let busiest = move.route.filter { capacity[$0] > 0 }.max { (load[$0], -$0) < (load[$1], -$1) }
      if let busiest, load[busiest] >= Self.leastLoad * seconds { legs[busiest, default: []].append(leg) }
    }
    return legs
  }

  /// Who is to start earlier is more urgent than all of the port that start later.
  private mutating func take(_ cut: Lanes.Cut, _ legs: [Int]) {
    hasAny = true
    let top = legs.map { urgency[$0] }.max() ?? 0
    var end = [Double](repeating: 0, count: cut.rates.count)
    for (position, leg) in legs.enumerated() {
      let lane = cut.laneOfMove[position]
      rates[leg] = min(choice.whole[leg], max(1, Int((cut.rates[lane] * 10).rounded(.up))))
      let start = max(end[lane], waits[leg].head)
      urgency[leg] = top * max(0.05, 1 - 0.9 * start / max(cut.seconds, 0.001))
      end[lane] = start + (choice.curves[leg]?.seconds(at: cut.rates[lane]) ?? 0)
    }
  }
}
