import StowageFleet
import StowageModel

/// No usable host above a target, with as few moves as that takes.
///
/// Every host above a target gives away the fewest VMs that bring it under all of its targets, and these go where there
/// is room under the targets; if one finds none, annealing looks for a placement within the targets. Where neither fits the
/// moves allowed or the room there is, steps are taken that lower what is above targets most for their moves.
struct TargetBalance {
  let task: PlacementTask
  private let hosts: [Int]
  private let maximum: ProvedBound
  private let meter: ObjectiveMeter
  private var random: SeededGenerator

  init(_ task: PlacementTask, hosts: [Int], maximum: ProvedBound) {
    self.task = task
    self.hosts = hosts
    self.maximum = maximum
    meter = ObjectiveMeter(task.fleet)
    random = SeededGenerator(seed: task.options.seed)
  }

  mutating func answer(_ base: [Int], softBound: Double) -> PlacementAnswer {
    let placement = lowered(base)
    let excess = meter.targetExcess(placement)
    task.tell(.targetExcess, ProvedBound(0, .trivial), value: excess)
    var moves = ProvedBound(Double(MustMoveBound(task.fleet).moves), .mustMove)
    if excess == 0 { moves.raise(to: Double(fewestMoves), .counting) }
    return task.placed(
      placement,
      [
        task.noBrokenRules, ProvedBound(0, .trivial).objective(.targetExcess, value: excess),
        moves.objective(.moves, value: Double(meter.moves(placement))),
        maximum.objective(.maxUtilisation, value: meter.maxUtilisation(placement)),
      ], softBound: softBound)
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
    let light = HostRelief.ofHosts(task.fleet, targets: task.fleet.options.targetPercent) { vm in
      let candidates = task.problem.candidates
      return !candidates.sets[candidates.setOfBlock[task.problem.blockOfVM[vm]]].isEmpty
    }
    let peaks = PeakSearch(task: task, hosts: hosts, reliefs: light)
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
    return TargetSearch(task: task, hosts: hosts).improve(base)
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
