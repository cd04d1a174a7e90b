import StowageModel

/// The values of objectives, from inventory, placement and moves.
struct ObjectiveValues {
  private let plan: Plan
  private let roster: Roster
  private let brokenRules: Int
  private let softRuleCost: Double?
  private let keptOn: Set<Int>
  private let nights: NightValues?
  private let residents: [[Int]]
  private let load: [Amounts]
  /// The load of each host, each resource in the hour in which the host holds most of it.
  private let peak: [Amounts]

  /// `brokenRules` counts the hard rules not kept at the end; `softRuleCost` is `nil` without soft rules
  /// that count; `nights` is `nil` where waves do not go by the calendar; `keptOn` are hosts that count as on whether or not they hold a VM.
  init(
    _ plan: Plan, end: RestState, brokenRules: Int, softRuleCost: Double? = nil, keptOn: Set<Int> = [],
    nights: NightValues? = nil
  ) {
    self.nights = nights
    self.plan = plan
    roster = end.roster
    self.brokenRules = brokenRules
    self.softRuleCost = softRuleCost
    self.keptOn = keptOn
    residents = end.residents
    load = end.load
    peak = roster.hours == nil ? load : end.hourlyLoad.map(end.roster.peak)
  }

  /// Hosts that hold a VM at the end, or that stay on whatever they hold.
  var hostsOn: Int {
    residents.indices.filter { !residents[$0].isEmpty || keptOn.contains($0) }.count
  }

  /// The value; `nil` for a quantity that the inventory does not determine.
  func value(_ name: Objective.Name) -> Double? {
    switch name {
    case .brokenRules: Double(brokenRules)
    case .softRuleCost: softRuleCost
    case .hostsOn: Double(hostsOn)
    case .away: Double(away)
    case .moves: Double(plan.moves.count)
    case .movedMiB: movedMiB
    case .moveCostSeconds: plan.moves.reduce(0) { $0 + ($1.endSeconds - $1.startSeconds) }
    case .maxUtilisation: maxUtilisation
    case .utilisationStandardDeviation: standardDeviation
    case .unbalance: unbalance
    case .loadSpread: loadSpread
    case .targetExcess: targetExcess
    case .costPerMonth: costPerMonth
    case .powerWatts: powerWatts
    case .waveNights: nights.map { Double($0.last) }
    case .splitTraffic: nights?.traffic
    case .wanMiB: nil
    }
  }

  /// VMs with a host that were to return and end elsewhere.
  private var away: Int {
    plan.options.homes.count { vm, home in
      roster.vmIndex[vm].flatMap { roster.startHost[$0] } != nil && plan.placement[vm] != home
    }
  }

  private var movedMiB: Double {
    plan.moves.reduce(0) { sum, move in sum + (roster.vmIndex[move.vm].map { roster.vms[$0].memoryMiB } ?? 0)
    }
  }

  private var costPerMonth: Double? {
    var sum = 0.0
    for (host, residents) in residents.enumerated() where !residents.isEmpty || keptOn.contains(host) {
      guard let cost = roster.hosts[host].costPerMonth else { return nil }
      sum += cost
    }
    return sum
  }

  private var powerWatts: Double? {
    let prices = HostExpense(.power, roster)
    let on = residents.indices.filter { !residents[$0].isEmpty || keptOn.contains($0) }
    guard on.allSatisfy({ roster.hosts[$0].powerIdleWatts != nil }) else { return nil }
    return on.reduce(0) { $0 + prices.fixed[$1] + prices.perCPU[$1] * Double(load[$1][.cpu]) }
  }

  private var usable: [Int] { roster.hosts.indices.filter { roster.hosts[$0].isUsableAsTarget } }

  private var maxUtilisation: Double {
    usable.flatMap { host in
      Resource.allCases.compactMap { resource -> Double? in
        guard let limit = roster.capacity[host][resource], limit > 0 else { return nil }
        return Double(peak[host][resource]) / Double(limit)
      }
    }.max() ?? 0
  }

  /// Utilisations over usable hosts of the resources that each of them limits and that anybody uses.
  private var utilisations: [[Double]] {
    Resource.allCases.compactMap { resource in
      let limits = usable.compactMap { roster.capacity[$0][resource] }
      guard limits.count == usable.count, !limits.isEmpty, limits.allSatisfy({ $0 > 0 }),
        peak.contains(where: { $0[resource] > 0 })
      else { return nil }
      return zip(usable, limits).map { Double(peak[$0][resource]) / Double($1) }
    }
  }

  private var standardDeviation: Double {
    let variances = utilisations.map { values in
      let mean = values.reduce(0, +) / Double(values.count)
      return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    }
    guard !variances.isEmpty else { return 0 }
    return (variances.reduce(0, +) / Double(variances.count)).squareRoot()
  }

  /// Of the same resources, the sum of what load by physical size deviates.
  private var loadSpread: Double {
    Resource.allCases.reduce(0) { sum, resource in
      let limits = usable.map { roster.capacity[$0][resource] ?? 0 }
      guard limits.allSatisfy({ $0 > 0 }), peak.contains(where: { $0[resource] > 0 }) else { return sum }
      let ratios = zip(usable, limits).map { host, limit in
        Double(peak[host][resource]) / roster.physicalSize(of: host, resource, offered: limit)
      }
      guard !ratios.isEmpty else { return sum }
      let mean = ratios.reduce(0, +) / Double(ratios.count)
      let squares = ratios.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return sum + (squares / Double(ratios.count)).squareRoot()
    }
  }

  private var targetExcess: Double {
    var sum = 0.0
    for (resource, percent) in plan.options.targetPercent.sorted(by: { $0.key < $1.key }) {
      for host in usable {
        guard let limit = roster.capacity[host][resource], limit > 0 else { continue }
        sum += max(0, Double(peak[host][resource]) / Double(limit) - percent / 100)
      }
    }
    return sum
  }

  private var unbalance: Double {
    utilisations.map { ($0.max() ?? 0) - ($0.min() ?? 0) }.max() ?? 0
  }
}

extension Objective.Name {
  /// How far two statements of the same value may lie apart: ratios are rounded to six decimals,
  /// counts and sums of an inventory's own figures not at all.
  func slack(at value: Double) -> Double {
    switch self {
    case .brokenRules, .hostsOn, .away, .moves, .waveNights: 0
    case .movedMiB: value.magnitude * 1e-12
    case .maxUtilisation, .utilisationStandardDeviation, .loadSpread, .targetExcess, .unbalance: 0.51e-6
    case .powerWatts, .costPerMonth, .moveCostSeconds, .wanMiB, .softRuleCost, .splitTraffic:
      max(1e-6, value.magnitude * 1e-6)
    }
  }
}
