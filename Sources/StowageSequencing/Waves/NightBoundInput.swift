import StowageCalendar
import StowageFleet
import StowageModel

/// What bounds the nights of waves: move groups by themselves, whatever units a schedule joins them to.
struct NightBoundInput {
  /// Rounding of times must not make more of a group than whoever checks the bound does.
  private static let margin = 1 - 1e-6

  /// The VM of each group that stands for it.
  let named: [VM.ID]
  let bound: NightBound
  private let firstOpening: [Int?]
  private let shortest: Double

  init(_ problem: Problem, nights: Int = NightHours.horizon) {
    let policy = problem.fleet.options.waves ?? WavePolicy()
    let gate = WaveGate(policy)
    let moves = DirectMove.all(problem.legs.map { ($0, $0.preferred.manner) }, problem.book)
    let groupOfVM = MoveGroups.representatives(problem.fleet)
    let grouped = Dictionary(grouping: moves) { groupOfVM[$0.vm] }.sorted { $0.key < $1.key }.map(\.value)
    var hours = NightHours(problem.fleet.timeRules.calendar)
    let busiest = Self.busiest(moves, problem)
    let groups = grouped.map { moves in
      NightBound.Group(
        vms: moves.count, least: (moves.map(\.seconds).max() ?? 0) * 1000 * Self.margin,
        work: moves.reduce(0) { $0 + Self.time($1, on: busiest, problem) } * 1000 * Self.margin,
        calendar: hours.calendar(of: moves.map(\.vm)))
    }
    let stretches = hours.hours.map { NightHours.stretches($0, nights: nights) }
    named = grouped.map { problem.fleet.vms[$0.map(\.vm).min() ?? 0].id }
    bound = NightBound(
      groups: groups,
      usable: stretches.map { $0.map { Double($0.map { gate.usable(of: $0.count) } ?? 0) } },
      mostVMs: policy.mostVMs, mostGroups: policy.nights?.mostGroups, pilotVMs: policy.pilotVMs)
    shortest = moves.map(\.seconds).min() ?? 0
    firstOpening = (0..<nights).map { night in
      hours.hours.compactMap { $0.start(from: night * NightHours.night, lasting: 1) }.min()
    }
  }

  /// When waves whose last night is no earlier than this one end at the earliest, in s.
  func opening(ofNight night: Int) -> Double {
    guard firstOpening.indices.contains(night - 1), let opening = firstOpening[night - 1] else { return 0 }
    return (Double(opening) + (shortest * 1000 * Self.margin).rounded(.down)) / 1000
  }

  private static func busiest(_ moves: [DirectMove], _ problem: Problem) -> Int? {
    var times: [Int: Double] = [:]
    for move in moves {
      for channel in move.route { times[channel, default: 0] += time(move, on: channel, problem) }
    }
    return times.keys.sorted().max { (times[$0] ?? 0) < (times[$1] ?? 0) }
  }

  private static func time(_ move: DirectMove, on channel: Int?, _ problem: Problem) -> Double {
    guard let channel, move.route.contains(channel), let payload = problem.book.routes.payload[channel],
      payload > 0
    else { return 0 }
    return move.area(within: .infinity) / payload
  }
}
