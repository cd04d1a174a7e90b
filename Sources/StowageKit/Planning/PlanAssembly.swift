import StowageFleet
import StowageFormats
import StowageModel
import StowagePlacement
import StowageSequencing

/// Puts the parts of an answer together as a plan document.
struct PlanAssembly {
  let inventory: Inventory
  let digest: String
  let request: PlanRequest
  let fleet: Fleet
  let violationsAtStart: [Plan.Violation]

  func plan(_ result: PlacementResult, _ sequence: MoveSequence) -> Plan {
    let objectives = result.objectives.map { withMoves($0, sequence.moves) }
    var plan = Plan(
      generator: ProgramVersion.generator,
      inventory: Plan.InventoryStamp(sha256: digest, hosts: inventory.hosts.count, vms: inventory.vms.count),
      goal: request.goal, seed: request.seed, options: request.options,
      outcome: objectives.allSatisfy { $0.lowerBound == $0.value } ? .optimal : .feasible,
      objectives: objectives, placement: placement(result), poweredOffHosts: poweredOff(result),
      moves: sequence.moves, schedule: sequence.schedule, unplaced: unplaced,
      violationsAtStart: violationsAtStart,
      assumptions: Assumptions(inventory: inventory, fleet: fleet, moves: sequence.moves).sentences
        + result.notes + sequence.notes)
    plan.requestSHA256 = RequestDigest.sha256(of: plan)
    return plan
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
    case .brokenRules, .hostsOn, .powerWatts, .costPerMonth, .moveCostSeconds, .maxUtilisation,
      .utilisationStandardDeviation, .unbalance, .wanMiB:
      break
    }
    return counted
  }

  private func placement(_ result: PlacementResult) -> [VM.ID: Host.ID] {
    Dictionary(
      uniqueKeysWithValues: zip(fleet.vms, result.placement).map { ($0.id, fleet.hosts[$1].id) })
  }

  private func poweredOff(_ result: PlacementResult) -> [Host.ID] {
    result.poweredOff.map { fleet.hosts[$0].id }
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
