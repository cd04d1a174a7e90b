import LinearOptimization

/// Rounds the linear program over changes: makes the changes that it is surest of, solves again,
/// prices again, and so on.
struct ChangeDive {
  let master: ChangeMaster
  let stopwatch: Stopwatch
  /// How much chance has a say in which change is made next, 0 for none.
  let noise: Double

  /// Rounds of pricing after each step. Chosen: the changes made leave new rooms, for which few rounds
  /// find what fits.
  var roundsPerStep = 4
  /// Values from here on are as good as decided.
  var sure = 0.8
  /// The part of the hosts that is decided in each step at least; 0 for one host.
  var share = 0.0
  /// Whether what finds no room among the changes is left to others.
  var leavesRest = false

  /// Indices of changes that can all be made and leave nobody homeless; `nil` when the dive ends in the
  /// air.
  func run(below ceiling: Double, _ random: inout SeededGenerator) throws(SolverFailure) -> [Int]? {
    let least = max(1, Int(share * Double(master.model.hosts.count)))
    var fixed: [Int] = []
    defer {
      for index in fixed { master.release(index) }
      master.closed = []
    }
    var isFixed: Set<Int> = []
    while true {
      guard
        let relaxed = try master.generate(
          rounds: roundsPerStep, stopwatch: stopwatch, isEnough: { _ in false }),
        !stopwatch.hasRunOut, relaxed.objective < ceiling - 1e-6
      else { return nil }
      var open: [(index: Int, value: Double)] = []
      for (index, value) in relaxed.values.enumerated() where value > 1e-6 && !isFixed.contains(index) {
        open.append((index, value))
      }
      guard open.contains(where: { $0.value < 1 - 1e-6 }) else {
        return relaxed.isStandingIn && !leavesRest ? nil : (fixed + open.map(\.index)).sorted()
      }
      let scores = open.map { $0.value + noise * random.unit() }
      let ranked = open.indices.sorted { scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1 }
      var taken = 0
      for position in ranked where taken < least || open[position].value >= sure {
        let index = open[position].index
        if taken > 0, fixed.contains(where: { master.changes[$0].position == master.changes[index].position })
        {
          continue
        }
        master.fix(index)
        master.closed.insert(master.changes[index].position)
        fixed.append(index)
        isFixed.insert(index)
        taken += 1
      }
    }
  }
}
