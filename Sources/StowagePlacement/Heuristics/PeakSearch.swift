import StowageFleet
import StowageModel

/// Lowers the highest utilisation as far as a number of moves allows.
///
/// For a level to reach, every host above it gives away as few VMs as can be, and these go where there
/// is room below the level. Halving finds the lowest level that works; where that is above what is
/// proved, annealing tries levels between the two.
struct PeakSearch {
  let task: PlacementTask
  let hosts: [Int]
  private let reliefs: [HostRelief?]

  /// Halvings of the gap between bound and level. Chosen: 2⁻¹⁸ of it is below a millionth.
  private static let halvings = 18
  /// Levels tried by annealing.
  private static let annealings = 5
  /// Steps of each: for each block, and at the least. Chosen: ten seconds in all for a thousand hosts.
  private static let stepsPerBlock = 600
  private static let leastSteps = 1_000_000
  /// A lower maximum by less is not looked for.
  private static let worthwhile = 1e-4

  /// A search; where the request states targets, levels are counted by these.
  init(_ task: PlacementTask, hosts: [Int]) {
    self.task = task
    self.hosts = hosts
    let problem = task.problem
    reliefs = HostRelief.ofHosts(task.fleet, targets: task.fleet.options.targetPercent) { vm in
      problem.candidates.hasEntry(problem.blockOfVM[vm])
    }
  }

  /// A placement with a maximum as near to the bound as hosts reach that only give away, at most as
  /// high as that of `base`, or `nil`.
  func relieved(_ base: [Int], bound: Double) -> [Int]? {
    if let found = relieved(base, to: bound) { return found }
    return halved(from: base, bound: bound, times: Self.halvings) { relieved(base, to: $1) }
  }

  /// The same by annealing, from the best so far.
  func annealed(_ base: [Int], bound: Double, _ random: inout SeededGenerator) -> [Int]? {
    return halved(from: base, bound: bound, times: Self.annealings) { annealed($0, to: $1, &random) }
  }

  private func halved(
    from base: [Int], bound: Double, times: Int, _ find: (_ best: [Int], _ level: Double) -> [Int]?
  ) -> [Int]? {
    let meter = ObjectiveMeter(task.fleet)
    var (low, high) = (bound, meter.maxUtilisation(base))
    var best: [Int]?
    for _ in 0..<times where high - low > Self.worthwhile && !task.stopwatch.hasRunOut {
      let middle = (low + high) / 2
      if let found = find(best ?? base, middle), meter.maxUtilisation(found) <= high {
        best = found
        high = meter.maxUtilisation(found)
      } else {
        low = middle
      }
    }
    return best
  }

  // MARK: A level at a time

  private func space(_ level: Double) -> SearchSpace {
    let problem = task.problem
    let isOpen = problem.isOpen(hosts)
    return SearchSpace(
      problem, isOpen: isOpen, limits: problem.fleet.hosts.indices.map { limit(level, $0) },
      price: problem.blocks.map { Double($0.count) })
  }

  /// What a host may hold at a level, or at so much of its targets; a thousandth of a unit covers rounding.
  private func limit(_ level: Double, _ host: Int) -> LoadVector {
    let proper = task.problem.limits[host]
    guard task.fleet.hosts[host].isUsableAsTarget else { return LoadVector(proper) }
    var limit = LoadVector(proper)
    let targets = task.fleet.options.targetPercent
    for resource in Resource.allCases where targets.isEmpty || targets[resource] != nil {
      guard let capacity = task.fleet.levelled[host][resource], capacity > 0 else { continue }
      let share = (targets[resource] ?? 100) / 100 * level
      limit[resource] = min(limit[resource], (Double(capacity) * share + 1e-3).rounded(.down))
    }
    return limit
  }

  private func arrangement(_ placement: [Int], _ space: SearchSpace) -> Arrangement {
    var arrangement = Arrangement(space)
    for (block, members) in task.problem.blocks.enumerated() {
      arrangement.place(block, on: placement[members[0]])
    }
    return arrangement
  }

  /// Every host above the level gives away the fewest VMs, and all find room.
  func relieved(_ base: [Int], to level: Double) -> [Int]? {
    var arrangement = arrangement(base, space(level))
    var leavers: [Int] = []
    for host in hosts where arrangement.excess[host] > 0 {
      guard let relief = reliefs[host], let chosen = leaversOf(relief, level) else { return nil }
      leavers += chosen.map { task.problem.blockOfVM[$0] }.filter { arrangement.hostOf[$0] == Int32(host) }
    }
    leavers = Array(Set(leavers)).sorted()
    for block in leavers { arrangement.take(block) }
    let space = arrangement.space
    let sizes = space.demand.map { ($0 * space.scale).largest }
    leavers.sort { sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 < $1 }
    for block in leavers {
      guard let host = emptiest(for: block, arrangement) else { return nil }
      arrangement.place(block, on: host)
    }
    return accepted(arrangement)
  }

  private func leaversOf(_ relief: HostRelief, _ level: Double) -> [Int]? {
    for count in 0...relief.count where relief.level(without: count) <= level + 1e-9 {
      return relief.choice(of: count, level: level + 1e-9)
    }
    return nil
  }

  /// The host with room that is least full afterwards.
  private func emptiest(for block: Int, _ arrangement: Arrangement) -> Int? {
    let space = arrangement.space
    var best: (host: Int, level: Double)?
    for host in hosts where arrangement.hasRoom(for: block, on: host) {
      let level = (arrangement.load[host] + space.demand[block]).ratio(to: space.limit[host]).largest
      if best.map({ level < $0.level }) ?? true { best = (host, level) }
    }
    return best?.host
  }

  func annealed(_ base: [Int], to level: Double, _ random: inout SeededGenerator) -> [Int]? {
    var arrangement = arrangement(base, space(level))
    var annealing = Annealing(
      steps: max(Self.leastSteps, Self.stepsPerBlock * task.problem.blocks.count),
      temperature: (first: 0.4, last: 0.02))
    annealing.excessWeight = 3e3
    annealing.clashWeight = 3
    annealing.priceWeight = 1
    annealing.adaptsExcessWeight = true
    guard let found = annealing.run(&arrangement, &random, task.stopwatch) else { return nil }
    let placement = task.problem.placement(ofBlocks: found.map(Int.init))
    return task.accepts(placement) ? placement : nil
  }

  private func accepted(_ arrangement: Arrangement) -> [Int]? {
    let placement = task.problem.placement(ofBlocks: arrangement.hosts)
    return task.accepts(placement) ? placement : nil
  }
}
