public import LinearOptimization
public import StowageFleet
public import StowageModel

/// Decides where every VM should be.
///
/// Bounds are computed first, then small fleets are solved exactly and large ones by search on a
/// fixed set of hosts; what is claimed is what a program or a checkable bound says.
public struct PlacementEngine {
  private let fleet: Fleet
  private let solver: any Solver
  private let options: PlacementOptions
  private let canTravel: ((_ vm: Int, _ host: Int) -> Bool)?

  /// An engine for a fleet.
  ///
  /// - Parameters:
  ///   - fleet: who is where, and the rules.
  ///   - solver: solves the programs.
  ///   - options: limits on the search, and what is ruled out.
  ///   - canTravel: whether some technique can bring a VM from where it starts to a host, both by
  ///     index; `nil` when nothing is in the way anywhere.
  public init(
    fleet: Fleet, solver: any Solver, options: PlacementOptions = PlacementOptions(),
    canTravel: ((_ vm: Int, _ host: Int) -> Bool)? = nil
  ) {
    self.fleet = fleet
    self.solver = solver
    self.options = options
    self.canTravel = canTravel
  }

  /// The best placement for a goal that the limits allow to find, or an honest no.
  public func answer(_ goal: Goal) throws(SolverFailure) -> PlacementAnswer {
    let task = PlacementTask(fleet, goal: goal, solver: solver, options: options, canTravel: canTravel)
    if let infeasibility = task.evidentInfeasibility { return .infeasible(infeasibility) }
    switch goal {
    case .consolidate: return try Consolidation(task).answer()
    case .evacuate, .balance, .colocate, .repair: return .notHeld(goal)
    }
  }
}
