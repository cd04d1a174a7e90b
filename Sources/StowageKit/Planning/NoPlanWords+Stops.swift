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
    let (are, go) = vms.count == 1 ? ("it is", "one goes") : ("they are", "ones go")
    return
      "suspend or stop \(names(offer.vms)) (\(memory)) until there is room again. Price: a pause of "
      + "\(Units.duration(milliseconds: offer.pauseMilliseconds)) in all for stopping and starting, beside the time that "
      + "\(are) left off. The VMs left find room: a plan of \(Units.count(offer.moves, "move")) was found and verified, in "
      + "which the stopped \(go) cold where hosts are emptied (plan again once \(are) off)"
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
