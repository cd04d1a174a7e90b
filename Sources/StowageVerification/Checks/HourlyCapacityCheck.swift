import StowageModel

/// Replays what every host holds in each hour of the week: whatever of a plan's state is reached at an
/// instant must be borne in all hours, because nobody knows how long it stays.
///
/// As in ``CapacityCheck``: no hour above the capacity, unless it was so at the start, and then never by
/// more than at the start.
struct HourlyCapacityCheck {
  let replay: Replay
  let cpu: CPUCounting

  func run() -> (findings: [Finding], peaks: [VerdictFacts.Peak]) {
    let roster = replay.roster
    guard let hours = roster.hours else { return ([], []) }
    var findings: [Finding] = []
    var peaks = [VerdictFacts.Peak?](repeating: nil, count: hours.resources.count)
    for host in roster.hosts.indices {
      var load = roster.startHours[host]
      note(load, host, 0, &peaks)
      var isAbove: Set<Resource> = []
      for (instant, changes) in changes(on: host) {
        for (vm, sign) in changes {
          for (column, amount) in hours.ofVM[vm].enumerated() { load[column] += sign * amount }
        }
        let worst = roster.worstHours(load) { roster.ceiling(host, column: $0) }
        for breach in worst where !isAbove.contains(breach.resource) {
          findings.append(
            finding(host, instant, breach.resource, breach.column, load: breach.load, limit: breach.limit))
        }
        isAbove = Set(worst.map(\.resource))
        note(load, host, instant, &peaks)
      }
    }
    return (findings.sorted { $0.instantSeconds ?? 0 < $1.instantSeconds ?? 0 }, peaks.compactMap { $0 })
  }

  /// What happens on a host, instant by instant: what is released is free for what is reserved then.
  private func changes(on host: Int) -> [(instant: Double, changes: [(vm: Int, sign: Int64)])] {
    var steps: [(instant: Double, vm: Int, sign: Int64)] = []
    for charge in replay.chargesOnHost[host] + replay.keptOnHost[host] {
      if charge.from.isFinite { steps.append((charge.from, charge.vm, 1)) }
      if charge.until.isFinite { steps.append((charge.until, charge.vm, -1)) }
    }
    var grouped: [(instant: Double, changes: [(vm: Int, sign: Int64)])] = []
    for step in steps.sorted(by: { $0.instant < $1.instant }) {
      if grouped.last?.instant == step.instant {
        grouped[grouped.count - 1].changes.append((step.vm, step.sign))
      } else {
        grouped.append((step.instant, [(step.vm, step.sign)]))
      }
    }
    return grouped
  }

  private func finding(
    _ host: Int, _ instant: Double, _ resource: Resource, _ column: Int, load: Int64, limit: Int64
  ) -> Finding {
    let roster = replay.roster
    let id = roster.hosts[host].id
    return Finding(
      at: instant, .host(id),
      .capacity(
        CapacityFact(
          host: id, resource: resource, cpu: cpu, load: load, limit: limit,
          hour: column % WeekProfile.hourCount,
          isLimitedByStart: roster.capacity[host][resource] != limit,
          holders: replay.holders(ofColumn: column, on: host, at: instant))))
  }

  private func note(
    _ load: [Int64], _ host: Int, _ instant: Double, _ peaks: inout [VerdictFacts.Peak?]
  ) {
    guard let hours = replay.roster.hours else { return }
    for (position, resource) in hours.resources.enumerated() {
      let first = position * WeekProfile.hourCount
      let most = load[first..<first + WeekProfile.hourCount].max() ?? 0
      guard most > 0, let limit = replay.roster.capacity[host][resource], limit > 0 else { continue }
      let peak = VerdictFacts.Peak(
        resource: resource, host: replay.roster.hosts[host].id, load: most, capacity: limit,
        instantSeconds: instant)
      if let known = peaks[position], known.utilisation >= peak.utilisation { continue }
      peaks[position] = peak
    }
  }
}
