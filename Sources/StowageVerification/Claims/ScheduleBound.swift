import StowageCosts
import StowageModel

/// A bound on the makespan of any schedule that brings every VM directly from where it starts to
/// where it ends, by the techniques that the plan moves it by, with the same aids.
///
/// Written from the guide *Proofs* ("The shortest schedule"), for the verifier alone. No schedule is
/// shorter than the journey of any VM with what must come before and after it; than what a port or link needs
/// for all that must pass it; or than the time in slots of a host or the fleet against their number.
struct ScheduleBound {
  private let model: MigrationModel
  private let channels: Channels

  init(model: MigrationModel, channels: Channels) {
    self.model = model
    self.channels = channels
  }

  func seconds(_ replay: Replay, _ plan: Plan) -> Double {
    var passages = passages(replay, plan)
    if replay.movementsOfVM.values.allSatisfy({ $0.count == 1 }) { setWaits(&passages, replay) }
    let slowest = passages.map { $0.before + $0.shortest + $0.after }.max() ?? 0
    var users: [Channels.Channel: [Passage]] = [:]
    for passage in passages {
      for channel in passage.path { users[channel, default: []].append(passage) }
    }
    var busiest = 0.0
    for (channel, users) in users {
      guard let rate = channels.payload(channel), rate > 0 else { continue }
      busiest = max(busiest, ThroughputBound(users, rate: rate).seconds)
    }
    var slots = SlotTime(model.engine.concurrency)
    for passage in passages { slots.add(passage.slotSeconds, from: passage.from, to: passage.to) }
    return max(slowest, busiest, slots.longest) + pauses(plan)
  }

  /// Between waves that were asked for nothing moves until they are validated.
  private func pauses(_ plan: Plan) -> Double {
    guard let policy = plan.options.waves else { return 0 }
    return Double(max(0, Set(plan.moves.map(\.wave)).count - 1)) * policy.validationSeconds
  }

  /// One for each VM that ends elsewhere than it starts, by VM.
  func passages(_ replay: Replay, _ plan: Plan) -> [Passage] {
    var channels = channels
    var tables = TrafficTables(model: model)
    var passages: [Passage] = []
    let left = CopiedDisks(plan)
    for vm in replay.movementsOfVM.keys.sorted() {
      guard let from = replay.roster.startHost[vm], let to = replay.endHost[vm], from != to,
        let path = channels.path(from: from, to: to)
      else { continue }
      let whole = channels.migrationPath(path, rate: channels.payload(of: path))
      let own = replay.movementsOfVM[vm] ?? []
      let moves = own.map { plan.moves[replay.movements[$0].position] }
      guard let shown = moves.first(where: { $0.seed != nil }) ?? moves.first else { continue }
      let machine = left.machine(replay.roster.vms[vm], shown)
      let (source, target) = (replay.roster.hosts[from], replay.roster.hosts[to])
      let admission = Admission(machine, from: source, to: target, on: model.engine.platform)
      let storage: StorageCopy = admission.disksTravel ? .full : .none
      let manners = Set(moves.map(Manner.init))
      let mayStop = manners.contains { $0.technique == .cold }
      var passage = Passage(vm: vm, from: from, to: to, path: path, mayStop: mayStop)
      for manner in manners {
        guard admission.objection(to: manner.technique) == nil,
          let table = tables.table(machine, manner, storage, whole)
        else { continue }
        passage.tables.append(table)
        let slots = Double(model.engine.concurrency.slots(manner.technique, storage: storage))
        passage.slotSeconds = min(passage.slotSeconds, slots * table.shortest)
      }
      if !passage.tables.isEmpty { passages.append(passage) }
    }
    return passages
  }

  /// What must come before and after each passage for want of room.
  private func setWaits(_ passages: inout [Passage], _ replay: Replay) {
    let roster = replay.roster
    var endLoad = roster.startLoad
    for passage in passages {
      endLoad[passage.from] -= roster.demand[passage.vm]
      endLoad[passage.to] += roster.demand[passage.vm]
    }
    let before = RoomWaits(
      passages, demand: roster.demand, isForward: true,
      room: { host, resource in roster.ceiling(host, resource).map { $0 - roster.startLoad[host][resource] }
      },
      port: { channels.payload(.out(host: $0)) }
    ).seconds()
    let after = RoomWaits(
      passages, demand: roster.demand, isForward: false,
      room: { host, resource in roster.ceiling(host, resource).map { $0 - endLoad[host][resource] } },
      port: { channels.payload(.into(host: $0)) }
    ).seconds()
    for index in passages.indices {
      passages[index].before = before[index]
      passages[index].after = after[index]
    }
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
