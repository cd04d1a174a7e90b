import StowageFleet

/// Lowers the fullest hosts by choosing other targets for blocks that move anyway.
///
/// No block that stays is moved and none that moves is sent home, so that moves and memory remain
/// what they are.
struct LevelSearch {
  let task: PlacementTask
  let hosts: [Int]

  /// Changes after which it ends. Chosen: far beyond what fleets of some hundred moves take.
  private static let changeLimit = 10_000
  /// A change that lowers less than this is noise.
  private static let leastGain = 1e-9

  /// A placement with the same VMs moved and no higher a maximum.
  func levelMoved(_ placement: [Int]) -> [Int] {
    let problem = task.problem
    let isOpen = problem.isOpen(hosts)
    let space = SearchSpace(
      problem, isOpen: isOpen, limits: problem.limits.map { LoadVector($0) },
      price: [Double](repeating: 0, count: problem.blocks.count))
    var arrangement = Arrangement(space)
    for (block, members) in problem.blocks.enumerated() {
      arrangement.place(block, on: placement[members[0]])
    }
    var levels = Levels(problem.fleet, loads: arrangement.peakLoads)
    let moved = movedWholly(placement)
    for _ in 0..<Self.changeLimit {
      guard let source = levels.highest.first,
        let (block, target) = bestShift(from: source, moved, arrangement, levels)
      else { break }
      arrangement.shift(block, to: target)
      levels.update([source, target], loads: arrangement.peakLoads)
      if task.stopwatch.hasRunOut { break }
    }
    return problem.placement(ofBlocks: arrangement.hosts)
  }

  /// Blocks of which every member moves, those apart that share a rack or a site with others.
  private func movedWholly(_ placement: [Int]) -> [Bool] {
    let accompanied = task.problem.accompanied
    return task.problem.blocks.enumerated().map { block, members in
      !accompanied.contains(block) && members.allSatisfy { placement[$0] != task.fleet.start[$0] }
    }
  }

  private func bestShift(
    from source: Int, _ moved: [Bool], _ arrangement: Arrangement, _ levels: Levels
  ) -> (Int, Int)? {
    var best: (block: Int, target: Int, level: Double)?
    for block in arrangement.residents[source].map(Int.init).sorted() where moved[block] {
      for target in hosts where target != source && arrangement.hasRoom(for: block, on: target) {
        guard !startsAt(target, block) else { continue }
        let (left, joined) = (
          arrangement.peakLoad(of: source, going: block), arrangement.peakLoad(of: target, coming: block)
        )
        let gain = levels.gain(source, left, target, joined)
        // The source must fall, even where another host as full keeps the maximum up.
        let level = levels.level[source] - levels.levelAfter(target, joined)
        guard gain.maximum >= 0, level > Self.leastGain else { continue }
        if best.map({ level > $0.level }) ?? true { best = (block, target, level) }
      }
    }
    return best.map { ($0.block, $0.target) }
  }

  private func startsAt(_ host: Int, _ block: Int) -> Bool {
    task.problem.blocks[block].contains { task.fleet.start[$0] == host }
  }
}
