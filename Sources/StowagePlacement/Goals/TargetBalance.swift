import LinearOptimization
import StowageFleet
import StowageModel

/// No usable host above a target, with as few moves as that takes.
///
/// Every host above a target gives away the fewest VMs that bring it under all of its targets, and these go where there
/// is room under the targets; if one finds none, annealing looks for a placement within the targets. Where neither fits the
/// moves allowed or the room there is, steps are taken that lower what is above targets most for their moves, and the search
/// for machine reassignment looks for less (see ``TargetReassignment``).
struct TargetBalance {
  let task: PlacementTask
  private let hosts: [Int]
  private let maximum: ProvedBound
  private let meter: ObjectiveMeter
  private var random: SeededGenerator

  /// Sums of utilisation that differ by less are the same.
  private static let rounding = 1e-9

  init(_ task: PlacementTask, hosts: [Int], maximum: ProvedBound) {
    self.task = task
    self.hosts = hosts
    self.maximum = maximum
    meter = ObjectiveMeter(task.fleet)
    random = SeededGenerator(seed: task.options.seed)
  }

  mutating func answer(_ base: [Int], softBound: Double) throws(SolverFailure) -> PlacementAnswer {
    var least = ProvedBound(0, .trivial)
    least.raise(to: MeanLoadBound(task.fleet).targetExcess(task.fleet.options.targetPercent), .meanLoad)
    var moves = ProvedBound(Double(MustMoveBound(task.fleet).moves), .mustMove)
    var placement = lowered(base)
    if meter.targetExcess(placement) == 0 { moves.raise(to: Double(fewestMoves), .counting) }
    placement = try settled(placement, &least, &moves)
    task.tell(.targetExcess, least, value: meter.targetExcess(placement))
    return task.placed(
      placement,
      [
        task.noBrokenRules, least.objective(.targetExcess, value: meter.targetExcess(placement)),
        moves.objective(.moves, value: Double(meter.moves(placement))),
        maximum.objective(.maxUtilisation, value: meter.maxUtilisation(placement)),
      ], softBound: softBound)
  }

  /// What the integer programs of a small fleet make of it.
  private func settled(
    _ best: [Int], _ least: inout ProvedBound, _ moves: inout ProvedBound
  ) throws(SolverFailure) -> [Int] {
    let exact = ExactBalance(task: task, hosts: hosts)
    guard exact.isWorthwhile else { return best }
    var best = best
    if least.leavesGap(to: meter.targetExcess(best)) {
      let lowest = try exact.leastExcess()
      if task.provesBounds { least.raise(to: lowest.bound, .branchAndBound) }
      if let found = lowest.placement, isBetter(found, than: best) { best = found }
    }
    guard !least.leavesGap(to: meter.targetExcess(best)), Double(meter.moves(best)) > moves.value
    else { return best }
    let fewest = try exact.fewestMoves(excess: meter.targetExcess(best))
    if task.provesBounds { moves.raise(to: fewest.bound.map(ProvedBound.roundedUp), .branchAndBound) }
    if let found = fewest.placement, isBetter(found, than: best) { best = found }
    return best
  }

  /// Whether a placement has less above targets, or as much with fewer moves, at no higher cost of soft rules.
  private func isBetter(_ placement: [Int], than other: [Int]) -> Bool {
    let saved = meter.targetExcess(other) - meter.targetExcess(placement)
    return task.softRules.cost(placement) <= task.softRules.cost(other) + Self.rounding
      && (saved > Self.rounding
        || saved > -Self.rounding && meter.moves(placement) < meter.moves(other))
  }

  /// The VMs that must leave anyway and those that must leave each host for its targets.
  private var fewestMoves: Int {
    let reliefs = HostRelief.ofHosts(task.fleet, targets: task.fleet.options.targetPercent)
    return reliefs.compactMap { $0 }.reduce(MustMoveBound(task.fleet).moves) { sum, relief in
      sum + ((0...relief.count).first { relief.level(without: $0) <= 1 + 1e-9 } ?? 0)
    }
  }

  private mutating func lowered(_ base: [Int]) -> [Int] {
    guard meter.targetExcess(base) > 0 else { return base }
    let peaks = PeakSearch(task, hosts: hosts)
    let soft = task.softRules.cost(base)
    var found = peaks.relieved(base, to: 1)
    if found.map({ task.softRules.cost($0) > soft + 1e-9 }) ?? true {
      found = peaks.annealed(base, to: 1, &random)
    }
    if let found, task.softRules.cost(found) <= soft + 1e-9,
      meter.targetExcess(found) < meter.targetExcess(base)
    {
      return levelled(found)
    }
    let stepped = TargetSearch(task: task, hosts: hosts).improve(base)
    return TargetReassignment(task: task, hosts: hosts).improve(stepped) ?? stepped
  }

  /// The same VMs moved to where they leave the fullest host least full.
  private func levelled(_ placement: [Int]) -> [Int] {
    let other = LevelSearch(task: task, hosts: hosts).levelMoved(placement)
    let isBetter =
      task.accepts(other) && meter.moves(other) <= meter.moves(placement)
      && meter.targetExcess(other) <= meter.targetExcess(placement)
      && task.softRules.cost(other) <= task.softRules.cost(placement) + 1e-9
    return isBetter ? other : placement
  }
}
