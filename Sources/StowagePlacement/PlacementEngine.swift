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
    let task = PlacementTask(
      fleet, goal: goal, overloads: Self.overloads(goal), solver: solver, options: options,
      canTravel: canTravel)
    if let infeasibility = task.evidentInfeasibility { return .infeasible(infeasibility) }
    let answer = try weighed(answer(task), task)
    if case .placed = answer { return answer }
    guard task.overloads == .mended, task.problem.startsOverloaded else { return answer }
    // Nothing mends every overload: the next best is that none gets worse.
    let tolerant = PlacementTask(
      fleet, goal: goal, overloads: .tolerated, solver: solver, options: options, canTravel: canTravel)
    return try weighed(self.answer(tolerant), tolerant)
  }

  /// What is asked of overloads of the start. A return does not look after hosts that have nothing to do with it.
  private static func overloads(_ goal: Goal) -> Problem.Overloads {
    switch goal {
    case .repair: .repaired
    case .restore: .tolerated
    case .consolidate, .balance, .colocate, .evacuate: .mended
    }
  }

  /// Soft rules are weighed in the answer to any goal but a return, which goes where VMs were.
  private func weighed(
    _ answer: PlacementAnswer, _ task: PlacementTask
  ) throws(SolverFailure) -> PlacementAnswer {
    guard task.goal != .restore, case .placed(let result) = answer else { return answer }
    return .placed(try SoftPass(task).improved(result))
  }

  /// Whether any placement keeps what a goal asks: `nil` when that could not be told.
  ///
  /// Overloads of the start may remain, unless the goal is to mend them. Fleets with programs larger
  /// than `columnLimit` columns are not settled.
  public func hasPlacement(_ goal: Goal, columnLimit: Int) throws(SolverFailure) -> Bool? {
    let task = PlacementTask(
      fleet, goal: goal, overloads: goal == .repair ? .repaired : .tolerated, solver: solver,
      options: options,
      canTravel: canTravel)
    if task.evidentInfeasibility != nil { return false }
    let hosts = task.eligibleHosts
    guard AssignmentProgram.size(task.problem, hosts: hosts) <= columnLimit else { return nil }
    let answer = try ExactProgram(task: task, hosts: hosts, countsHosts: false).solve { program in
      program.program.minimize(LinearExpression(0))
    }
    if answer.placement != nil { return true }
    return answer.isInfeasible ? false : nil
  }

  /// Whether hosts are counted in power or money.
  private var isPriced: Bool { fleet.options.objective != .hosts }

  private func answer(_ task: PlacementTask) throws(SolverFailure) -> PlacementAnswer {
    switch task.goal {
    case .consolidate, .colocate:
      if isPriced {
        var consolidation = PricedConsolidation(task)
        return try consolidation.answer()
      }
      var consolidation = Consolidation(task)
      return try consolidation.answer()
    case .evacuate, .repair:
      var evacuation = Evacuation(task)
      return try evacuation.answer()
    case .balance:
      var balance = Balance(task)
      return try balance.answer()
    case .restore: return try Restoration(task).answer()
    }
  }
}
