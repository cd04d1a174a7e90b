import StowageCosts
import StowageModel

/// A bound on the makespan of any schedule of a plan's moves, and what sets it.
///
/// Every move is given the least time and the least traffic of all techniques that are possible
/// for it at the full rate of its path. Then no schedule is shorter than: all moves of one VM, one
/// after the other; what leaves a host, what enters it and what crosses a link, each against its
/// payload rate; the time in slots of a host or the fleet against their number.
struct ScheduleBound {
  private struct Least {
    var seconds: Double
    var sentMiB: Double
    /// Slots times seconds.
    var slotSeconds: Double
  }

  private let model: MigrationModel
  private let channels: Channels

  init(model: MigrationModel, channels: Channels) {
    self.model = model
    self.channels = channels
  }

  func seconds(_ journeys: [Journey]) -> Double {
    var timeOfVM: [Int: Double] = [:]
    var traffic: [Channels.Channel: Double] = [:]
    var slots = SlotTime(model.engine.concurrency)
    for journey in journeys {
      guard let path = journey.path, let least = least(journey, path) else { continue }
      timeOfVM[journey.movement.vm, default: 0] += least.seconds
      for channel in path { traffic[channel, default: 0] += least.sentMiB }
      slots.add(least.slotSeconds, from: journey.movement.from, to: journey.movement.to)
    }
    let slowest = timeOfVM.values.max() ?? 0
    let busiest =
      traffic.compactMap { channel, sent in
        channels.payload(channel).map { sent > 0 ? sent / $0 : 0 }
      }.max() ?? 0
    return max(slowest, busiest, slots.longest)
  }

  private func least(_ journey: Journey, _ path: [Channels.Channel]) -> Least? {
    let verdicts = Feasibility.verdicts(
      vm: journey.vm, from: journey.source, to: journey.target, engine: model.engine)
    let whole = channels.migrationPath(path, rate: channels.payload(of: path))
    var least: Least?
    for technique in Technique.allCases {
      guard let storage = verdicts[technique]?.storage else { continue }
      let forecast = model.forecast(journey.vm, technique: technique, storage: storage, path: whole)
      guard forecast.isPossible else { continue }
      let slots = Double(model.engine.concurrency.slots(technique, storage: storage))
      let known = least ?? Least(seconds: .infinity, sentMiB: .infinity, slotSeconds: .infinity)
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
