import LinearOptimization

/// Weights for very many sizes: few numbers that all sizes share first, then a weight for each size, near those.
///
/// - The numbers (``SmoothWeights``) are found for a group of hosts that is like all of them.
/// - The weights are found for all hosts in a corridor around what the numbers give (``WeightCorridor``), which is laid
///   anew as long as its walls are in the way.
///
/// On fleets of 700 and 2300 VMs, each of its own size, that are nine tenths full this proves what numbers alone do not
/// (92 and 272 moves of what are 93 and 280 at most; with 16 and 8 numbers a side 91 and 263), in a fifth of the time.
struct FineWeights {
  let task: PlacementTask
  let outline: ChangeModel

  /// Hosts of the group at most. Chosen: few enough that the numbers are found in seconds.
  var groupSize = 70
  /// Hosts up to which there are no groups. Chosen: numbers of all are closer than those of half of them.
  var wholeSize = 120

  /// Nodes along each of the two resources.
  private static let side = 8
  /// How often the corridor is laid.
  private static let corridors = 4

  /// The numbers' part in each size.
  static func smooth(_ outline: ChangeModel) -> SmoothWeights {
    SmoothWeights(over: outline.classes.map(\.demand), outline.grid.resources, side: side)
  }

  /// The master of all hosts with the best weights that were found. It stands in, or is at its walls, where room is lacking.
  func master() throws(SolverFailure) -> ChangeMaster {
    if outline.hosts.count > wholeSize, let group = HostGroups(outline, size: groupSize).groups.first {
      let numbers = try coarse(outline.part(group))
      // A group may lack the room that all have together.
      if !numbers.isStandingIn { return try refined(numbers) { group.positions[$0] } }
    }
    return try refined(coarse(outline)) { $0 }
  }

  /// The numbers for some hosts.
  private func coarse(_ model: ChangeModel) throws(SolverFailure) -> ChangeMaster {
    let master = try ChangeMaster(
      model, solver: task.solver, smooth: Self.smooth(outline), workers: task.workers)
    master.pricing.wantsOnlyBest = true
    try master.converge(task.stopwatch.part(0.5))
    if !model.grid.isExact {
      // Cells found the numbers, nearly; the last part of a move is in what they round.
      master.pricing.fillsExactly = true
      try master.converge(task.stopwatch.part(0.5))
    }
    return master
  }

  /// Weights of all hosts near what numbers give, from the changes known for some; `position` says which hosts these are.
  private func refined(
    _ numbers: ChangeMaster, _ position: (Int) -> Int
  ) throws(SolverFailure) -> ChangeMaster {
    guard !numbers.isStandingIn, let centre = numbers.boundWeights else { return numbers }
    let master = try ChangeMaster(
      outline, solver: task.solver, near: WeightCorridor(centre: centre), workers: task.workers)
    master.pricing.wantsOnlyBest = true
    master.pricing.fillsExactly = numbers.pricing.fillsExactly
    for change in numbers.changes {
      master.add(
        HostChange(
          position: position(change.position), leavers: change.leavers, entering: change.entering,
          cost: change.cost))
    }
    master.judge(centre)
    for _ in 0..<Self.corridors {
      let before = master.bound
      try master.converge(task.stopwatch.part(0.5))
      guard master.isAtWall, master.bound != before, !task.stopwatch.hasRunOut else { break }
      master.centreCorridor()
    }
    return master
  }
}
