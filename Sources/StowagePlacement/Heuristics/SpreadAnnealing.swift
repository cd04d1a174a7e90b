import Glibc
import StowageFleet
import StowageModel

/// Annealing for evenness with a limit on moves: single blocks go anywhere or home, two change places, and one goes home so
/// that another may go.
///
/// What is kept leaves no resource less even than it was before. Changes are priced first and looked at for room and
/// rules only when their price is right, because most are too dear.
struct SpreadAnnealing {
  let task: PlacementTask
  let hosts: [Int]
  let mostMoves: Int

  /// Changes tried in each run: for each block, at the least and at the most. Chosen: a tenth of a second for some hundred VMs, a
  /// second for ten thousand.
  private static let stepsPerBlock = 300
  private static let stepLimits = 100_000...2_000_000
  private static let runs = 2
  /// First temperature in parts of what the resource that is worst off costs, and how it falls with many moves, of which each
  /// does less. Chosen: with a third of it small clusters stay where the descent ended.
  private static let heat = (first: 0.3, timesMoves: 7.0, cooling: 3e-4)
  private static let stepsPerCheck = 1024

  /// A more even placement, if one is found.
  func improve(_ base: [Int], _ random: inout SeededGenerator) -> [Int]? {
    var best = SpreadRun(task: task, hosts: hosts, mostMoves: mostMoves, placement: base)
    guard best.isWorthwhile else { return nil }
    let steps = min(
      max(Self.stepLimits.lowerBound, Self.stepsPerBlock * task.problem.blocks.count),
      Self.stepLimits.upperBound)
    for _ in 0..<Self.runs {
      var run = best.restarted
      anneal(&run, steps, &random)
      if run.bestSpread < best.bestSpread { best = run }
      if task.stopwatch.hasRunOut { break }
    }
    return best.found
  }

  private func anneal(_ run: inout SpreadRun, _ steps: Int, _ random: inout SeededGenerator) {
    let first = min(Self.heat.first, Self.heat.timesMoves / Double(max(1, mostMoves)))
    let cooling = pow(Self.heat.cooling, Double(Self.stepsPerCheck) / Double(steps))
    var temperature = first
    for _ in 0..<max(1, steps / Self.stepsPerCheck) {
      for _ in 0..<Self.stepsPerCheck {
        run.propose(&random, temperature: temperature)
      }
      temperature *= cooling
      if task.stopwatch.hasRunOut { return }
    }
  }
}

/// The state of one annealing.
private struct SpreadRun {
  private let task: PlacementTask
  private let hosts: [Int]
  private let mostMoves: Int
  private let blocks: [Int]
  private let isMovable: [Bool]
  /// The deviations that must not be exceeded.
  private let most: LoadVector
  private let mostInverse: LoadVector
  private var arrangement: Arrangement
  private var levels: SpreadLevels
  private var soft: RuleLedger
  private var moves: Int
  private var away: DenseSet
  private var cost: Double
  /// The hosts of blocks in the best arrangement, if one was found that is better than the first.
  private var best: [Int32]?
  private(set) var bestSpread: Double
  private var changes: [SpreadLevels.Change] = []
  /// What all resources together weigh beside the one that is worst off.
  private static let sumWeight = 0.2

  init(task: PlacementTask, hosts: [Int], mostMoves: Int, placement: [Int]) {
    self.task = task
    self.hosts = hosts
    self.mostMoves = mostMoves
    arrangement = task.arrangement(placement, on: hosts)
    levels = SpreadLevels(task.fleet, loads: arrangement.peakLoads)
    soft = task.softRules.ledger.filled(placement)
    moves = ObjectiveMeter(task.fleet).moves(placement)
    let accompanied = task.problem.accompanied
    let candidates = task.problem.candidates
    // A block without another host to go to, or that starts in several places, only wastes proposals.
    blocks = task.problem.blocks.indices.filter { block in
      !accompanied.contains(block) && task.problem.home[block] != nil
        && !candidates.sets[candidates.setOfBlock[block]].isEmpty
    }
    var isMovable = [Bool](repeating: false, count: task.problem.blocks.count)
    for block in blocks { isMovable[block] = true }
    self.isMovable = isMovable
    most = levels.deviations
    var inverse = LoadVector.zero
    for resource in Resource.allCases where most[resource] > 0 { inverse[resource] = 1 / most[resource] }
    mostInverse = inverse
    bestSpread = levels.spread
    away = DenseSet(universe: task.problem.blocks.count)
    cost = 0
    for block in blocks where isAway(block) { away.insert(block) }
    cost = price(most)
  }

  /// Whether there is anything to move and anything to gain.
  var isWorthwhile: Bool { !blocks.isEmpty && hosts.count > 1 && bestSpread > 0 && mostMoves > 0 }

  /// The best so far as the start of another run.
  var restarted: SpreadRun {
    guard let best else { return self }
    var run = self
    for (block, host) in best.enumerated() where run.arrangement.hostOf[block] != host {
      run.apply([(block, Int(host))])
    }
    run.levels = SpreadLevels(task.fleet, loads: run.arrangement.peakLoads)
    run.cost = run.price(run.levels.deviations)
    return run
  }

  var found: [Int]? { best.map { task.problem.placement(ofBlocks: $0.map(Int.init)) } }

