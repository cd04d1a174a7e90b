import StowageFleet

/// Places the blocks that cannot stay into what room the others leave, without asking anybody else
/// to move: first the largest, then in random orders.
struct EvacuationFill {
  let task: PlacementTask
  let hosts: [Int]

  /// A placement that keeps everything; `nil` when no order gives one, or when those that could stay
  /// are in each other's way already.
  func place(restarts: Int, _ random: inout SeededGenerator) -> [Int]? {
    guard let settled = task.problem.settlingDomains(), let space = space(settled) else { return nil }
    var base = Arrangement(space)
    var leaving: [Int] = []
    for block in BestFit.largestFirst(space) {
      if let home = settled.candidates.remainsAt[block], space.isOpen[home] {
        base.place(block, on: home)
      } else {
        leaving.append(block)
      }
    }
    guard base.isLegal else { return nil }
    for restart in 0..<restarts {
      if restart > 0 { Self.disturb(&leaving, &random) }
      if let placement = fill(base, leaving), task.accepts(placement) { return placement }
      if task.stopwatch.hasRunOut { return nil }
    }
    return nil
  }

  private func space(_ problem: Problem) -> SearchSpace? {
    let isOpen = problem.isOpen(hosts)
    return SearchSpace(
      problem, isOpen: isOpen, limits: problem.limits.map { LoadVector($0) },
      price: [Double](repeating: 0, count: problem.blocks.count))
  }

  /// Each block goes where it leaves the fullest host least full.
  private func fill(_ base: Arrangement, _ leaving: [Int]) -> [Int]? {
    var arrangement = base
    let space = base.space
    for block in leaving {
      var best: (host: Int, fullness: Double)?
      for host in space.openHosts.map(Int.init) where arrangement.hasRoom(for: block, on: host) {
        let fullness = Self.fullness(arrangement.load[host] + space.demand[block], space.limit[host])
        if best.map({ fullness < $0.fullness }) ?? true { best = (host, fullness) }
      }
      guard let best else { return nil }
      arrangement.place(block, on: best.host)
    }
    return task.problem.placement(ofBlocks: arrangement.hosts)
  }

  private static func fullness(_ load: LoadVector, _ limit: LoadVector) -> Double {
    load.ratio(to: limit).largest
  }

  /// Swaps a few neighbours in the order, so that large blocks still come early.
  private static func disturb(_ order: inout [Int], _ random: inout SeededGenerator) {
    guard order.count > 1 else { return }
    for _ in 0..<max(2, order.count / 4) {
      let position = random.below(order.count)
      let other = min(order.count - 1, position + 1 + random.below(4))
      order.swapAt(position, other)
    }
  }
}
