import LinearOptimization
import StowageFleet
import StowageModel
import StowagePlacement

/// Asks the placement engine whether hosts of an inventory can be emptied at all.
struct EvacuationProver {
  let inventory: Inventory
  let options: PlanOptions
  let solver: any Solver
  /// Seconds for one question.
  let timeLimitSeconds: Double
  /// Whether work is counted instead of time.
  let isDeterministic: Bool

  /// Whether a placement exists in which the hosts hold no VM: found, proved not to, or not decided.
  func canEmpty(_ hosts: [Host.ID], withinClusters: Bool) -> Bool? {
    answer(FailureStudy.running(inventory), emptying: hosts, withinClusters: withinClusters)
  }

  /// As ``canEmpty(_:withinClusters:)`` for an inventory that is already as it is to be judged.
  func answer(
    _ inventory: Inventory, emptying hosts: [Host.ID], withinClusters: Bool, options other: PlanOptions? = nil
  ) -> Bool? {
    // The engine's searches grow with VMs times hosts, and without a clock they run to their end: beyond
    // this a question costs more than its answer is worth.
    guard inventory.hosts.count * inventory.vms.count <= (isDeterministic ? 400 : 400_000) else { return nil }
    var asked = other ?? options
    asked.hosts = hosts.sorted()
    asked.staysWithinClusters = withinClusters
    asked.maxMoves = nil
    asked.moveBudgetMiB = nil
    let engine = PlacementEngine(
      fleet: Fleet(inventory, options: asked), solver: solver,
      options: PlacementOptions(timeLimitSeconds: timeLimitSeconds, isDeterministic: isDeterministic))
    guard let answer = try? engine.answer(.evacuate) else { return nil }
    switch answer {
    case .placed(let result):
      // Goals that tolerate an overload that was there before do not answer this question with yes.
      let fleet = Fleet(inventory, options: asked)
      let state = FleetState(fleet, placement: result.placement)
      return fleet.hosts.indices.allSatisfy { state.overloads(of: $0).isEmpty } ? true : nil
    case .infeasible: return false
    case .undecided, .notHeld: return nil
    }
  }
}
