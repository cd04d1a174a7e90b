import StowageModel

/// Replays the load of every host: no resource above its capacity at any instant, unless it was at
/// the start, and then never by more than at the start.
struct CapacityCheck {
  /// A resource of a host goes above its ceiling.
  private struct Breach {
    let host: Int
    let resource: Resource
    let instant: Double
    let load: Int64
    let limit: Int64
  }

  /// Of how many findings the holders are listed.
  private static let detailed = 200

  private let replay: Replay
  private let cpu: CPUCounting
  /// Those of which hours make no difference; the others are for ``HourlyCapacityCheck``.
  private let resources: [Resource]
  private var breaches: [Breach] = []
  private var peaks = Peaks()

  init(_ replay: Replay, cpu: CPUCounting) {
    self.replay = replay
    self.cpu = cpu
    resources = replay.roster.steadyResources
  }

  mutating func run() -> (findings: [Finding], peaks: [VerdictFacts.Peak]) {
    for host in replay.roster.hosts.indices { sweep(host) }
    breaches.sort { ($0.instant, $0.host, $0.resource.index) < ($1.instant, $1.host, $1.resource.index) }
    let findings = breaches.enumerated().map { finding($1, isDetailed: $0 < Self.detailed) }
    return (findings, peaks.list(replay.roster))
  }

  /// Applies all that happens at one instant before it looks: what is released at an instant is
  /// free for what is reserved at the same.
  private mutating func sweep(_ host: Int) {
    var load = replay.roster.startLoad[host]
    peaks.note(load, on: host, at: 0, capacity: replay.roster.capacity[host])
    var isAbove: Set<Resource> = []
    let steps = Self.steps(
      replay.chargesOnHost[host] + replay.keptOnHost[host], demand: replay.roster.demand)
    var next = 0
    while next < steps.count {
      let instant = steps[next].instant
      while next < steps.count, steps[next].instant == instant {
        load += steps[next].change
        next += 1
      }
      judge(load, on: host, at: instant, isAbove: &isAbove)
      peaks.note(load, on: host, at: instant, capacity: replay.roster.capacity[host])
    }
  }

  private static func steps(
    _ charges: [Charge], demand: [Amounts]
  ) -> [(instant: Double, change: Amounts)] {
    var steps: [(instant: Double, change: Amounts)] = []
    for charge in charges {
      if charge.from.isFinite { steps.append((charge.from, demand[charge.vm])) }
      if charge.until.isFinite { steps.append((charge.until, .zero - demand[charge.vm])) }
    }
    return steps.sorted { $0.instant < $1.instant }
  }

  /// A new finding only where a resource rises above its ceiling, not at every later step above it.
  private mutating func judge(
    _ load: Amounts, on host: Int, at instant: Double, isAbove: inout Set<Resource>
  ) {
    for resource in resources {
      guard let limit = replay.roster.ceiling(host, resource), load[resource] > limit else {
        isAbove.remove(resource)
        continue
      }
      if isAbove.insert(resource).inserted {
        breaches.append(
          Breach(host: host, resource: resource, instant: instant, load: load[resource], limit: limit))
      }
    }
  }

  private func finding(_ breach: Breach, isDetailed: Bool) -> Finding {
    let host = replay.roster.hosts[breach.host].id
    let capacity = replay.roster.capacity[breach.host][breach.resource]
    let holders = isDetailed ? replay.holders(of: breach.resource, on: breach.host, at: breach.instant) : []
    return Finding(
      at: breach.instant, .host(host),
      .capacity(
        CapacityFact(
          host: host, resource: breach.resource, cpu: cpu, load: breach.load, limit: breach.limit,
          isLimitedByStart: capacity != breach.limit, holders: holders)))
  }
}

/// The highest utilisation of each resource.
private struct Peaks {
  private struct Peak {
    let host: Int
    let load: Int64
    let capacity: Int64
    let instant: Double
    var utilisation: Double { Double(load) / Double(capacity) }
  }

  private var highest = [Peak?](repeating: nil, count: Resource.allCases.count)

  mutating func note(_ load: Amounts, on host: Int, at instant: Double, capacity: Capacity) {
    for resource in Resource.allCases where load[resource] > 0 {
      guard let limit = capacity[resource], limit > 0 else { continue }
      let peak = Peak(host: host, load: load[resource], capacity: limit, instant: instant)
      if let known = highest[resource.index], known.utilisation >= peak.utilisation { continue }
      highest[resource.index] = peak
    }
  }

  func list(_ roster: Roster) -> [VerdictFacts.Peak] {
    Resource.allCases.compactMap { resource in
      highest[resource.index].map { peak in
        VerdictFacts.Peak(
          resource: resource, host: roster.hosts[peak.host].id, load: peak.load, capacity: peak.capacity,
          instantSeconds: peak.instant)
      }
    }
  }
}