  private func isAway(_ block: Int) -> Bool {
    arrangement.hostOf[block] != arrangement.space.home[block]
  }

  // MARK: Proposals

  mutating func propose(_ random: inout SeededGenerator, temperature: Double) {
    let kind = random.unit()
    let first = away.isEmpty || kind < 0.3 ? blocks[random.below(blocks.count)] : away.randomMember(&random)
    let from = Int(arrangement.hostOf[first])
    if away.isEmpty || kind < 0.5 {
      let to = hosts[random.below(hosts.count)]
      if to != from { tryShifts([(first, to)], &random, temperature) }
      return
    }
    if kind < 0.8 {
      sendHome(first, from, &random, temperature)
      return
    }
    let second = blocks[random.below(blocks.count)]
    let other = Int(arrangement.hostOf[second])
    if other != from { tryShifts([(first, other), (second, from)], &random, temperature) }
  }

  /// One goes home, and one that is there, or any, goes to where it came from, or anywhere.
  private mutating func sendHome(
    _ first: Int, _ from: Int, _ random: inout SeededGenerator, _ temperature: Double
  ) {
    let home = Int(arrangement.space.home[first])
    let residents = arrangement.residents[home]
    let bits = random.below(4)
    let second =
      bits & 1 == 0 && !residents.isEmpty
      ? Int(residents[random.below(residents.count)]) : blocks[random.below(blocks.count)]
    let to = bits & 2 == 0 ? from : hosts[random.below(hosts.count)]
    let other = Int(arrangement.hostOf[second])
    guard second != first, isMovable[second], to != other, home != from else { return }
    // No host gives two or takes two: its load would be that of neither.
    guard other != from, to != home else { return }
    tryShifts([(first, home), (second, to)], &random, temperature)
  }

  /// Makes one or two shifts if they are legal and not too dear.
  private mutating func tryShifts(
    _ shifts: PlacementTask.Shifts, _ random: inout SeededGenerator, _ temperature: Double
  ) {
    let problem = task.problem
    var added = 0
    for shift in shifts {
      added +=
        problem.awayCount(shift.block, on: shift.to)
        - problem.awayCount(shift.block, on: Int(arrangement.hostOf[shift.block]))
    }
    guard moves + added <= mostMoves, shifts.allSatisfy({ arrangement.space.allows($0.block, on: $0.to) })
    else {
      return
    }
    listChanges(shifts)
    let deviations = levels.deviations(after: changes)
    let price = price(deviations)
    let change = price - cost
    guard change <= 0 || change < -temperature * log(random.unit()) else { return }
    guard problem.softChange(shifts, arrangement, soft) <= 1e-9, move(shifts) else { return }
    moves += added
    cost = price
    if deviations.sum < bestSpread - 1e-9, deviations.fits(most) {
      bestSpread = deviations.sum
      best = arrangement.hostOf
    }
  }

  /// What deviations cost: how far the worst is from what it was, and a little for all.
  private func price(_ deviations: LoadVector) -> Double {
    let parts = deviations * mostInverse
    return parts.largest + Self.sumWeight * parts.sum
  }

  /// The hosts that shifts concern with their loads afterwards.
  private mutating func listChanges(_ shifts: PlacementTask.Shifts) {
    changes.removeAll(keepingCapacity: true)
    for shift in shifts {
      for host in [Int(arrangement.hostOf[shift.block]), shift.to]
      where !changes.contains(where: { $0.host == host }) {
        let coming = shifts.first { $0.to == host }?.block
        let going = shifts.first { Int(arrangement.hostOf[$0.block]) == host }?.block
        changes.append((host, arrangement.peakLoad(of: host, coming: coming, going: going)))
      }
    }
  }

  /// Makes shifts, or none of them where one finds no room.
  private mutating func move(_ shifts: PlacementTask.Shifts) -> Bool {
    let before = shifts.map { (block: $0.block, to: Int(arrangement.hostOf[$0.block])) }
    for shift in shifts { arrangement.take(shift.block) }
    for (index, shift) in shifts.enumerated() {
      guard arrangement.hasRoom(for: shift.block, on: shift.to) else {
        for made in shifts.prefix(index) { arrangement.take(made.block) }
        for old in before { arrangement.place(old.block, on: old.to) }
        return false
      }
      arrangement.place(shift.block, on: shift.to)
    }
    settle(before, shifts)
    levels.take(changes)
    return true
  }

  /// Makes shifts that are known to be legal together.
  private mutating func apply(_ shifts: PlacementTask.Shifts) {
    let before = shifts.map { (block: $0.block, to: Int(arrangement.hostOf[$0.block])) }
    for shift in shifts { arrangement.shift(shift.block, to: shift.to) }
    for (old, new) in zip(before, shifts) {
      moves += task.problem.awayCount(new.block, on: new.to) - task.problem.awayCount(old.block, on: old.to)
    }
    settle(before, shifts)
  }

  private mutating func settle(_ before: PlacementTask.Shifts, _ after: PlacementTask.Shifts) {
    for (old, new) in zip(before, after) {
      if !soft.isIdle {
        for vm in task.problem.blocks[new.block] {
          soft.leave(vm, old.to)
          soft.enter(vm, new.to)
        }
      }
      if isMovable[new.block] {
        if isAway(new.block) { away.insert(new.block) } else { away.remove(new.block) }
      }
    }
  }
}
