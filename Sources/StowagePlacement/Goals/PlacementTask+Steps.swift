import StowageFleet

extension PlacementTask {
  /// One step of a search: blocks with the hosts to which they go.
  typealias Shifts = [(block: Int, to: Int)]

  /// A placement as an arrangement on hosts within the limits at rest, in which being away costs nothing.
  func arrangement(_ placement: [Int], on hosts: [Int]) -> Arrangement {
    let space = SearchSpace(
      problem, isOpen: problem.isOpen(hosts), limits: problem.limits.map { LoadVector($0) },
      price: [Double](repeating: 0, count: problem.blocks.count))
    var arrangement = Arrangement(space)
    for (block, members) in problem.blocks.enumerated() {
      arrangement.place(block, on: placement[members[0]])
    }
    return arrangement
  }

  /// A search that goes step by step from a placement.
  func descent(from start: [Int], on hosts: [Int]) -> Descent {
    Descent(task: self, start: start, arrangement: arrangement(start, on: hosts))
  }

  /// What only a whole placement shows, failover among it, is tried afterwards: the longest run of steps after which
  /// it holds, by halving.
  func longestAccepted(_ start: [Int], _ steps: [Shifts]) -> [Int] {
    func placement(after count: Int) -> [Int] {
      var placement = start
      for shift in steps.prefix(count).joined() {
        for vm in problem.blocks[shift.block] { placement[vm] = shift.to }
      }
      return placement
    }
    let whole = placement(after: steps.count)
    if accepts(whole) { return whole }
    var (kept, refused) = (0, steps.count)
    while refused - kept > 1 {
      let middle = (kept + refused) / 2
      if accepts(placement(after: middle)) { kept = middle } else { refused = middle }
    }
    return placement(after: kept)
  }
}
