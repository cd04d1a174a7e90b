import StowageCosts
import StowageFleet
import StowageModel
import StowageReports

// With which VMs stopped a plan was found, and what that costs.
extension NoPlanWords {
  func offer(_ vms: [Int], moves: Int) -> NoPlan.StopOffer {
    NoPlan.StopOffer(
      vms: vms.map { fleet.vms[$0].id }, moves: moves,
      pauseMilliseconds: vms.compactMap(stopAndStart).reduce(0, +))
  }

  func sentence(_ offer: NoPlan.StopOffer, of vms: [Int]) -> String {
    let memory = Units.gibibytes(fromMiB: vms.reduce(0) { $0 + fleet.vms[$1].memoryMiB })
    let (it, ones) = vms.count == 1 ? ("it is", "one") : ("they are", "ones")
    return
      "suspend or stop \(names(offer.vms)) (\(memory)) until there is room again: the VMs left find "
      + "room, and a plan of \(Units.count(offer.moves, "move")) was found and verified, the stopped \(ones) moved cold "
      + "(plan again once \(it) off). Price: stopping and starting alone pauses them for "
      + "\(Units.duration(milliseconds: offer.pauseMilliseconds)) in all, beside the time that they are left off"
  }

  /// All of them, as whoever stops them needs it; of very many the first.
  private func names(_ vms: [VM.ID]) -> String {
    let shown = vms.prefix(24).map { quoted($0.rawValue) }.joined(separator: ", ")
    return vms.count > 24 ? "\(shown) and \(vms.count - 24) more" : shown
  }

  /// The pause of a VM that is shut down and started elsewhere with its disks shared, in ms.
  private func stopAndStart(_ vm: Int) -> Double? {
    var machine = fleet.vms[vm]
    machine.maxDowntimeMilliseconds = nil
    let forecast = MigrationModel(engine: MigrationEngine.of(request.options)).forecast(
      machine, technique: .cold, storage: .none,
      path: MigrationPath(payloadMiBPerSecond: PayloadRate.whenUnknown))
    return forecast.isPossible ? forecast.planned.estimate.downtimeMilliseconds : nil
  }
}
