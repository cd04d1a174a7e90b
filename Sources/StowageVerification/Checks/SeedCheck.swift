import StowageCosts
import StowageModel

/// Whether copies of disks ahead of moves were asked for, send all that they must, end before their moves and keep to
/// their share of every port and link at every instant.
struct SeedCheck {
  /// Forgiven of sums and products of rounded figures, relative.
  private static let slack = 1e-6

  let channels: Channels
  let policy: SeedPolicy?

  func run(_ journeys: [Journey]) -> [Finding] {
    let seeded = journeys.filter { $0.move.seed != nil }
    return seeded.flatMap { journey in
      facts(journey).map {
        Finding(at: journey.move.seed?.startSeconds, .move(journey.move.id), .network(.seed($0)))
      }
    } + shares(seeded)
  }

  private func facts(_ journey: Journey) -> [SeedFact] {
    let (move, id) = (journey.move, journey.move.id)
    guard let seed = move.seed else { return [] }
    guard let policy, move.technique == .cold, journey.storage == .full else { return [.notAsked(id)] }
    let subject = MigrationSubject(journey.vm)
    var facts: [SeedFact] = []
    let seconds = seed.endSeconds - seed.startSeconds
    if !(seed.startSeconds >= 0 && seconds > 0 && seed.endSeconds <= move.startSeconds + 1e-6) {
      facts.append(.times(id, start: seed.startSeconds, end: seed.endSeconds, move: move.startSeconds))
    }
    if seed.changeMiBPerSecond < subject.diskChangeMiBPerSecond * (1 - Self.slack) {
      facts.append(.change(id, stated: seed.changeMiBPerSecond, actual: subject.diskChangeMiBPerSecond))
    }
    let sent = seed.rateMiBPerSecond * seconds
    let needed = subject.diskMiB + seed.changeMiBPerSecond * seconds
    if !(sent >= needed * (1 - Self.slack)) || !isClose(seed.mib, sent) {
      facts.append(.unfinished(id, sentMiB: sent, neededMiB: needed))
    }
    let delta = min(subject.diskMiB, subject.diskChangeMiBPerSecond * policy.intervalSeconds)
    if !isClose(seed.deltaMiB, delta) { facts.append(.delta(id, stated: seed.deltaMiB, actual: delta)) }
    return facts
  }

  private func isClose(_ stated: Double, _ actual: Double) -> Bool {
    (stated - actual).magnitude <= 1e-3 + actual.magnitude * Self.slack
  }

  /// Copies and changes on a channel never take more than their share.
  private func shares(_ seeded: [Journey]) -> [Finding] {
    guard let policy else { return [] }
    var uses: [Channels.Channel: [SeedUse]] = [:]
    for journey in seeded {
      for channel in Set(journey.path ?? []) { uses[channel, default: []] += SeedUse.all(of: journey) }
    }
    return uses.sorted { channels.name($0.key) < channels.name($1.key) }.compactMap { channel, uses in
      guard let payload = channels.payload(channel) else { return nil }
      let most = payload * policy.sharePercent / 100
      guard let instant = SeedUse.firstAbove(most * (1 + Self.slack), uses) else { return nil }
      let name = channels.name(channel)
      return Finding(
        at: instant, .channel(name), .network(.seed(.share(channel: name, most: most))))
    }
  }
}

/// What a seed takes of its way for a while: its copy, then what changes until its move.
struct SeedUse {
  let id: Move.ID
  let start: Double
  let end: Double
  let rate: Double

  static func all(of journey: Journey) -> [SeedUse] {
    guard let seed = journey.move.seed else { return [] }
    let id = journey.move.id
    return [
      SeedUse(id: id, start: seed.startSeconds, end: seed.endSeconds, rate: seed.rateMiBPerSecond),
      SeedUse(id: id, start: seed.endSeconds, end: journey.movement.start, rate: seed.changeMiBPerSecond),
    ].filter { $0.end > $0.start && $0.rate > 0 && $0.rate.isFinite }
  }

  /// The first instant at which the rates of all together are above a limit.
  static func firstAbove(_ most: Double, _ uses: [SeedUse]) -> Double? {
    let events = (uses.map { ($0.start, $0.rate) } + uses.map { ($0.end, -$0.rate) }).sorted { $0 < $1 }
    var (index, sum) = (0, 0.0)
    while index < events.count {
      let instant = events[index].0
      while index < events.count, events[index].0 == instant {
        sum += events[index].1
        index += 1
      }
      if sum > most { return instant }
    }
    return nil
  }
}
