import StowageFleet
import StowageModel

/// Lowers what soft rules cost by moves and swaps of those that a breach is made of, then brings VMs home
/// where that costs nothing.
struct SoftSearch {
  let task: PlacementTask
  /// The hosts that may hold VMs.
  let hosts: [Int]

  /// Moves and swaps looked at in all. Chosen: a second or two.
  private static let looks = 2_000_000
  /// Hosts on which a block is tried against each resident when it fits nowhere by itself.
  private static let swapHosts = 24

  private struct Step {
    var shifts: [(block: Int, to: Int)]
    var cost: Double
    var away: Double
  }

  /// A placement that costs no more; the given one when none is found that is accepted.
  func lower(_ placement: [Int]) -> [Int] {
    let problem = task.problem
    let isOpen = problem.isOpen(hosts)
    let space = SearchSpace(
      problem, isOpen: isOpen, limits: problem.limits.map { LoadVector($0) },
      price: [Double](repeating: 0, count: problem.blocks.count))
    var state = State(space, task.softRules.ledger)
    for (block, members) in problem.blocks.enumerated() { state.place(block, on: placement[members[0]]) }
    var steps = [placement]
    var looks = 0
    var isImproving = true
    while isImproving, looks < Self.looks, !task.stopwatch.hasRunOut {
      isImproving = false
      for block in state.culprits where looks < Self.looks {
        guard let step = best(block, state, &looks) else { continue }
        state.take(step.shifts)
        steps.append(problem.placement(ofBlocks: state.arrangement.hosts))
        isImproving = true
      }
    }
    sendHome(&state)
    steps.append(problem.placement(ofBlocks: state.arrangement.hosts))
    return longestAccepted(steps)
  }

  private func best(_ block: Int, _ state: State, _ looks: inout Int) -> Step? {
    let arrangement = state.arrangement
    let from = Int(arrangement.hostOf[block])
    var best: Step?
    func consider(_ shifts: [(block: Int, to: Int)]) {
      looks += 1
      let cost = state.change(shifts)
      guard cost < -1e-9 else { return }
      let away = shifts.reduce(0) {
        $0 + task.problem.awayMiB($1.block, on: $1.to)
          - task.problem.awayMiB($1.block, on: Int(arrangement.hostOf[$1.block]))
      }
      if let best, (best.cost, best.away) <= (cost, away) { return }
      best = Step(shifts: shifts, cost: cost, away: away)
    }
    for host in hosts where host != from && arrangement.hasRoom(for: block, on: host) {
      consider([(block, host)])
    }
    guard best == nil else { return best }
    let wanted = hosts.filter { $0 != from && arrangement.space.allows(block, on: $0) }
      .map { (cost: state.change([(block, $0)]), host: $0) }.filter { $0.cost < -1e-9 }
      .sorted { $0 < $1 }.prefix(Self.swapHosts)
    for (_, host) in wanted {
      for other in arrangement.residents[host].map(Int.init).sorted()
      where state.canSwap(block, other) { consider([(block, host), (other, from)]) }
    }
    return best
  }

  /// Blocks that could be at home at no cost go there.
  private func sendHome(_ state: inout State) {
    for block in task.problem.blocks.indices {
      guard let home = task.problem.home[block], Int(state.arrangement.hostOf[block]) != home,
        state.arrangement.space.isOpen[home], state.arrangement.hasRoom(for: block, on: home),
        state.change([(block, home)]) < 1e-9
      else { continue }
      state.take([(block, home)])
    }
  }

  /// Failover and limits on moves are tried afterwards only: the last step that is accepted.
  private func longestAccepted(_ steps: [[Int]]) -> [Int] {
    for step in steps.reversed().prefix(64) where task.accepts(step) { return step }
    return steps[0]
  }
}

/// Who is where, with what soft rules cost.
private struct State {
  private(set) var arrangement: Arrangement
  private var soft: RuleLedger

  init(_ space: SearchSpace, _ soft: RuleLedger) {
    arrangement = Arrangement(space)
    self.soft = soft
  }

  private var blocks: [[Int]] { arrangement.space.problem.blocks }

  /// Blocks that a breach is made of, ascending.
  var culprits: [Int] {
    blocks.indices.filter { block in
      blocks[block].contains { soft.isCulprit($0, on: Int(arrangement.hostOf[block])) }
    }
  }

  mutating func place(_ block: Int, on host: Int) {
    arrangement.place(block, on: host)
    for vm in blocks[block] { soft.enter(vm, host) }
  }

  mutating func take(_ shifts: [(block: Int, to: Int)]) {
    for shift in shifts {
      for vm in blocks[shift.block] { soft.leave(vm, Int(arrangement.hostOf[shift.block])) }
      arrangement.take(shift.block)
    }
    for shift in shifts { place(shift.block, on: shift.to) }
  }

  /// What steps add to the cost.
  func change(_ shifts: [(block: Int, to: Int)]) -> Double {
    soft.change(
      shifts.flatMap { shift in
        blocks[shift.block].map {
          RuleLedger.Shift(vm: $0, from: Int(arrangement.hostOf[shift.block]), to: shift.to)
        }
      })
  }

  /// Whether two blocks can change places without breaking anything hard.
  func canSwap(_ block: Int, _ other: Int) -> Bool {
    let space = arrangement.space
    let (from, to) = (Int(arrangement.hostOf[block]), Int(arrangement.hostOf[other]))
    guard space.allows(other, on: from) else { return false }
    let difference = space.demand[block] - space.demand[other]
    return (arrangement.load[from] - difference).fits(space.limit[from])
      && (arrangement.load[to] + difference).fits(space.limit[to])
      && arrangement.hoursPermit(block, on: to, after: other)
      && arrangement.hoursPermit(other, on: from, after: block)
      && arrangement.clashChange(swapping: block, other) <= 0
  }
}
