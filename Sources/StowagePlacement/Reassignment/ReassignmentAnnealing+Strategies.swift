extension ReassignmentAnnealing {
  /// The part of the budget after which it is looked at what is left to save, and how many times the price of its moves
  /// load and balance may still cost too much, for the search to go on for moves. Measured on published problems: 3 to
  /// 13 times after three seconds on those whose load ends at the least, 0 to 2 times after fifteen; 250 times and more
  /// on the others.
  private static let trial = 0.05
  private static let nearMoves = 30.0
  /// The part of the budget after which a search for moves is looked at again, likewise. Measured on a published problem:
  /// after a minute, load having cost 1.7 times the moves at half of it, it ends 0.01 to 0.05 % above a search that begins
  /// anew for load then; after five minutes it ends 0.02 % below.
  private static let middle = 0.5
  private static let nearerMoves = 1.0
  /// Changes tried for each process after which a search had better begin anew than cool more slowly. Measured: one problem
  /// with 10 processes a machine ends between 777.54 and 782.76 million after a million, by the seed, at 777.91 and 778.13
  /// after five; the best of five such searches at 777.54.
  private static let triesOfRound = 1e6
  /// Processes a machine up to which every other search begins cooler, and how many times. Measured: with 10 a machine 2 of
  /// 4 searches of ten seconds end in one of the best valleys from the usual temperature, 5 of 6 from a twentieth; with 20 a machine
  /// ends are 2 to 5 % higher from there.
  private static let fewProcesses = 25.0
  private static let cooler = 0.05
  /// The part of the budget of a priced search that is for choosing among short searches; the rest mends the best of them.
  /// Changes tried for each process in one of them, and how many there are at least. Measured on a published problem: ends
  /// of 6, 10, 30, 60 and 150 seconds are 1264, 1255, 1241, 1236 and 1230 million on average, but lie 9 to 17 apart, and
  /// where one ends shows when half of it is over: many short ones end lower than one long one. Twelve of 15 seconds and
  /// twelve times heated the best end between 1177 and 1204 in six runs, two of 150 seconds between 1200 and 1241.
  private static let choosing = 0.6
  private static let triesOfPricedRound = 1.75e5
  private static let leastPricedRounds = 3
  /// The part of the budget that tells how many changes can be tried in it.
  private static let trialOfSpeed = 0.01
  /// The part of a priced search to which the best is set back: a fifth of the first temperature. Measured: from a third it
  /// ends up to 1 % away, seldom below; from a tenth it stays where it was.
  private static let reheated = 0.4

  private var isRugged: Bool {
    Double(problem.processes.count) <= Self.fewProcesses * Double(problem.machines.count)
  }

  /// A search that keeps capacity and dependencies. A short trial tells whether moves are what is left to save; then it
  /// goes on for moves, unless by half of the budget load still costs more than they do.
  ///
  /// Each begins from everything at home: what was cooled in haste, a search for moves does not mend.
  func plainly(_ search: inout Search) {
    var trial = ReassignmentState(search.tables)
    anneal(&trial, temperatures, from: 0, to: Self.trial, &search)
    var rest = Self.trial
    if leavesMovesOnly(load: trial.loadCost, moves: trial.movesCost, within: Self.nearMoves) {
      var state = ReassignmentState(search.tables)
      anneal(&state, .towardsMoves, from: rest, to: Self.middle, &search)
      rest = Self.middle
      if leavesMovesOnly(load: state.loadCost, moves: state.movesCost, within: Self.nearerMoves) {
        anneal(&state, .ofMoves, from: rest, to: 1, &search)
        return
      }
    }
    let tries = Double(search.best.evaluations) * (1 - rest) / rest / Double(problem.processes.count)
    rounds(max(isRugged ? 2 : 1, Int(tries / Self.triesOfRound)), from: rest, &search)
  }

  /// So many searches in turn, each from everything at home and with its share of the rest of the budget.
  private func rounds(_ count: Int, from rest: Double, _ search: inout Search) {
    for (round, share) in Self.shares(count, from: rest, to: 1).enumerated() {
      var state = ReassignmentState(search.tables)
      var temperatures = temperatures
      if isRugged, round % 2 == 0 { temperatures.first *= Self.cooler }
      anneal(&state, temperatures, from: share.first, to: share.last, &search)
    }
  }

  /// A search with prices for capacity and dependencies: short searches from everything at home, of which the best is
  /// then heated again and again, each time from its best assignment and the prices that it ended with.
  func pricedly(_ search: inout Search) {
    let temperatures = AnnealingTemperatures.priced(temperatures)
    var champion = ReassignmentState(search.tables, pricesFor: search.scale)
    anneal(&champion, temperatures, from: 0, to: Self.trialOfSpeed, &search)
    let tries = Double(search.best.evaluations) / Self.trialOfSpeed / Double(problem.processes.count)
    let count = max(Self.leastPricedRounds, Int(tries * Self.choosing / Self.triesOfPricedRound))
    for share in Self.shares(count, from: Self.trialOfSpeed, to: Self.choosing) {
      var state = ReassignmentState(search.tables, pricesFor: search.scale)
      anneal(&state, temperatures, from: share.first, to: share.last, &search)
      if state.bestCost < champion.bestCost { champion = consume state }
    }
    champion.keepPrices()
    for share in Self.shares(count, from: Self.choosing, to: 1) {
      champion.returnToBest()
      anneal(&champion, temperatures, from: share.first, to: share.last, &search, beginning: Self.reheated)
    }
  }

  /// A part of the budget, cut into as many equal ones.
  private static func shares(_ count: Int, from rest: Double, to end: Double)
    -> [(first: Double, last: Double)]
  {
    let share = (end - rest) / Double(count)
    return (0..<count).map { (rest + Double($0) * share, rest + Double($0) * share + share) }
  }

  /// Whether load and balance cost so little more than they must, in multiples of the price of moves, that it is mostly
  /// moves that are left to save.
  func leavesMovesOnly(load: Int64, moves: Int64, within most: Double) -> Bool {
    Double(load - problem.leastCost) <= most * Double(moves)
  }
}
