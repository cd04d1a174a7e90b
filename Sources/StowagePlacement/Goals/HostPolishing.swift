import LinearOptimization
import StowageFleet
import StowageModel

/// Lowers the fullest hosts by integer programs over small sets of hosts.
///
/// - Given: a placement that keeps everything, and a few hosts, the fullest one of them.
/// - Decides: where the VMs on these hosts are among them; all others stay where they are.
/// - Minimises: the highest utilisation of these hosts, and with it, at what a move is worth, the moves.
/// - Subject to: all rules; no more moves than the options allow, those of the others counted.
/// - Reads back: a placement in which none of these hosts is as full as the fullest was.
///
/// What many steps together bring, none of which is worth taking alone, a program finds where a search of steps stands
/// still; on few hosts it ends soon. Proves nothing about the whole fleet.
struct HostPolishing {
  let task: PlacementTask
  let hosts: [Int]
  private let meter: ObjectiveMeter

  /// Sets of hosts tried for the fullest one before it stays as it is, and hosts beside it in a set. Measured on 30 generated
  /// fleets of 12 to 36 hosts with a gap of 0.91 % on average: 12 sets leave 0.75, 30 leave 0.64; with two beside it 0.70, with four
  /// 0.60 in four times the time.
  private static let setsEach = 30
  private static let partners = 3
  /// VMs times hosts of a set at most; with more the set is smaller.
  private static let sizeLimit = 300
  /// Hosts of a fleet at most. Chosen: where there are more, hundreds are as full as the fullest, and changes of hosts in groups
  /// (see ``LevelChanges``) lower them together.
  private static let hostLimit = 100
  /// Nodes and iterations of a program.
  private static let limits = (nodes: 1000, iterations: 30_000)
  /// A lower maximum by less is not looked for.
  private static let worthwhile = 1e-4
  /// What one of two placements with the same maximum may have to spare.
  private static let rounding = 1e-9

  init(task: PlacementTask, hosts: [Int]) {
    self.task = task
    self.hosts = hosts
    meter = ObjectiveMeter(task.fleet)
  }

  /// A placement with a lower maximum; `nil` when none is found.
  func lowered(_ placement: [Int], bound: Double) throws(SolverFailure) -> [Int]? {
    var random = SeededGenerator(seed: task.options.seed)
    let stopwatch = task.stopwatch.part(0.5)
    var best = placement
    while hosts.count <= Self.hostLimit, meter.maxUtilisation(best) > bound + Self.worthwhile {
      let levels = meter.levels(best)
      guard let fullest = hosts.max(by: { (levels[$0], $1) < (levels[$1], $0) }) else { break }
      var sets = HostSets(fullest: fullest, levels: levels, hosts: hosts, involved: involved(best, fullest))
      var relieved: [Int]?
      for _ in 0..<Self.setsEach where relieved == nil && !stopwatch.hasRunOut {
        let group = fitting(sets.next(Self.partners, &random), with: fullest, best)
        relieved = try relief(of: group, best, below: levels[fullest])
      }
      guard let relieved else { break }
      best = relieved
    }
    let saved = meter.maxUtilisation(placement) - meter.maxUtilisation(best)
    let isWorth = meter.isWorth(saved, best, from: placement, leastGain: leastGain)
    return saved > Self.rounding && isWorth ? best : nil
  }

  /// As many of some hosts, the fullest among them, as make a program that ends soon.
  private func fitting(_ group: [Int], with fullest: Int, _ placement: [Int]) -> [Int] {
    var (group, counts) = (group, [Int: Int]())
    for host in placement { counts[host, default: 0] += 1 }
    while group.count > 2, group.reduce(0, { $0 + (counts[$1] ?? 0) }) * group.count > Self.sizeLimit {
      group.remove(at: group.lastIndex { $0 != fullest } ?? 0)
    }
    return group
  }

  /// A placement in which each of some hosts is less full than a level.
  private func relief(
    of group: [Int], _ placement: [Int], below level: Double
  ) throws(SolverFailure) -> [Int]? {
    let hostOfBlock = task.problem.blocks.map { placement[$0[0]] }
    let within = HostSet(universe: task.fleet.hosts.count, group)
    let confined = task.confined { $0.confine(hostOfBlock, within: within) }
    var exact = ExactProgram(task: confined, hosts: hosts, countsHosts: false)
    exact.limits = Self.limits
    let leastGain = leastGain
    let answer = try exact.solve { program in
      let highest = program.program.addContinuous(
        "highest utilisation", in: .between(0, level - Self.worthwhile))
      program.encodeUtilisation(of: group, atMost: LinearExpression(highest))
      let moved = program.moved { _ in 1 }
      program.program.minimize(LinearExpression(highest) + leastGain * moved)
    }
    guard let found = answer.placement, task.accepts(found) else { return nil }
    let lowered = meter.levels(found)
    let highest = group.map { lowered[$0] }.max() ?? 0
    guard highest < level - Self.rounding,
      meter.isWorth(level - highest, found, from: placement, leastGain: leastGain),
      task.softRules.cost(found) <= task.softRules.cost(placement) + Self.rounding
    else { return nil }
    return found
  }

  /// How far a move must lower the maximum; within a limit on moves hardly at all.
  private var leastGain: Double {
    task.leastGain
      ?? (task.fleet.options.maxMoves == nil ? BalanceSearch.worthwhileMaximum : Self.worthwhile)
  }

  /// Hosts from which VMs have moved to a host or to which they have moved from it, ascending.
  private func involved(_ placement: [Int], _ host: Int) -> [Int] {
    var involved: Set<Int> = []
    for (vm, now) in placement.enumerated() where now != task.fleet.start[vm] {
      if now == host { involved.insert(task.fleet.start[vm]) }
      if task.fleet.start[vm] == host { involved.insert(now) }
    }
    return involved.filter { $0 != host && hosts.contains($0) }.sorted()
  }
}

/// Which hosts are looked at together with the fullest: first the emptiest, then those that have exchanged VMs with it, then some of
/// either and some drawn.
private struct HostSets {
  private let fullest: Int
  /// The others, the emptiest first.
  private let ranked: [Int]
  private let involved: [Int]
  private var count = 0
  /// The emptiest hosts from which every other partner is drawn.
  private static let emptiest = 6

  init(fullest: Int, levels: [Double], hosts: [Int], involved: [Int]) {
    self.fullest = fullest
    self.involved = involved
    ranked = hosts.filter { $0 != fullest }.sorted { (levels[$0], $0) < (levels[$1], $1) }
  }

  /// The next set, ascending.
  mutating func next(_ partners: Int, _ random: inout SeededGenerator) -> [Int] {
    defer { count += 1 }
    var group: Set<Int> = [fullest]
    func add(_ others: some Sequence<Int>) {
      for host in others where group.count <= partners { group.insert(host) }
    }
    switch count {
    case 0: add(ranked)
    case 1: add(involved + ranked)
    default:
      while group.count <= min(partners, ranked.count) {
        let from = random.below(3)
        if from == 0, !involved.isEmpty {
          group.insert(involved[random.below(involved.count)])
        } else {
          group.insert(ranked[random.below(from == 1 ? min(Self.emptiest, ranked.count) : ranked.count)])
        }
      }
    }
    return group.sorted()
  }
}
