import StowageCosts
import StowageModel

/// A movement with the way that it takes and what the cost model says about it.
struct Journey {
  let movement: Movement
  let move: Move
  let vm: VM
  let source: Host
  let target: Host
  /// `nil` when there is no way between the hosts.
  let path: [Channels.Channel]?
  /// The round trip of its links in ms; `nil` where none states one.
  let roundTripMilliseconds: Double?
  /// Whether a link of it says that guest networks end there.
  let endsNetworks: Bool
  /// Whether the disks travel too, ahead or with the move.
  let storage: StorageCopy
  /// At the stated rate; `nil` when the rate is no number.
  let forecast: Forecast?
}

/// Looks up everything about the movements of a replay.
struct JourneyReader {
  let model: MigrationModel
  let channels: Channels
  let roster: Roster

  /// The journeys of a replay, in its order.
  func journeys(_ replay: Replay, _ plan: Plan) -> [Journey] {
    var channels = channels
    let left = CopiedDisks(plan)
    return replay.movements.map { movement in
      let (vm, source, target) = (
        roster.vms[movement.vm], roster.hosts[movement.from], roster.hosts[movement.to]
      )
      let admission = Admission(vm, from: source, to: target, on: model.engine.platform)
      let storage: StorageCopy = admission.disksTravel ? .full : .none
      let move = plan.moves[movement.position]
      let path = channels.path(from: movement.from, to: movement.to)
      return Journey(
        movement: movement, move: move, vm: vm, source: source, target: target, path: path,
        roundTripMilliseconds: path.flatMap(channels.roundTripMilliseconds),
        endsNetworks: path.map(channels.endsNetworks) ?? false, storage: storage,
        forecast: forecast(left.machine(vm, move), move, storage, path ?? []))
    }
  }

  private func forecast(
    _ vm: VM, _ move: Move, _ storage: StorageCopy, _ path: [Channels.Channel]
  ) -> Forecast? {
    let rate = move.rateMiBPerSecond
    guard rate.isFinite, rate >= 0 else { return nil }
    let model = model.aided(by: move.aid, vm)
    let stated = model.forecast(
      vm, technique: move.technique, storage: storage, path: channels.migrationPath(path, rate: rate))
    guard rate == 0, !stated.isPossible else { return stated }
    // Rate 0 stands for "nothing is copied", for which the path's own rate is as good as any.
    let whole = model.forecast(
      vm, technique: move.technique, storage: storage,
      path: channels.migrationPath(path, rate: channels.payload(of: path)))
    return whole.sentMiB == 0 ? whole : stated
  }
}

/// What seeds, and copies that are kept at the targets of moves, have left of disks to send.
struct CopiedDisks {
  private let deltas: [VM.ID: Double]

  init(_ plan: Plan) {
    deltas = Dictionary(
      plan.protections.compactMap { own in own.deltaMiB.map { (own.vm, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The VM as a move finds it.
  func machine(_ vm: VM, _ move: Move) -> VM {
    guard let left = move.seed?.deltaMiB ?? deltas[vm.id] else { return vm }
    var rest = vm
    rest.diskUsedGiB = left / 1024
    return rest
  }
}
