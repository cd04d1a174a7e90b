import Glibc
import StowageFleet
import StowageModel

/// The state of one annealing for evenness: where blocks are, how evenly loads lie, and who is away.
///
/// A step is priced first and looked at for room and rules only when its price is right, because most are too dear.
struct SpreadRun {
  /// One block that goes elsewhere, or two at once; no host gives both or takes both.
  private struct Step {
    var block: Int
    var to: Int
    var other = -1
    var otherTo = -1

    var isDouble: Bool { other >= 0 }
  }

  private let problem: Problem
  private let space: SearchSpace
  private let hosts: [Int]
  private let mostMoves: Int
  private let blocks: [Int]
  private let isMovable: [Bool]
  /// VMs of each block.
  private let members: [Int32]
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
  /// Deviations that differ by less are the same: they are roots of sums that are kept step by step, and the root of what
  /// rounding leaves of a variance of zero is 1e-8.
  private static let rounding = 1e-7
  /// What a lower deviation counts as in prices: no resource is so even that it costs nothing to make it less so.
  private static let leastDeviation = 1e-3

  init(task: PlacementTask, hosts: [Int], mostMoves: Int, placement: [Int]) {
    problem = task.problem
    self.hosts = hosts
    self.mostMoves = mostMoves
    arrangement = task.arrangement(placement, on: hosts)
    space = arrangement.space
    levels = SpreadLevels(task.fleet, loads: arrangement.peakLoads)
    soft = task.softRules.ledger.filled(placement)
    moves = ObjectiveMeter(task.fleet).moves(placement)
    members = problem.blocks.map { Int32($0.count) }
    let accompanied = problem.accompanied
    let candidates = problem.candidates
    let home = problem.home
    // A block without another host to go to, or that starts in several places, only wastes proposals.
    blocks = problem.blocks.indices.filter { block in
      !accompanied.contains(block) && home[block] != nil && candidates.hasEntry(block)
    }
    var isMovable = [Bool](repeating: false, count: members.count)
    for block in blocks { isMovable[block] = true }
    self.isMovable = isMovable
    let deviations = levels.deviations
    most = deviations + .all(Self.rounding)
    var inverse = LoadVector.zero
    for resource in Resource.allCases {
      inverse[resource] = 1 / max(deviations[resource], Self.leastDeviation)
    }
    mostInverse = inverse
    bestSpread = deviations.sum
    away = DenseSet(universe: members.count)
    cost = 0
    for block in blocks where isAway(block) { away.insert(block) }
    cost = price(deviations)
  }

  /// Whether there is anything to move and anything to gain.
  var isWorthwhile: Bool { !blocks.isEmpty && hosts.count > 1 && bestSpread > 0 && mostMoves > 0 }

  /// The best so far as the start of another run.
  var restarted: SpreadRun {
    guard let best else { return self }
    var run = self
    for (block, host) in best.enumerated() where run.arrangement.hostOf[block] != host {
      run.relocate(block, to: Int(host))
    }
    run.levels.recount(run.arrangement.peakLoads)
    run.cost = run.price(run.levels.deviations)
    return run
  }

  /// The best placement, if one is better than the first.
  var found: [Int]? { best.map { problem.placement(ofBlocks: $0.map(Int.init)) } }

  @inline(__always)
  private func isAway(_ block: Int) -> Bool { arrangement.hostOf[block] != space.home[block] }

  @inline(__always)
  private func host(of block: Int) -> Int { Int(arrangement.hostOf[block]) }

  // MARK: Proposals

  /// Tries a step of some kind. Exchanges of any two matter where a resource lies so evenly that no single block may go.
  mutating func propose(_ random: inout SeededGenerator, temperature: Double) {
    let kind = random.unit()
    let isAny = away.isEmpty || kind < 0.3 || kind >= 0.9
    let first = isAny ? blocks[random.below(blocks.count)] : away.randomMember(&random)
    if kind < 0.5 {
      attempt(Step(block: first, to: hosts[random.below(hosts.count)]), &random, temperature)
    } else if kind < 0.8, !isAny {
      sendHome(first, &random, temperature)
    } else {
      let second = blocks[random.below(blocks.count)]
      let exchange = Step(block: first, to: host(of: second), other: second, otherTo: host(of: first))
      attempt(exchange, &random, temperature)
    }
  }

  /// One goes home, and one that is there, or any, goes to where it came from, or anywhere.
  private mutating func sendHome(_ first: Int, _ random: inout SeededGenerator, _ temperature: Double) {
    let home = Int(space.home[first])
    let bits = random.below(4)
    let residents = arrangement.residents[home].count
    let second =
      bits & 1 == 0 && residents > 0
      ? Int(arrangement.residents[home][random.below(residents)]) : blocks[random.below(blocks.count)]
    let to = bits & 2 == 0 ? host(of: first) : hosts[random.below(hosts.count)]
    guard isMovable[second] else { return }
    attempt(Step(block: first, to: home, other: second, otherTo: to), &random, temperature)
  }

