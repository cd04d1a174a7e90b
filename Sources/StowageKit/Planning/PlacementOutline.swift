import GLPKBackend
public import LinearOptimization
import StowageCosts
import StowageFleet
public import StowageModel
import StowagePlacement

/// What a placement alone comes to: the first objectives of a goal, without moves and their order.
///
/// For measuring the engine, and for asking what could be had before asking how to get there.
public struct PlacementOutline: Sendable {
  /// The objectives in the order in which they were optimised; empty without a placement.
  public let objectives: [Objective]
  /// Whether it is proved that there is no placement.
  public let isInfeasible: Bool

  /// The outline for a request on GLPK; the search ends when the first objective of the goal is settled.
  public init(_ inventory: Inventory, _ request: PlanRequest) throws(SolverFailure) {
    let engine = MigrationEngine.of(request.options)
    let fleet = Fleet(inventory, options: request.options) { vm in
      if case .pinned(let because) = Feasibility.mobility(of: vm, engine: engine) { because } else { nil }
    }
    let travel = TravelCheck(fleet: fleet, engine: engine)
    var options = PlacementOptions(
      timeLimitSeconds: request.timeLimitSeconds, isDeterministic: request.isDeterministic, seed: request.seed
    )
    options.threads = request.threads
    options.endsAfterFirstObjective = true
    let placement = PlacementEngine(
      fleet: fleet, solver: GLPKSolver(), options: options,
      canTravel: travel.hindersNobody
        ? nil : { vm, host in travel.isUnhindered(vm) || travel.canTravel(vm, to: host) })
    switch try placement.answer(request.goal) {
    case .placed(let result): (objectives, isInfeasible) = (result.objectives, false)
    case .infeasible: (objectives, isInfeasible) = ([], true)
    case .undecided, .notHeld: (objectives, isInfeasible) = ([], false)
    }
  }
}
