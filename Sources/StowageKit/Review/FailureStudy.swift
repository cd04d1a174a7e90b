import LinearOptimization
import StowageFleet
import StowageModel
import StowagePlacement
import StowageReports

/// Plays failures of hosts, pairs of hosts, racks and sites through.
struct FailureStudy {
  /// Pairs of hosts are all looked at up to this many hosts of a cluster, above it those of the fullest.
  private static let hostsForAllPairs = 16
  private static let fullestForPairs = 8

  private let fleet: Fleet
  private let within: Refit
  private let anywhere: Refit
  private let start: FleetState
  private let runningOn: [[Int]]
  private let prover: EvacuationProver

  init(_ inventory: Inventory, options: PlanOptions, prover: EvacuationProver) {
    let fleet = Fleet(Self.running(inventory), options: options)
    self.fleet = fleet
    self.prover = prover
    within = Refit(fleet, staysWithinClusters: true)
    anywhere = Refit(fleet, staysWithinClusters: false)
    start = FleetState(fleet)
    var runningOn = [[Int]](repeating: [], count: fleet.hosts.count)
    for (vm, host) in fleet.start.enumerated() { runningOn[host].append(vm) }
    self.runningOn = runningOn
  }

  /// The inventory as a failure leaves it to be judged: what is off needs no room, and nothing is kept
  /// from restarting elsewhere because it could not have moved while it ran.
  static func running(_ inventory: Inventory) -> Inventory {
    var result = inventory
    result.vms = inventory.vms.filter { $0.powerState == .on }.map {
      var vm = $0
      vm.isMovable = nil
      return vm
    }
    result.rules = inventory.rules.filter {
      switch $0.requirement {
      case .stay, .drain, .failover: false
      // What speaks of placement stays; what speaks of moving or of failures says nothing here.
      default: true
      }
    }
    return result
  }

  /// The outcomes, clusters in order, then racks and sites of the whole fleet.
  func outcomes() -> [Review.FailureOutcome] {
    var outcomes: [Review.FailureOutcome] = []
    let clusters = Dictionary(grouping: fleet.hosts.indices.filter(isOn)) { fleet.hosts[$0].cluster ?? "" }
    for (name, hosts) in clusters.sorted(by: { $0.key < $1.key }) where hosts.count > 1 {
      let place = name.isEmpty ? "no cluster" : name
      outcomes.append(study(place, "any one host", hosts.map { [$0] }, all: hosts.count, within))
      guard hosts.count > 2 else { continue }
      let count = hosts.count * (hosts.count - 1) / 2
      outcomes.append(study(place, "any two hosts", pairs(hosts), all: count, within))
    }
    for (scope, event) in [(Scope.rack, "any one rack"), (.site, "any one site")] {
      let domains = Dictionary(grouping: fleet.hosts.indices.filter(isOn)) { fleet.hosts[$0].domain(scope) }
        .compactMap { name, hosts in name.map { (name: $0, hosts: hosts) } }.sorted { $0.name < $1.name }
      guard domains.count > 1 else { continue }
      outcomes.append(
        study(
          "fleet", event, domains.map(\.hosts), all: domains.count, scope == .rack ? within : anywhere,
          labels: domains.map(\.name)))
    }
    return outcomes
  }

  private func isOn(_ host: Int) -> Bool { fleet.hosts[host].state == .online }

  private func pairs(_ hosts: [Int]) -> [[Int]] {
    let chosen =
      hosts.count <= Self.hostsForAllPairs
      ? hosts
      : Array(
        hosts.sorted {
          let (left, right) = (start.load[$0][.memory], start.load[$1][.memory])
          return left != right ? left > right : $0 < $1
        }.prefix(Self.fullestForPairs)
      ).sorted()
    return chosen.indices.flatMap { first in
      chosen.indices.dropFirst(first + 1).map { [chosen[first], chosen[$0]] }
    }
  }

  private func study(
    _ place: String, _ event: String, _ cases: [[Int]], all: Int, _ refit: Refit, labels: [String]? = nil
  ) -> Review.FailureOutcome {
    var survived = 0
    var worst: (index: Int, homeless: [Int], memory: Int64)?
    var tightest: (index: Int, memory: Int64)?
    for (index, failed) in cases.enumerated() {
      let stranded = failed.flatMap { runningOn[$0] }
      let homeless = refit.place(stranded, barring: Set(failed), in: start).homeless
      let memory = homeless.reduce(0) { $0 + fleet.demand[$1][.memory] }
      let moved = stranded.reduce(0) { $0 + fleet.demand[$1][.memory] }
      if homeless.isEmpty {
        survived += 1
        if tightest.map({ moved > $0.memory }) ?? true { tightest = (index, moved) }
      } else if worst.map({ memory > $0.memory }) ?? true {
        worst = (index, homeless, memory)
      }
    }
    let index = worst?.index ?? tightest?.index
    let name = index.map { index in
      labels.map { VisibleText.name($0[index]) }
        ?? cases[index].map { VisibleText.name(fleet.hosts[$0].id.rawValue) }.joined(separator: ", ")
    }
    var isProved = false
    if let worst {
      // The worst case is worth a proof: the engine may also find the placement that the trial missed.
      switch prover.canEmpty(
        cases[worst.index].map { fleet.hosts[$0].id }, withinClusters: refit.staysWithinClusters)
      {
      case .some(false): isProved = true
      case .some(true), .none: break
      }
    }
    return Review.FailureOutcome(
      place: place, event: event, cases: cases.count, allCases: all, survived: survived, worst: name ?? "–",
      worstStranded: worst?.homeless.count ?? 0, worstStrandedMiB: Double(worst?.memory ?? 0) / 1024,
      isProved: isProved)
  }
}
