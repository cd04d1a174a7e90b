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
/// A deletion filter: parts are left out one after the other, first many at a time; what the fleet is
/// infeasible without is left out for good. What remains is needed, each part of it, as far as could
/// be told within the limits.
struct ConflictFilter {
  /// Something that can be left out.
  enum Part: Hashable {
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

  /// The parts in the order rules, resources, requests; `nil` when not even the whole could be shown
  /// to be infeasible again.
  func smallest() throws(SolverFailure) -> [Part]? {
    var parts = allParts
    var trials = 0
    let limit = TimeBudget(request)
    guard try isInfeasible(parts) else { return nil }
    var size = max(1, parts.count / 2)
    while true {
      var position = 0
      while position < parts.count, trials < Self.trialLimit, !limit.isSpent {
        let rest = Array(parts[..<position] + parts[min(parts.count, position + size)...])
        trials += 1
        if try isInfeasible(rest) { parts = rest } else { position += size }
      }
      if size == 1 { return parts }
      size = max(1, size / 2)
    }
  }

  private var allParts: [Part] {
    var parts = inventory.rules.filter(\.isHard).map { Part.rule($0.id) }
    parts += Resource.allCases.map(Part.resource)
    if !request.options.hosts.isEmpty { parts.append(.drainedHosts) }
    if request.options.maxMoves != nil { parts.append(.mostMoves) }
    if request.options.moveBudgetMiB != nil { parts.append(.moveBudget) }
    if request.options.staysWithinClusters { parts.append(.clusters) }
    return parts
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
