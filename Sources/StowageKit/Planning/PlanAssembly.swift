import StowageFleet
import StowageFormats
import StowageModel
import StowageSequencing

/// Puts the parts of an answer together as a plan document.
struct PlanAssembly {
  /// Where every VM ends, and what is claimed of that.
  struct Outcome {
    /// The host of each VM of the fleet, by index.
    let placement: [Int]
    /// The objectives, moves counted without detours.
    let objectives: [Objective]
    /// Hosts to power off, ascending.
    let poweredOff: [Int]
    /// What somebody without a solver needs to check the objectives' bounds.
    var certificate: Certificate? = nil
    /// What a reader should know beside the numbers, as sentences.
    let notes: [String]
  }

  let inventory: Inventory
  let digest: String
  let request: PlanRequest
  let fleet: Fleet
  let violationsAtStart: [Plan.Violation]

  func plan(_ outcome: Outcome, _ sequence: MoveSequence) -> Plan {
    var objectives = outcome.objectives.map { withMoves($0, sequence.moves) }
    let nights = sequence.nights.map(Self.objectives) ?? []
    objectives.insert(contentsOf: nights, at: objectives.first?.name == .brokenRules ? 1 : 0)
    var plan = Plan(
      generator: ProgramVersion.generator,
      inventory: Plan.InventoryStamp(sha256: digest, hosts: inventory.hosts.count, vms: inventory.vms.count),
      goal: request.goal, seed: request.seed, options: request.options,
      outcome: objectives.allSatisfy { $0.lowerBound == $0.value } ? .optimal : .feasible,
      objectives: objectives, placement: placement(outcome), poweredOffHosts: poweredOff(outcome),
      moves: sequence.moves, schedule: sequence.schedule, unplaced: unplaced,
      violationsAtStart: violationsAtStart,
      assumptions: Assumptions(inventory: inventory, fleet: fleet, moves: sequence.moves).sentences
        + CoincidentPeaks(fleet: fleet, placement: outcome.placement).sentences + outcome.notes
        + sequence.notes + CopyAssumptions(inventory, sequence.protections).sentences)
    plan.protections = sequence.protections
    plan.order = OrderList.order(inventory, placement: plan.placement, objectives: objectives)
    plan.certificate = outcome.certificate
    if let nights = sequence.nights {
      var certificate = plan.certificate ?? Certificate()
      certificate.nightPrices = nights.prices
      plan.certificate = certificate
    }
    plan.requestSHA256 = RequestDigest.sha256(of: plan)
    return plan
  }

  /// Nights come before hosts: the placement is the same whichever night a VM moves in.
  private static func objectives(_ nights: NightClaims) -> [Objective] {
    let traffic =
      nights.isTrafficProved
      ? Objective(
        .splitTraffic, value: nights.traffic, lowerBound: nights.traffic,
        proof: nights.traffic == 0 ? .trivial : .branchAndBound)
      : Objective(.splitTraffic, value: nights.traffic)
    return [
      Objective(
        .waveNights, value: Double(nights.nights), lowerBound: Double(nights.lowerBound), proof: .nightPrices),
      traffic,
    ]
  }

  /// A bypass moves a VM twice: the objectives that count moves count what the plan does.
  private func withMoves(_ objective: Objective, _ moves: [Move]) -> Objective {
    var counted = objective
    switch objective.name {
    case .moves:
      counted.value = Double(moves.count)
    case .movedMiB:
      let memory = Dictionary(uniqueKeysWithValues: fleet.vms.map { ($0.id, $0.memoryMiB) })
      counted.value = moves.reduce(0) { $0 + (memory[$1.vm] ?? 0) }
    case .brokenRules, .hostsOn, .powerWatts, .costPerMonth, .away, .moveCostSeconds, .maxUtilisation,
      .utilisationStandardDeviation, .loadSpread, .targetExcess, .unbalance, .wanMiB, .softRuleCost,
      .waveNights, .splitTraffic:
      break
    }
    return counted
  }

  private func placement(_ outcome: Outcome) -> [VM.ID: Host.ID] {
    Dictionary(
      uniqueKeysWithValues: zip(fleet.vms, outcome.placement).map { ($0.id, fleet.hosts[$1].id) })
  }

  private func poweredOff(_ outcome: Outcome) -> [Host.ID] {
    outcome.poweredOff.map { fleet.hosts[$0].id }
  }

  private var unplaced: [Plan.Unplaced] {
    let byID = Dictionary(uniqueKeysWithValues: inventory.vms.map { ($0.id, $0) })
    return fleet.unplaced.map { id in
      let host = byID[id]?.host
      let because =
        host.map { "its host \($0) is not in the inventory" } ?? "the inventory names no host for it"
      return Plan.Unplaced(vm: id, because: because)
    }
  }
}
