import GLPKBackend
public import LinearOptimization
import StowageCosts
import StowageFleet
import StowageFormats
public import StowageModel
import StowagePlacement
public import StowageReports
import StowageVerification

/// From an inventory to a recovery plan: where copies are kept, how often they are made, how VMs restart.
public struct Protector: Sendable {
  private let solver: any Solver
  private let secondsForProgram: Double?

  /// A planner of recovery on GLPK.
  ///
  /// - Parameters:
  ///   - timeLimitSeconds: for all programs together.
  ///   - isDeterministic: whether limits are counted in work alone, so that the answer is the same on every machine.
  public init(timeLimitSeconds: Double = 60, isDeterministic: Bool = false) {
    self.init(solver: GLPKSolver(), timeLimitSeconds: timeLimitSeconds, isDeterministic: isDeterministic)
  }

  /// A planner of recovery on any solver.
  public init(solver: any Solver, timeLimitSeconds: Double = 60, isDeterministic: Bool = false) {
    self.solver = solver
    secondsForProgram = isDeterministic ? nil : timeLimitSeconds / 6
  }

  /// The plan, judged, with what its pages show.
  public func protect(
    _ inventory: Inventory, terms: RecoveryTerms, platform: Platform
  ) throws(SolverFailure) -> RecoveryInput {
    let fleet = Fleet(
      inventory, options: PlanOptions(sizing: terms.sizing, platform: platform))
    let problem = RecoveryProblem(fleet, inventory: inventory, terms: terms)
    let answer = try RecoverySearch(problem, solver: solver, secondsForProgram: secondsForProgram).run()
    let assembly = RecoveryAssembly(problem: problem, answer: answer, inventory: inventory)
    let plan = assembly.plan()
    let verdict = RecoveryVerifier(
      inventory: inventory, inventoryDigest: plan.inventory.sha256
    ).judge(plan)
    return RecoveryInput(
      inventory: inventory, plan: plan, platform: platform,
      links: assembly.linkUse(), moves: MoveComparison(problem, inventory, platform).figures(plan),
      findings: verdict.findings.map(\.description))
  }
}