  /// Makes a step if it is legal and not too dear.
  private mutating func attempt(_ step: Step, _ random: inout SeededGenerator, _ temperature: Double) {
    guard isProper(step) else { return }
    let added =
      awayChange(step.block, to: step.to) + (step.isDouble ? awayChange(step.other, to: step.otherTo) : 0)
    guard moves + added <= mostMoves, space.allows(step.block, on: step.to),
      !step.isDouble || space.allows(step.other, on: step.otherTo)
    else { return }
    listChanges(step)
    let deviations = levels.deviations(after: changes)
    let price = price(deviations)
    guard price <= cost - temperature * log(random.unit()) else { return }
    guard keepsSoftRules(step), make(step) else { return }
    moves += added
    cost = price
    if deviations.sum < bestSpread - Self.rounding, deviations.fits(most) {
      bestSpread = deviations.sum
      best = arrangement.hostOf
    }
  }

  /// Whether every block goes elsewhere, and no host gives two or takes two: its load would be that of neither.
  @inline(__always)
  private func isProper(_ step: Step) -> Bool {
    guard step.to != host(of: step.block) else { return false }
    guard step.isDouble else { return true }
    return step.other != step.block && step.otherTo != host(of: step.other) && step.otherTo != step.to
      && host(of: step.other) != host(of: step.block)
  }

  /// The moves that a block adds by going to a host. All its VMs start where it is at home.
  @inline(__always)
  private func awayChange(_ block: Int, to host: Int) -> Int {
    let home = Int(space.home[block])
    let change = (host == home ? 0 : 1) - (isAway(block) ? 1 : 0)
    return change * Int(members[block])
  }

  /// What deviations cost: how far the worst is from what it was, and a little for all.
  @inline(__always)
  private func price(_ deviations: LoadVector) -> Double {
    let parts = deviations * mostInverse
    return parts.largest + Self.sumWeight * parts.sum
  }

  /// The hosts that a step concerns with their loads afterwards.
  private mutating func listChanges(_ step: Step) {
    changes.removeAll(keepingCapacity: true)
    let from = host(of: step.block)
    guard step.isDouble else {
      change(from, coming: nil, going: step.block)
      change(step.to, coming: step.block, going: nil)
      return
    }
    let otherFrom = host(of: step.other)
    change(from, coming: step.otherTo == from ? step.other : nil, going: step.block)
    change(otherFrom, coming: step.to == otherFrom ? step.block : nil, going: step.other)
    if step.to != otherFrom { change(step.to, coming: step.block, going: nil) }
    if step.otherTo != from { change(step.otherTo, coming: step.other, going: nil) }
  }

  @inline(__always)
  private mutating func change(_ host: Int, coming: Int?, going: Int?) {
    changes.append((host, arrangement.peakLoad(of: host, coming: coming, going: going)))
  }

  // MARK: Steps

  private func keepsSoftRules(_ step: Step) -> Bool {
    guard !soft.isIdle else { return true }
    let shifts = [(block: step.block, to: step.to)] + (step.isDouble ? [(step.other, step.otherTo)] : [])
    return problem.softChange(shifts, arrangement, soft) <= 1e-9
  }

  /// Makes a step, or none of it where a block finds no room.
  private mutating func make(_ step: Step) -> Bool {
    let (from, otherFrom) = (host(of: step.block), step.isDouble ? host(of: step.other) : -1)
    arrangement.take(step.block)
    if step.isDouble { arrangement.take(step.other) }
    guard arrangement.hasRoom(for: step.block, on: step.to) else {
      arrangement.place(step.block, on: from)
      if step.isDouble { arrangement.place(step.other, on: otherFrom) }
      return false
    }
    arrangement.place(step.block, on: step.to)
    if step.isDouble {
      guard arrangement.hasRoom(for: step.other, on: step.otherTo) else {
        arrangement.take(step.block)
        arrangement.place(step.block, on: from)
        arrangement.place(step.other, on: otherFrom)
        return false
      }
      arrangement.place(step.other, on: step.otherTo)
      settle(step.other, from: otherFrom)
    }
    settle(step.block, from: from)
    levels.take(changes)
    return true
  }

  /// Takes a block where it is known to find room; loads are counted afterwards.
  private mutating func relocate(_ block: Int, to: Int) {
    let from = host(of: block)
    moves += awayChange(block, to: to)
    arrangement.shift(block, to: to)
    settle(block, from: from)
  }

  /// Enters in rules and lists that a block has come from a host to where it is now.
  private mutating func settle(_ block: Int, from: Int) {
    if !soft.isIdle {
      for vm in problem.blocks[block] {
        soft.leave(vm, from)
        soft.enter(vm, host(of: block))
      }
    }
    guard isMovable[block] else { return }
    if isAway(block) { away.insert(block) } else { away.remove(block) }
  }
}
