import StowageModel

/// The last night with a wave, and what soft dependencies cost between waves.
struct NightValues {
  let last: Int
  /// In Mb/s × ms × nights.
  let traffic: Double

  /// `nil` when waves do not go by the calendar.
  init?(_ plan: Plan, _ replay: Replay, _ rulebook: Rulebook, _ channels: Channels) {
    guard plan.options.waves?.nights != nil else { return nil }
    last = replay.movements.map { Nights.night(of: $0.start) }.max() ?? 0
    var channels = channels
    let tied = TiedVMs(replay.roster, rulebook).group
    var sum = 0.0
    for pair in rulebook.dependents.pairs where !pair.isHard {
      let ends = pair.ends.map { End($0, replay) }
      guard ends[0].isMoved || ends[1].isMoved, tied[ends[0].vm] != tied[ends[1].vm] else { continue }
      let (early, late) = ends[0].night <= ends[1].night ? (ends[0], ends[1]) : (ends[1], ends[0])
      guard late.isMoved, let (from, to) = Self.both(early.to, late.from) else { continue }
      let apart = Double(late.night - early.night)
      // An end that stays may be where the other goes: then they are apart until it comes.
      sum += pair.mbps * channels.roundTrip(from: from, to: to) * apart
    }
    traffic = sum
  }

  private static func both(_ one: Int?, _ other: Int?) -> (Int, Int)? {
    guard let one, let other else { return nil }
    return (one, other)
  }

  /// As far as the first of its VMs that moves; one that does not move is there from night 0.
  private struct End {
    let vm: Int
    let from: Int?
    let to: Int?
    let night: Int
    let isMoved: Bool

    init(_ vms: [Int], _ replay: Replay) {
      let first = vms.first { replay.movementsOfVM[$0] != nil }
      vm = first ?? vms[0]
      isMoved = first != nil
      from = replay.roster.startHost[vm]
      to = replay.endHost[vm] ?? from
      let start = first.flatMap { replay.movementsOfVM[$0]?.first }.map { replay.movements[$0].start }
      night = start.map(Nights.night(of:)) ?? 0
    }
  }
}

extension Channels {
  /// Round trip between two hosts in ms; a way over links of which none states one counts as 1 ms.
  mutating func roundTrip(from source: Int, to target: Int) -> Double {
    guard source != target, let path = path(from: source, to: target), path.count > 2 else { return 0 }
    return roundTripMilliseconds(path) ?? 1
  }
}
