import StowageFleet
import StowageModel

/// Measures a placement: the values of objectives, each as its definition says.
struct ObjectiveMeter {
  let fleet: Fleet

  init(_ fleet: Fleet) {
    self.fleet = fleet
  }

  /// The value of an objective that a placement determines; `nil` for one that is not measured here.
  func value(_ name: Objective.Name, _ placement: [Int]) -> Double? {
    switch name {
    case .brokenRules: 0
    case .hostsOn: Double(hostsOn(placement))
    case .powerWatts: expense(placement, .power)
    case .costPerMonth: expense(placement, .cost)
    case .moves: Double(moves(placement))
    case .movedMiB: movedMiB(placement)
    case .maxUtilisation: maxUtilisation(placement)
    case .utilisationStandardDeviation: utilisationStandardDeviation(placement)
    case .loadSpread: loadSpread(placement)
    case .targetExcess: targetExcess(placement)
    default: nil
    }
  }

  /// Hosts that hold at least one VM, running or not, or that a hard `keep_on` keeps on.
  func hostsOn(_ placement: [Int]) -> Int {
    var holds = [Bool](repeating: false, count: fleet.hosts.count)
    for host in placement { holds[host] = true }
    for host in fleet.countsAsOn.members { holds[host] = true }
    return holds.count { $0 }
  }

  /// What the hosts that count as on draw or cost.
  func expense(_ placement: [Int], _ objective: HostObjective) -> Double {
    let price = HostPrice(fleet, objective)
    let loads = loads(placement)
    var isOn = [Bool](repeating: false, count: fleet.hosts.count)
    for host in placement { isOn[host] = true }
    for host in fleet.countsAsOn.members { isOn[host] = true }
    return isOn.indices.reduce(0) { sum, host in
      isOn[host] ? sum + price.base[host] + price.rate[host] * Double(loads[host][.cpu]) : sum
    }
  }

  /// VMs that end elsewhere than they start.
  func moves(_ placement: [Int]) -> Int {
    placement.indices.count { placement[$0] != fleet.start[$0] }
  }

  /// Configured memory of the VMs that end elsewhere than they start, in MiB.
  func movedMiB(_ placement: [Int]) -> Double {
    placement.indices.reduce(0) { $0 + (placement[$1] == fleet.start[$1] ? 0 : fleet.vms[$1].memoryMiB) }
  }

  /// The load of each host.
  func loads(_ placement: [Int]) -> [Amounts] {
    var loads = [Amounts](repeating: .zero, count: fleet.hosts.count)
    for (vm, host) in placement.enumerated() { loads[host] += fleet.demand[vm] }
    return loads
  }

  /// The load of each host, each resource in the hour in which the host holds most of it.
  func peakLoads(_ placement: [Int]) -> [Amounts] {
    guard fleet.hourly != nil else { return loads(placement) }
    let state = FleetState(fleet, placement: placement)
    return fleet.hosts.indices.map { state.peakLoad(of: $0) }
  }

  /// Highest utilisation over usable hosts and resources with a limit above zero, but for loads set aside.
  func maxUtilisation(_ placement: [Int]) -> Double {
    levels(placement).max() ?? 0
  }

  /// The same of each host; 0 where it is not usable.
  func levels(_ placement: [Int]) -> [Double] {
    let loads = peakLoads(placement)
    return fleet.hosts.indices.map { host in
      guard fleet.hosts[host].isUsableAsTarget else { return 0 }
      return Resource.allCases.reduce(0.0) { highest, resource in
        guard let limit = fleet.levelled[host][resource], limit > 0 else { return highest }
        return max(highest, Double(loads[host][resource]) / Double(limit))
      }
    }
  }

  /// Whether so much is worth the moves that a placement has more than another, each of which must bring `leastGain`.
  func isWorth(_ saved: Double, _ placement: [Int], from other: [Int], leastGain: Double) -> Bool {
    saved + 1e-9 >= leastGain * Double(moves(placement) - moves(other))
  }

  /// Resources that count towards the spread: limited on every usable host, and asked for.
  var spreadResources: [Resource] {
    let usable = fleet.hosts.indices.filter { fleet.hosts[$0].isUsableAsTarget }
    let total = fleet.demand.reduce(Amounts.zero, +)
    return Resource.allCases.filter { resource in
      total[resource] > 0 && !usable.isEmpty && usable.allSatisfy { (fleet.capacity[$0][resource] ?? 0) > 0 }
    }
  }

  /// The sum over ``spreadResources`` of the population standard deviation over usable hosts of load by physical size.
  func loadSpread(_ placement: [Int]) -> Double {
    let loads = peakLoads(placement)
    let usable = fleet.hosts.indices.filter { fleet.hosts[$0].isUsableAsTarget }
    return spreadResources.reduce(0) { sum, resource in
      let ratios = usable.map { host in
        Double(loads[host][resource])
          / fleet.physicalSize(of: host, resource, offered: fleet.limits[host][resource])
      }
      return sum + Self.variance(ratios).squareRoot()
    }
  }

  /// The utilisation above its target, over usable hosts and resources with one.
  func targetExcess(_ placement: [Int]) -> Double {
    guard !fleet.options.targetPercent.isEmpty else { return 0 }
    let loads = peakLoads(placement)
    var sum = 0.0
    for resource in fleet.options.targetPercent.keys.sorted() {
      for host in fleet.hosts.indices {
        sum += excess(of: host, resource, load: Double(loads[host][resource]))
      }
    }
    return sum
  }

  /// How far a load lifts a host's utilisation of a resource above its target; 0 where there is none.
  func excess(of host: Int, _ resource: Resource, load: Double) -> Double {
    guard let percent = fleet.options.targetPercent[resource], fleet.hosts[host].isUsableAsTarget,
      let limit = fleet.capacity[host][resource], limit > 0
    else { return 0 }
    return max(0, load / Double(limit) - percent / 100)
  }

  /// For each of ``spreadResources`` the population standard deviation of utilisation over usable
  /// hosts, then their root mean square.
  func utilisationStandardDeviation(_ placement: [Int]) -> Double {
    let loads = peakLoads(placement)
    let usable = fleet.hosts.indices.filter { fleet.hosts[$0].isUsableAsTarget }
    let variances = spreadResources.map { resource -> Double in
      let ratios = usable.map { Double(loads[$0][resource]) / Double(fleet.limits[$0][resource]) }
      return Self.variance(ratios)
    }
    guard !variances.isEmpty else { return 0 }
    return (variances.reduce(0, +) / Double(variances.count)).squareRoot()
  }

  private static func variance(_ ratios: [Double]) -> Double {
    let mean = ratios.reduce(0, +) / Double(ratios.count)
    return ratios.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(ratios.count)
  }
}
