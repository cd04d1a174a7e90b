import GLPKBackend
public import LinearOptimization
import StowageCosts
import StowageFleet
public import StowageFormats
public import StowageModel
public import StowageReports
import StowageVerification

/// From an inventory, and perhaps a history of its use, to the capacity review.
public struct Reviewer: Sendable {
  private let solver: any Solver
  /// Seconds that the planner may search for one question of the review.
  private let secondsForQuestion: Double
  private let isDeterministic: Bool

  /// A reviewer on GLPK.
  public init(secondsForQuestion: Double = 0.5, isDeterministic: Bool = false) {
    self.init(
      solver: GLPKSolver(), secondsForQuestion: secondsForQuestion, isDeterministic: isDeterministic)
  }

  /// A reviewer on any solver.
  public init(solver: any Solver, secondsForQuestion: Double = 0.5, isDeterministic: Bool = false) {
    self.solver = solver
    self.secondsForQuestion = secondsForQuestion
    self.isDeterministic = isDeterministic
  }

  /// The review of an inventory.
  ///
  /// - Parameters:
  ///   - inventory: the fleet.
  ///   - options: how demand is counted, and the platform whose abilities decide what can move.
  ///   - history: what VMs used, for the weekly profile and the outlook.
  ///   - plan: a plan for the inventory whose outcome is shown, too.
  ///   - facility: what energy and money are reckoned with.
  /// - Returns: the review, every part filled in that the inventory gives rise to.
  public func review(
    _ inventory: Inventory, options: PlanOptions, history: UtilisationHistory? = nil,
    plan: Plan? = nil, facility: Facility = Facility()
  ) -> Review {
    var review = Review(
      inventory: inventory, sha256: InventoryDigest.sha256(of: inventory),
      generator: ProgramVersion.generator, sizing: options.sizing)
    let prover = EvacuationProver(
      inventory: inventory, options: options, solver: solver, timeLimitSeconds: secondsForQuestion,
      isDeterministic: isDeterministic)
    let average = Self.averageSize(of: inventory)
    review.facility = facility
    review.plan = plan
    review.hostLoads = HostLoad.all(of: inventory, options: options, placement: plan?.placement)
    review.clusters = ClusterStudy(inventory, options: options).clusters()
    review.failures = FailureStudy(inventory, options: options, prover: prover).outcomes()
    review.rightSizing = RightSizingStudy(inventory).advice()
    review.violations = PlacementAudit(inventory, sizing: options.sizing).violations
    review.pinnedVMs = Self.pinned(inventory, options.platform)
    if let average {
      review.roomForMore = RoomStudy(inventory, options: options).rooms(average: average)
      review.whatIfs = WhatIfStudy(inventory, options: options, prover: prover, average: average).answers()
    }
    review.history = history.map { HistoryStudy($0, inventory: inventory, sizing: options.sizing).review() }
    review.assumptions = Self.assumptions(inventory)
    return review
  }

  /// Mean size of running VMs, memory in whole GiB or 256 MiB below that.
  private static func averageSize(of inventory: Inventory) -> (vCPUs: Double, memoryMiB: Double)? {
    let running = inventory.vms.filter { $0.powerState == .on }
    guard !running.isEmpty else { return nil }
    let count = Double(running.count)
    let memory = running.reduce(0) { $0 + $1.memoryMiB } / count
    let step = memory >= 1024 ? 1024.0 : 256.0
    return (
      vCPUs: max(1, (running.reduce(0) { $0 + $1.vCPUs } / count).rounded(.up)),
      memoryMiB: max(256, (memory / step).rounded(.up) * step)
    )
  }

  private static func pinned(_ inventory: Inventory, _ platform: Platform) -> [PinnedVM] {
    let engine = MigrationEngine.of(platform)
    return inventory.vms.compactMap { vm in
      if case .pinned(let because) = Feasibility.mobility(of: vm, engine: engine) {
        return PinnedVM(vm: vm.id, because: because)
      }
      return vm.isMovable == false
        ? PinnedVM(vm: vm.id, because: "the inventory says that it does not move") : nil
    }
  }

  private static func assumptions(_ inventory: Inventory) -> [String] {
    let homeless = inventory.vms.count { $0.host == nil }
    guard homeless > 0 else { return [] }
    return [
      "\(Units.count(homeless, "VM")) \(homeless == 1 ? "has" : "have") no host and \(homeless == 1 ? "is" : "are") not counted"
    ]
  }
}
