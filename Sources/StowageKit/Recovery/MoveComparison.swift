import StowageCosts
import StowageFleet
import StowageModel
import StowagePlacement
import StowageReports

/// What it would take to move the same VMs to where their copies are, once and for good.
struct MoveComparison {
  private let problem: RecoveryProblem
  private let inventory: Inventory
  private let chooser: TechniqueChooser

  init(_ problem: RecoveryProblem, _ inventory: Inventory, _ platform: Platform) {
    self.problem = problem
    self.inventory = inventory
    chooser = TechniqueChooser(engine: .of(platform))
  }

  func figures(_ plan: RecoveryPlan) -> RecoveryInput.Moves {
    let fleet = problem.fleet
    let vms = Dictionary(uniqueKeysWithValues: fleet.vms.indices.map { (fleet.vms[$0].id, $0) })
    let hosts = Dictionary(uniqueKeysWithValues: fleet.hosts.indices.map { (fleet.hosts[$0].id, $0) })
    var moves = RecoveryInput.Moves()
    for replica in plan.replicas {
      guard let vm = vms[replica.vm], let host = hosts[replica.host],
        let path = path(from: fleet.start[vm], to: host),
        let choice = chooser.choose(
          vm: fleet.vms[vm], from: fleet.hosts[fleet.start[vm]], to: fleet.hosts[host], path: path)
      else {
        moves.impossible += 1
        continue
      }
      moves.byTechnique[choice.technique, default: 0] += 1
      moves.dataMiB += choice.forecast.sentMiB
      moves.longestPauseSeconds = max(moves.longestPauseSeconds, choice.forecast.downtimeSeconds)
    }
    return moves
  }

  private func path(from source: Int, to target: Int) -> MigrationPath? {
    let network = problem.fleet.network
    guard let route = network.route(from: source, to: target) else { return nil }
    let gbps = route.compactMap { network.channels[$0].gbps }.min()
    var path = MigrationPath(
      payloadMiBPerSecond: gbps.map(PayloadRate.mibPerSecond) ?? PayloadRate.whenUnknown,
      isStretched: network.isStretched(route))
    if let trip = network.roundTripMilliseconds(of: route) { path.roundTripMilliseconds = trip }
    return path
  }
}
