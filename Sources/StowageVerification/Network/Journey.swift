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
        forecast: forecast(vm.after(move.seed), move, storage, path ?? []))
    }
  }

  private func forecast(
    _ vm: VM, _ move: Move, _ storage: StorageCopy, _ path: [Channels.Channel]
  ) -> Forecast? {
    let rate = move.rateMiBPerSecond
    guard rate.isFinite, rate >= 0 else { return nil }
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

extension VM {
  /// The VM as a move finds it for which a seed has left so much to send.
  func after(_ seed: Seed?) -> VM {
    guard let seed else { return self }
    var rest = self
    rest.diskUsedGiB = seed.deltaMiB / 1024
    return rest
  }
}
