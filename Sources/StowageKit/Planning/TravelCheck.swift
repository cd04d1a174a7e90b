import StowageCosts
import StowageFleet
import StowageModel

/// Whether some technique can bring a VM from where it starts to a host, within hours in which it may move.
///
/// Most VMs have nothing that could be in the way, and are answered without a forecast.
struct TravelCheck: Sendable {
  private let fleet: Fleet
  private let chooser: TechniqueChooser
  private let isPlain: [Bool]

  init(fleet: Fleet, engine: MigrationEngine) {
    self.fleet = fleet
    chooser = TechniqueChooser(engine: engine)
    let hours = MoveTimes(fleet, engine: engine)
    isPlain = fleet.vms.enumerated().map { index, vm in
      vm.blockers.isEmpty && vm.allowedTechniques == nil && vm.maxDowntimeMilliseconds == nil
        && vm.maxLossProbability == nil && vm.maxSlowdownSeconds == nil && hours.surelySuffice(index)
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
    guard let path = fleet.migrationPath(from: start, to: host) else { return false }
    return chooser.choose(
      vm: fleet.vms[vm], from: fleet.hosts[start], to: fleet.hosts[host], path: path,
      mostSeconds: fleet.longestMoveSeconds(of: vm)) != nil
  }
}

extension Fleet {
  /// The way between two hosts at the whole bandwidth of its narrowest part; `nil` when no links join them.
  func migrationPath(from source: Int, to target: Int) -> MigrationPath? {
    guard let route = network.route(from: source, to: target) else { return nil }
    let gbps = route.compactMap { network.channels[$0].gbps }.min()
    var path = MigrationPath(
      payloadMiBPerSecond: gbps.map(PayloadRate.mibPerSecond) ?? PayloadRate.whenUnknown)
    if let roundTrip = network.roundTripMilliseconds(of: route) { path.roundTripMilliseconds = roundTrip }
    path.isStretched = network.isStretched(route)
    return path
  }

  /// How long a move may last by rules of hours and dates, in s; `nil` where none says, or where disks are copied ahead
  /// and only their rest is left to the move.
  func longestMoveSeconds(of vm: Int) -> Double? {
    guard options.waves?.seeding == nil, options.protection == nil else { return nil }
    return timeRules.calendar.longestSeconds(of: vm)
  }
}

/// Whether hours are long enough for any move.
private struct MoveTimes: Sendable {
  private let fleet: Fleet
  private let model: MigrationModel
  /// Of the slowest part of any way.
  private let slowest: MigrationPath

  init(_ fleet: Fleet, engine: MigrationEngine) {
    self.fleet = fleet
    model = MigrationModel(engine: engine)
    let rates = fleet.network.channels.compactMap(\.gbps).map(PayloadRate.mibPerSecond)
    slowest = MigrationPath(payloadMiBPerSecond: rates.reduce(PayloadRate.whenUnknown, min))
  }

  /// Whether a stop and a start fit in, even with all disks over the slowest way.
  func surelySuffice(_ vm: Int) -> Bool {
    guard let most = fleet.longestMoveSeconds(of: vm) else { return true }
    let cold = model.forecast(fleet.vms[vm], technique: .cold, storage: .full, path: slowest)
    return cold.totalSeconds <= most
  }
}
