import StowageCosts
import StowageModel

/// Whether VM, hosts and platform allow the technique of every move and what helps it along, the move comes to an end, and
/// its pause is one that the VM's users bear.
struct TechniqueCheck {
  let engine: MigrationEngine
  let aids: AidAdmission

  func run(_ journeys: [Journey]) -> [Finding] {
    journeys.flatMap { journey in
      facts(journey).map { Finding(at: journey.movement.start, .move(journey.move.id), .target($0)) }
    }
  }

  private func facts(_ journey: Journey) -> [TargetFact] {
    let (move, vm) = (journey.move, journey.vm)
    if let because = Admission.pinned(vm, on: engine.platform) {
      return [.immovable(move.id, vm.id, because: because)]
    }
    let admission = Admission(vm, from: journey.source, to: journey.target, on: engine.platform)
    if let because = admission.objection(to: move.technique) {
      return [.technique(move.id, vm.id, move.technique, because: because)]
    }
    if let because = aids.objection(to: move) {
      return [.technique(move.id, vm.id, move.technique, because: because)]
    }
    if move.technique.isLive, let because = farAway(journey) {
      return [.technique(move.id, vm.id, move.technique, because: because)]
    }
    return journey.forecast.map { promises(journey, $0) } ?? []
  }

  /// What the way to the target means for a VM that runs.
  private func farAway(_ journey: Journey) -> String? {
    let most: Double? =
      switch engine.platform {
      case .vmware: 150
      case .proxmox: 5
      case .libvirt, .hyperv, .openstack, .ganeti, .xcpng, .kubevirt: nil
      }
    if let most, let trip = journey.roundTripMilliseconds, trip > most {
      return
        "the round trip is \(Words.number(trip, decimals: 1)) ms, and at most \(Words.number(most)) ms are supported"
    }
    return journey.endsNetworks ? "its network ends at a link on the way" : nil
  }

  private func promises(_ journey: Journey, _ forecast: Forecast) -> [TargetFact] {
    let (move, vm) = (journey.move, journey.vm)
    guard forecast.isPossible else {
      return [.endless(move.id, vm.id, move.technique, rate: move.rateMiBPerSecond)]
    }
    let milliseconds = forecast.downtimeSeconds * 1000
    guard let limit = vm.maxDowntimeMilliseconds, limit >= 0, milliseconds > limit + 1e-6 else { return [] }
    return [.downtime(move.id, vm.id, milliseconds: milliseconds, limit: limit)]
  }
}
