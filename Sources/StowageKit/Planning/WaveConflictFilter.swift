import LinearOptimization
import StowageCosts
import StowageFleet
import StowageModel
import StowageSequencing

/// A smallest set of move groups, rules and limits for which there are no waves.
///
/// A ``DeletionFilter`` over all of them; then over the VMs of the groups that are left. Each trial asks a
/// ``WaveQuestion``, which rules out by arithmetic or by a program solved to its end, never for want of a schedule.
struct WaveConflictFilter {
  /// Something that can be left out.
  enum Part: Hashable {
    /// VMs of one move group, by index, that move.
    case moves([Int])
    /// Who is of an application goes in one wave.
    case app(String)
    /// The ends of a hard dependency go in one wave, by its position.
    case dependency(Int)
    case rule(Rule.ID)
    case waveSize
    case groupsPerNight
    case pilot
    case validation
    case rollback
  }

  /// What cannot hold together.
  struct Conflict {
    /// VMs first, then what ties them, then rules and limits.
    let parts: [Part]
    /// Whether that is so on whatever hosts of the sites the VMs end; else for the placement that was found.
    let holdsAnywhere: Bool
    /// The least time that VMs take of their way, in s.
    let leastSeconds: ([Int]) -> Double
  }

  /// Trials at most. Chosen: enough for a conflict of ten among some hundred.
  private static let trialLimit = 400
  /// VMs up to which groups are taken apart, and moves to any host of the sites are looked at.
  private static let limits = (vms: 80, moves: 20_000)

  private let inventory: Inventory
  private let request: PlanRequest
  private let solver: any Solver
  private let fleet: Fleet
  private let engine: MigrationEngine
  private let times: WaveTimes
  private let isMoved: Set<VM.ID>

  /// A filter for the moves to a placement of a fleet.
  init(
    _ inventory: Inventory, _ request: PlanRequest, _ fleet: Fleet, placement: [Int], solver: any Solver
  ) {
    self.inventory = inventory
    self.request = request
    self.fleet = fleet
    self.solver = solver
    engine = MigrationEngine.of(request.options)
    times = WaveTimes(fleet, engine: engine, placement: placement)
    isMoved = Set(times.vms.map { fleet.vms[$0].id })
  }

  /// The conflict; `nil` when the whole could not be shown to be impossible.
  func smallest() throws(SolverFailure) -> Conflict? {
    let groups = WaveQuestion.groups(fleet, times: times).sorted {
      ($0.count, $0[0]) < ($1.count, $1[0])
    }
    var parts = groups.map(Part.moves) + limits
    guard try isImpossible(parts, times) else { return nil }
    var filter = DeletionFilter(trialLimit: Self.trialLimit, budget: TimeBudget(request))
    func filtered(_ parts: [Part]) throws(SolverFailure) -> [Part] {
      try filter.smallest(of: parts) { (rest) throws(SolverFailure) in try isImpossible(rest, times) }
    }
    parts = try filtered(parts)
    let vms = Self.vms(parts)
    if vms.count <= Self.limits.vms {
      parts = try filtered(vms.sorted().map { Part.moves([$0]) } + parts.filter { !$0.isMoves })
    }
    return Conflict(
      parts: together(parts), holdsAnywhere: try holdsAnywhere(parts), leastSeconds: times.leastSeconds)
  }

  /// What ties VMs and what limits waves, in the order in which it is left out.
  private var limits: [Part] {
    guard let waves = request.options.waves else { return [] }
    let apps = Set(inventory.vms.filter { isMoved.contains($0.id) }.compactMap(\.app)).sorted()
    var limits = inventory.dependencies.indices.filter { inventory.dependencies[$0].isHard }.map(
      Part.dependency)
    limits += apps.filter { !$0.isEmpty }.map(Part.app)
    limits += inventory.rules.filter { $0.isHard && $0.speaksOfWaves }.map { .rule($0.id) }
    if waves.pilotVMs != nil { limits.append(.pilot) }
    if waves.validationSeconds > 0 { limits.append(.validation) }
    limits.append(.rollback)
    if waves.nights?.mostGroups != nil { limits.append(.groupsPerNight) }
    if waves.mostVMs != nil { limits.append(.waveSize) }
    return limits
  }

  private static func vms(_ parts: [Part]) -> Set<Int> {
    Set(
      parts.flatMap { part -> [Int] in
        if case .moves(let vms) = part { vms } else { [] }
      })
  }

  private func isImpossible(_ parts: [Part], _ times: WaveTimes) throws(SolverFailure) -> Bool {
    let question = WaveQuestion(reduced(to: Set(parts)), times: times)
    return try question?.hasWaves(for: Self.vms(parts), solver: solver) == false
  }

  private func reduced(to kept: Set<Part>) -> Fleet {
    var options = request.options
    if !kept.contains(.waveSize) { options.waves?.mostVMs = nil }
    if !kept.contains(.groupsPerNight) { options.waves?.nights?.mostGroups = nil }
    if !kept.contains(.pilot) { options.waves?.pilotVMs = nil }
    if !kept.contains(.validation) { options.waves?.validationSeconds = 0 }
    if !kept.contains(.rollback) { options.waves?.rollbackSeconds = 0 }
    var reduced = inventory
    reduced.rules = inventory.rules.filter { $0.speaksOfWaves && kept.contains(.rule($0.id)) }
    for index in reduced.dependencies.indices where !kept.contains(.dependency(index)) {
      reduced.dependencies[index].isHard = false
    }
    for index in reduced.vms.indices {
      if let app = reduced.vms[index].app, !kept.contains(.app(app)) { reduced.vms[index].app = nil }
    }
    return Fleet(reduced, options: options)
  }

  /// VMs of one application or group as one part.
  private func together(_ parts: [Part]) -> [Part] {
    let groups = WaveQuestion.groups(reduced(to: Set(parts)), times: times)
    let vms = Self.vms(parts)
    return groups.map { $0.filter(vms.contains) }.filter { !$0.isEmpty }.map(Part.moves)
      + parts.filter { !$0.isMoves }
  }

  /// Whether no other hosts of the sites make a difference.
  private func holdsAnywhere(_ parts: [Part]) throws(SolverFailure) -> Bool {
    let sites = Set(request.options.sites)
    let isTarget = fleet.hosts.map { $0.domain(.site).map(sites.contains) ?? false }
    let vms = Self.vms(parts)
    let hosts = isTarget.indices.filter { isTarget[$0] }
    guard request.goal == .colocate, vms.allSatisfy({ !isTarget[fleet.start[$0]] }) else { return false }
    // How long the rest of a disk takes depends on the way of its copy ahead: then only what needs no times is proved.
    let isTimed = request.options.waves?.seeding == nil && vms.count * hosts.count <= Self.limits.moves
    let least =
      isTimed
      ? WaveTimes(fleet, engine: engine, targets: Dictionary(uniqueKeysWithValues: vms.map { ($0, hosts) }))
      : times.withoutTimes
    return try isImpossible(parts, least)
  }
}

extension WaveConflictFilter.Part {
  fileprivate var isMoves: Bool { if case .moves = self { true } else { false } }
}

extension Rule {
  /// Whether it says who goes in one wave, who does not, or when.
  fileprivate var speaksOfWaves: Bool {
    switch requirement {
    case .affinity, .antiAffinity, .together, .before, .window, .blackout, .deadline: true
    default: false
    }
  }
}
