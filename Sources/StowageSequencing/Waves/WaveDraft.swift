import StowageFleet
import StowageModel

/// A wave that is being filled.
struct WaveDraft {
  private(set) var legs: [Int] = []
  private(set) var open = OpenTimes.always
  private(set) var load = WaveLoad()
  /// Members of each hard anti-affinity, by position.
  private var members: [Int: Int] = [:]

  /// Whether legs may go with those that are there, hours apart.
  func takes(_ others: [Int], _ problem: Problem, most: Int?) -> Bool {
    if let most, legs.count + others.count > most { return false }
    var added: [Int: Int] = [:]
    for leg in others {
      for group in problem.apartGroupsOfVM[problem.legs[leg].vm] { added[group, default: 0] += 1 }
    }
    return added.allSatisfy { group, count in
      (members[group] ?? 0) + count <= problem.mostAtStake[group]
    }
  }

  mutating func add(_ others: [Int], _ problem: Problem) {
    let calendar = problem.fleet.timeRules.calendar
    for leg in others {
      let move = problem.legs[leg]
      legs.append(leg)
      load.add(move, problem)
      if let entry = calendar.entry(of: move.vm) { open = open.intersection(calendar.entries[entry].open) }
      for group in problem.apartGroupsOfVM[move.vm] { members[group, default: 0] += 1 }
    }
  }

  /// Whether some hours are long enough for moves, validation and rollback, with `slack` times the least
  /// time for the moves.
  func fits(_ gate: WaveGate, slack: Double) -> Bool {
    let work = Int((Double(load.milliseconds) * slack).rounded(.up))
    return open.start(from: 0, lasting: work + gate.reserved(after: work)) != nil
  }
}
