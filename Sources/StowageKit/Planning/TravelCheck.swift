import StowageCosts
import StowageFleet
import StowageModel

/// Whether some technique can bring a VM from where it starts to a host.
///
/// Most VMs have nothing that could be in the way, and are answered without a forecast.
struct TravelCheck: Sendable {
  private let fleet: Fleet
  private let chooser: TechniqueChooser
  private let isPlain: [Bool]

  init(fleet: Fleet, engine: MigrationEngine) {
    self.fleet = fleet
    chooser = TechniqueChooser(engine: engine)
    isPlain = fleet.vms.map {
      $0.blockers.isEmpty && $0.allowedTechniques == nil && $0.maxDowntimeMilliseconds == nil
        && $0.maxLossProbability == nil
    }
    hindersNobody = isPlain.allSatisfy { $0 }
  }

  /// Whether this holds for every VM.
  let hindersNobody: Bool

  /// Whether nothing but the way itself can keep a VM from a host.
  func isUnhindered(_ vm: Int) -> Bool { isPlain[vm] }

  func canTravel(_ vm: Int, to host: Int) -> Bool {
    let start = fleet.start[vm]
    guard start != host else { return true }
    if isPlain[vm] { return fleet.network.connects(start, host) }
    guard let route = fleet.network.route(from: start, to: host) else { return false }
    let gbps = route.compactMap { fleet.network.channels[$0].gbps }.min()
    var path = MigrationPath(
      payloadMiBPerSecond: gbps.map(PayloadRate.mibPerSecond) ?? PayloadRate.whenUnknown)
    if let roundTrip = fleet.network.roundTripMilliseconds(of: route) {
      path.roundTripMilliseconds = roundTrip
    }
    path.isStretched = fleet.network.isStretched(route)
    return chooser.choose(vm: fleet.vms[vm], from: fleet.hosts[start], to: fleet.hosts[host], path: path)
      != nil
  }
}
