import StowageCosts
import StowageModel

/// A bound on the makespan of any schedule that brings every VM from where it starts to where it
/// ends.
///
/// Every VM that changes its host is given the least time and the least traffic of all techniques
/// that are possible for its direct move at the full rate of the path. Then no schedule is shorter
/// than: the move of any VM; what leaves a host, what enters it and what crosses a link, each
/// against its payload rate; the time in slots of a host or the fleet against their number.
struct ScheduleBound {
  private struct Least {
    var seconds = Double.infinity
    var sentMiB = Double.infinity
    /// Slots times seconds.
    var slotSeconds = Double.infinity
  }

  private let model: MigrationModel
  private let channels: Channels

  init(model: MigrationModel, channels: Channels) {
    self.model = model
    self.channels = channels
  }

  func seconds(_ replay: Replay) -> Double {
    var channels = channels
    var slowest = 0.0
    var traffic: [Channels.Channel: Double] = [:]
    var slots = SlotTime(model.engine.concurrency)
    for vm in replay.movementsOfVM.keys.sorted() {
      guard let from = replay.roster.startHost[vm], let to = replay.endHost[vm], from != to,
        let path = channels.path(from: from, to: to),
        let least = least(replay.roster.vms[vm], replay.roster.hosts[from], replay.roster.hosts[to], path)
      else { continue }
      slowest = max(slowest, least.seconds)
      for channel in path { traffic[channel, default: 0] += least.sentMiB }
      slots.add(least.slotSeconds, from: from, to: to)
    }
    let busiest =
      traffic.compactMap { channel, sent in
        channels.payload(channel).map { sent > 0 ? sent / $0 : 0 }
      }.max() ?? 0
    return max(slowest, busiest, slots.longest)
  }

  private func least(_ vm: VM, _ source: Host, _ target: Host, _ path: [Channels.Channel]) -> Least? {
    let verdicts = Feasibility.verdicts(vm: vm, from: source, to: target, engine: model.engine)
    let whole = channels.migrationPath(path, rate: channels.payload(of: path))
    var least: Least?
    for technique in Technique.allCases {
      guard let storage = verdicts[technique]?.storage else { continue }
      let forecast = model.forecast(vm, technique: technique, storage: storage, path: whole)
      guard forecast.isPossible else { continue }
      let slots = Double(model.engine.concurrency.slots(technique, storage: storage))
      let known = least ?? Least()
      least = Least(
        seconds: min(known.seconds, forecast.totalSeconds), sentMiB: min(known.sentMiB, forecast.sentMiB),
        slotSeconds: min(known.slotSeconds, slots * forecast.totalSeconds))
    }
    return least
  }
}

/// Time that moves spend in slots.
private struct SlotTime {
  private let concurrency: Concurrency
  private var out: [Int: Double] = [:]
  private var into: [Int: Double] = [:]
  private var both: [Int: Double] = [:]
  private var fleet = 0.0

  init(_ concurrency: Concurrency) {
    self.concurrency = concurrency
  }

  mutating func add(_ slotSeconds: Double, from source: Int, to target: Int) {
    out[source, default: 0] += slotSeconds
    into[target, default: 0] += slotSeconds
    both[source, default: 0] += slotSeconds
    if target != source { both[target, default: 0] += slotSeconds }
    fleet += slotSeconds
  }

  var longest: Double {
    let sums = [
      (out.values.max(), concurrency.perHostOut), (into.values.max(), concurrency.perHostIn),
      (both.values.max(), concurrency.perHostTotal), (fleet, concurrency.fleetTotal),
    ]
    return sums.map { sum, limit in
      guard let sum, let limit, limit > 0 else { return 0 }
      return sum / Double(limit)
    }.max() ?? 0
  }
}
