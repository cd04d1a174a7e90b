import StowageModel

extension Objective.Name {
  /// What is measured, in words.
  var title: String {
    switch self {
    case .brokenRules: "hard rules broken at the end"
    case .softRuleCost: "cost of broken soft rules"
    case .waveNights: "last night with a wave"
    case .splitTraffic: "traffic across sites between waves"
    case .hostsOn: "hosts on"
    case .powerWatts: "power of the hosts on"
    case .costPerMonth: "cost of the hosts on, a month"
    case .away: "VMs not back where they were"
    case .moves: "moves"
    case .movedMiB: "memory moved"
    case .moveCostSeconds: "time of all moves together"
    case .maxUtilisation: "highest utilisation"
    case .utilisationStandardDeviation: "spread of utilisation (standard deviation)"
    case .loadSpread: "spread of load (standard deviations of all resources)"
    case .targetExcess: "utilisation above targets, all hosts"
    case .unbalance: "highest less lowest utilisation"
    case .wanMiB: "data over wide-area links"
    }
  }

  /// A value with its unit.
  func text(_ value: Double, currency: String?) -> String {
    switch self {
    case .brokenRules, .hostsOn, .away, .moves, .waveNights: Units.decimal(value)
    case .splitTraffic: "\(Units.decimal(value, digits: value == value.rounded() ? 0 : 1)) Mb/s × ms × nights"
    case .softRuleCost: Units.decimal(value, digits: value == value.rounded() ? 0 : 2)
    case .powerWatts: Units.watts(value)
    case .costPerMonth: Units.money(value, currency: currency)
    case .movedMiB, .wanMiB: Units.gibibytes(fromMiB: value)
    case .moveCostSeconds: Units.duration(seconds: value)
    case .maxUtilisation, .unbalance: Units.percent(value, digits: 1)
    case .utilisationStandardDeviation, .loadSpread, .targetExcess: Units.percent(value, digits: 2)
    }
  }
}

extension Objective.Proof {
  /// Why the bound holds, as the end of "because …".
  var reason: String {
    switch self {
    case .trivial: "it cannot be lower by its nature"
    case .volume: "the total demand needs that much of the largest hosts"
    case .mix: "every smaller mix of host types was ruled out one by one"
    case .parts: "no VM may change from one part of the fleet to another, and each part needs its own hosts"
    case .hostPrices: "at prices for resources, which anybody can check, the demand is worth that much"
    case .cheapestMix: "every cheaper mix of host types was ruled out one by one"
    case .keepPrices: "at prices for the room of hosts, which anybody can check, no more can stay"
    case .mustMove: "that many VMs cannot stay where they are"
    case .meanLoad: "the highest load is never below the mean load"
    case .moveWeights: "weights for sizes of VMs, which anybody can check, allow no fewer"
    case .levelWeights: "weights for sizes of VMs, which anybody can check, show that lower takes more moves"
    case .counting: "so many VMs are counted that must leave hosts for less"
    case .evening: "no choice of so many VMs levels the hosts further"
    case .nightPrices:
      "at prices for move groups, which anybody can check, earlier nights have no room for all"
    case .branchAndBound: "the integer program with all rules was solved to the end"
    }
  }
}

extension Objective {
  /// Whether the bound shows the value to be the best there is.
  var isProved: Bool { lowerBound == value }

  /// Whether a bound is stated that is not above the value, as every bound must be.
  var hasBound: Bool { lowerBound.map { $0.isFinite && $0 <= value } ?? false }

  /// How good the value is, in words: `proved: no plan needs fewer`, `at most 1 above the bound of 6`.
  func quality(currency: String?) -> String {
    guard let lowerBound else { return "no bound is proved" }
    if lowerBound == value { return "proved: \(name.nothingBetter)" }
    guard hasBound else {
      return "the stated bound \(name.text(lowerBound, currency: currency)) is above the value"
    }
    let gap = name.text(value - lowerBound, currency: currency)
    return "at most \(gap) above the bound of \(name.text(lowerBound, currency: currency))"
  }
}

extension Objective.Name {
  /// What a met bound says about every other plan.
  fileprivate var nothingBetter: String {
    switch self {
    case .hostsOn: "no plan needs fewer"
    case .waveNights: "no plan ends on an earlier night"
    case .brokenRules, .away, .moves: "no plan has fewer"
    case .movedMiB, .wanMiB: "no plan moves less"
    case .powerWatts, .costPerMonth, .moveCostSeconds, .maxUtilisation, .utilisationStandardDeviation,
      .loadSpread, .targetExcess, .unbalance, .softRuleCost, .splitTraffic:
      "no plan is lower"
    }
  }
}

extension Objective {
  /// What it is, its value, its bound, and what is proved: the row of it in every table.
  func cells(currency: String?) -> [String] {
    let reason = hasBound ? proof.map { ", because \($0.reason)" } ?? "" : ""
    return [
      name.title, name.text(value, currency: currency),
      lowerBound.map { name.text($0, currency: currency) } ?? "–", quality(currency: currency) + reason,
    ]
  }
}
