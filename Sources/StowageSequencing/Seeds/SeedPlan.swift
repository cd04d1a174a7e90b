import StowageCosts
import StowageFleet
import StowageModel

/// Which VMs have their disks copied ahead of a cold move, and what of ports and links that may take.
///
/// Seeded are VMs whose disks cross and that may be stopped for what is left: the rest moves as it would without.
struct SeedPlan {
  /// A VM with its copy ahead.
  struct Seeded {
    let vm: Int
    let from: Int
    let to: Int
    let route: [Int]
    let diskMiB: Double
    let changeMiBPerSecond: Double
    let deltaMiB: Double
    /// The VM as the cost model sees it at its cut-over: its disks are what changed since the last round.
    let rest: VM
    /// Whether a copy that is kept for recovery is there anyway, so that none is made.
    let isThere: Bool
  }

  let policy: SeedPolicy
  /// By VM.
  private(set) var seeded: [Int: Seeded] = [:]
  /// What seeds may take of each channel of their ways, in tenths of MiB/s.
  private(set) var share: [Int: Int] = [:]

  /// The seeds for a placement, on what copies that are kept for recovery leave of ports and links.
  init(
    _ policy: SeedPolicy, _ fleet: Fleet, placement: [Int], forecaster: any MoveForecasting,
    protection: ProtectionPlan? = nil
  ) {
    self.policy = policy
    let routes = RouteTable(fleet, taken: protection?.taken ?? [:])
    for vm in fleet.vms.indices where placement[vm] != fleet.start[vm] {
      guard let route = routes.route(from: fleet.start[vm], to: placement[vm]),
        let found = Self.seeded(
          vm, to: placement[vm], route, policy, fleet, forecaster, routes,
          copyInterval: protection?.guarded[vm].flatMap { $0.before == placement[vm] ? $0.interval : nil })
      else { continue }
      seeded[vm] = found
      for channel in route where !found.isThere {
        share[channel] = Int(Double(routes.capacityTenths[channel]) * policy.sharePercent / 100)
      }
    }
  }

  private static func seeded(
    _ vm: Int, to host: Int, _ route: [Int], _ policy: SeedPolicy, _ fleet: Fleet,
    _ forecaster: any MoveForecasting, _ routes: RouteTable, copyInterval: Double?
  ) -> Seeded? {
    let (machine, source, target) = (fleet.vms[vm], fleet.hosts[fleet.start[vm]], fleet.hosts[host])
    guard forecaster.facts(machine, from: source, to: target, by: Manner(.cold))?.storage == .full else {
      return nil
    }
    let subject = MigrationSubject(machine)
    let delta = min(
      subject.diskMiB, subject.diskChangeMiBPerSecond * (copyInterval ?? policy.intervalSeconds))
    let share =
      Tenths.mibPerSecond(route.map { routes.capacityTenths[$0] }.min() ?? 0) * policy.sharePercent / 100
    // Where all of the disk changes between two rounds there is nothing to gain; a copy without end has to be told.
    guard delta < subject.diskMiB || copyInterval == nil && subject.diskChangeMiBPerSecond >= share else {
      return nil
    }
    let rest = machine.withDisks(ofMiB: delta)
    guard forecaster.cold(rest, from: source, to: target, on: routes.path(route)) != nil else { return nil }
    return Seeded(
      vm: vm, from: fleet.start[vm], to: host, route: route, diskMiB: subject.diskMiB,
      changeMiBPerSecond: subject.diskChangeMiBPerSecond, deltaMiB: delta, rest: rest,
      isThere: copyInterval != nil)
  }

  /// What seeds may take of all of a route, in MiB/s.
  func rate(_ route: [Int]) -> Double {
    Tenths.mibPerSecond(route.compactMap { share[$0] }.min() ?? 0)
  }

  /// VMs whose disks change as fast as their share carries them: their seeds would never end.
  ///
  /// The worst comes first.
  var endless: [Seeded] {
    seeded.values.filter { !$0.isThere && $0.changeMiBPerSecond >= rate($0.route) }.sorted {
      ($0.changeMiBPerSecond / rate($0.route), $1.vm) > ($1.changeMiBPerSecond / rate($1.route), $0.vm)
    }
  }
}

extension VM {
  /// The VM with so much on its disks.
  fileprivate func withDisks(ofMiB mib: Double) -> VM {
    var rest = self
    rest.diskUsedGiB = mib / 1024
    return rest
  }
}
