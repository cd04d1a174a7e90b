import StowageFleet
import StowageModel

/// What soft rules cost in a placement.
struct SoftRules {
  /// Whether the inventory has any soft rule that counts.
  let isWeighed: Bool
  /// The soft rules, with nobody anywhere.
  let ledger: RuleLedger

  init(_ fleet: Fleet, occupancy: Occupancy) {
    isWeighed = fleet.weighsSoftRules
    ledger = RuleLedger.soft(fleet, emptied: occupancy.offWhenEmpty)
  }

  /// The sum of weight times breaches.
  func cost(_ placement: [Int]) -> Double {
    ledger.filled(placement).cost
  }

  /// The objective, with a bound that a program proved or 0.
  func objective(_ placement: [Int], bound: Double) -> Objective {
    let cost = cost(placement)
    guard bound > 0 else { return Objective(.softRuleCost, value: cost, lowerBound: 0, proof: .trivial) }
    // Within what a solver's tolerance leaves open, the bound is the value.
    let isTouching = cost - bound <= 4e-6 * (1 + cost)
    return Objective(
      .softRuleCost, value: cost, lowerBound: isTouching ? cost : bound, proof: .branchAndBound)
  }
}

extension [Objective] {
  /// The objectives with that of the soft rules in its place: behind the hosts, or the VMs that return, where these
  /// are counted, else behind the hard rules.
  func withSoftRules(_ soft: Objective) -> [Objective] {
    var all = self
    let before = all.lastIndex { [.hostsOn, .powerWatts, .costPerMonth, .away].contains($0.name) }
    all.insert(soft, at: Swift.min((before ?? 0) + 1, all.count))
    return all
  }
}
