import LinearOptimization
import StowageCosts
import StowageDiagnostics
import StowageFleet
import StowageModel
import StowagePlacement
import StowageReports

/// A smallest set of rules, resources and requests that cannot hold together, of a fleet for which no
/// placement exists.
///
/// Found by a ``DeletionFilter``.
struct ConflictFilter {
  /// Something that can be left out.
  enum Part: Hashable {
    /// VMs of one application, or one of none, that are to be at the sites or stay where they are (goal `colocate`).
    case group([VM.ID])
    case rule(Rule.ID)
    case resource(Resource)
    case drainedHosts
    case mostMoves
    case moveBudget
    case clusters
  }

  let inventory: Inventory
  let request: PlanRequest
  let solver: any Solver

  /// Trials at most. Chosen: enough for a conflict of ten among some hundred.
  private static let trialLimit = 150
  /// Programs with more columns than this are not asked. Chosen: each trial is one program.
  private static let columnLimit = 1500

  /// The parts in the order groups, rules, resources, requests; `nil` when not even the whole could be shown
  /// to be infeasible again.
  func smallest() throws(SolverFailure) -> [Part]? {
    let parts = allParts
    guard try isInfeasible(parts) else { return nil }
    var filter = DeletionFilter(trialLimit: Self.trialLimit, budget: TimeBudget(request))
    return try filter.smallest(of: parts) { (rest) throws(SolverFailure) in try isInfeasible(rest) }
  }

  private var allParts: [Part] {
    var parts = request.goal == .colocate ? groups : []
    parts += inventory.rules.filter(\.isHard).map { Part.rule($0.id) }
    parts += Resource.allCases.map(Part.resource)
    if !request.options.hosts.isEmpty { parts.append(.drainedHosts) }
    if request.options.maxMoves != nil { parts.append(.mostMoves) }
    if request.options.moveBudgetMiB != nil { parts.append(.moveBudget) }
    if request.options.staysWithinClusters { parts.append(.clusters) }
    return parts
  }

  /// Small ones first, so that few are left.
  private var groups: [Part] {
    var ofApp: [String: [VM.ID]] = [:]
    for vm in inventory.vms { ofApp[vm.app ?? "\u{0}\(vm.id.rawValue)", default: []].append(vm.id) }
    return ofApp.sorted { ($0.value.count, $0.key) < ($1.value.count, $1.key) }.map {
      Part.group($0.value.sorted())
    }
  }

  private func isInfeasible(_ parts: [Part]) throws(SolverFailure) -> Bool {
    let kept = Set(parts)
    var options = request.options
    if !kept.contains(.drainedHosts) { options.hosts = [] }
    if !kept.contains(.mostMoves) { options.maxMoves = nil }
    if !kept.contains(.moveBudget) { options.moveBudgetMiB = nil }
    if !kept.contains(.clusters) { options.staysWithinClusters = false }
    var reduced = inventory
    reduced.rules = inventory.rules.filter { kept.contains(.rule($0.id)) }
    if request.goal == .colocate { Self.keep(kept, &reduced) }
    for resource in Resource.allCases where !kept.contains(.resource(resource)) {
      Self.lift(resource, &reduced)
    }
    let engine = MigrationEngine.of(options)
    let fleet = Fleet(reduced, options: options) { vm in
      if case .pinned(let because) = Feasibility.mobility(of: vm, engine: engine) { because } else { nil }
    }
    let travel = TravelCheck(fleet: fleet, engine: engine)
    let placement = PlacementEngine(
      fleet: fleet, solver: solver,
      options: PlacementOptions(
        timeLimitSeconds: min(10, request.timeLimitSeconds), isDeterministic: request.isDeterministic,
        seed: request.seed),
      canTravel: { vm, host in travel.isUnhindered(vm) || travel.canTravel(vm, to: host) })
    return try placement.hasPlacement(request.goal, columnLimit: Self.columnLimit) == false
  }

  /// Takes away the VMs of groups that are left out. A spread asks for places, which few members cannot be in: it goes with
  /// the first of them.
  private static func keep(_ kept: Set<Part>, _ inventory: inout Inventory) {
    let vms = Set(
      kept.flatMap { part -> [VM.ID] in
        if case .group(let vms) = part { vms } else { [] }
      })
    guard vms.count < inventory.vms.count else { return }
    inventory.vms.removeAll { !vms.contains($0.id) }
    inventory.rules.removeAll { if case .spread = $0.requirement { true } else { false } }
  }

  /// Takes the limit off a resource. Demands stay where techniques and networks depend on them.
  private static func lift(_ resource: Resource, _ inventory: inout Inventory) {
    let plenty = 1e9
    for index in inventory.hosts.indices {
      switch resource {
      case .cpu: inventory.hosts[index].cpuOvercommitRatio = plenty
      case .memory: inventory.hosts[index].memoryOvercommitRatio = plenty
      case .network: inventory.hosts[index].networkGbps = nil
      case .localDisk: inventory.hosts[index].localDiskGiB = plenty
      case .slots: inventory.hosts[index].maxVMs = nil
      case .gpus: if inventory.hosts[index].gpuCount != nil { inventory.hosts[index].gpuCount = 1_000_000 }
      }
    }
  }
}
