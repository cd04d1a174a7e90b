import Glibc

/// Simulated annealing over shifts, swaps, chains and ways home.
///
/// The limit of each step is drawn before the change is looked at, so that most changes are refused
/// after a few comparisons. The temperature falls geometrically with the part of the budget that is
/// used.
public struct ReassignmentAnnealing {
  /// How long to search.
  public enum Budget {
    /// So many changes tried: the same answer on any machine.
    case evaluations(Int)
    /// Until the clock, which starts at 0, shows so many seconds.
    case seconds(Double, clock: () -> Double)
  }

  /// What a search found, and how fast it was.
  public struct Result: Sendable {
    /// The machine of each process.
    public var assignment: [Int]
    /// Its cost, as counted step by step.
    public var cost: Int64
    /// Changes tried.
    public var evaluations: Int
  }

  /// How often each kind of change is tried, in 256ths; the rest are swaps.
  public struct Mixture: Sendable {
    /// One process to any machine.
    public var shift = 96
    /// One process to the machine where it started.
    public var goHome = 16
    /// One process home, and one that is there now elsewhere.
    public var ejectHome = 16
    /// One process to the machine of another that is not at home, and that one home.
    public var replace = 32
    /// One process to the machine of another, and that one to a third.
    public var chain = 8
    /// How often the first process is taken from the costlier of two machines.
    public var costlier = 128

    /// The mixture that does best on the published instances.
    public init() {}

    /// One kind only.
    public init(shift: Int = 0, chain: Int = 0) {
      self.shift = shift
      self.chain = chain
      (goHome, ejectHome, replace, costlier) = (0, 0, 0, 0)
    }
  }

  private let problem: Reassignment
  private let mixture: Mixture
  private let temperatures: AnnealingTemperatures
  private let isRugged: Bool
  private let mostFall: Double
  /// Changes tried between two looks at the budget.
  private static let stride = 1024
  /// Capacity and dependencies have prices in place of limits where fewer shifts than this part are legal at the start
  /// and resources are many. Measured on published problems of which 16 to 19 % of the shifts are legal: with 12
  /// resources it ends 6 % lower without dependencies and 2 % lower with four for each service, with 4 resources as
  /// low or a little higher. With prices for capacity only, dependencies make it end half a percent to 3 % higher.
  private static let softBelow = 0.2
  private static let manyResources = 8
  /// How often such a search begins anew. Chosen: one of half the time ends as low, and ends differ by some percent.
  private static let softRounds = 2
  /// How often prices are set anew in all, whatever the budget; by what part those of room that is there fall each
  /// time at first; and the parts of the search after which they fall less, and no more. Measured on one problem:
  /// 2500 times and more ended 3 % higher, and falling until later at times with no legal assignment. Where services
  /// depend on each other what is broken takes longer to mend, and prices that fall as fast end 1 % higher or at
  /// times with nothing legal; without dependencies prices that fall so slowly end 3 % higher.
  private static let repricings = 1000
  private static let mostFall = 0.01
  private static let mostFallOfDependent = 0.002
  private static let firstFirm = 0.1
  private static let lastFall = 0.8
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
  /// The part of the budget left for going downhill only.
  private static let descent = 0.02

  /// A search of a problem, with settings from its shape.
  public init(_ problem: Reassignment, mixture: Mixture = Mixture()) {
    self.problem = problem
    self.mixture = mixture
    let processesPerMachine = Double(problem.processes.count) / Double(max(1, problem.machines.count))
    temperatures = AnnealingTemperatures(processesPerMachine: processesPerMachine)
    isRugged = processesPerMachine <= Self.fewProcesses
    let dependent = problem.services.count { !$0.dependencies.isEmpty }
    mostFall = dependent * 10 > problem.services.count ? Self.mostFallOfDependent : Self.mostFall
  }

  /// The best assignment found from everything at home.
  public func run(seed: UInt64, budget: Budget) -> Result {
    let tables = ReassignmentTables(problem)
    var state = ReassignmentState(tables)
    var random = SeededGenerator(seed: seed)
    guard problem.machines.count > 1, !problem.processes.isEmpty else {
      return Result(assignment: problem.start, cost: state.cost, evaluations: 0)
    }
    let start = Self.changes(&state, &random)
    var search = Search(
      tables: tables, budget: budget, random: random, scale: start.mean ?? 1,
      best: Result(assignment: problem.start, cost: state.cost, evaluations: 0))
    if isWalledIn(start.legalShare) {
      search.scale = start.mean ?? Self.pricedChange(tables, &search.random)
      rounds(Self.softRounds, hasPrices: true, from: 0, &search)
    } else {
      plainly(&search)
    }
    return search.best
  }

  /// A search of a problem while parts of its budget are used.
  private struct Search {
    let tables: ReassignmentTables
    let budget: Budget
    var random: SeededGenerator
    /// The mean size of a change, in which temperatures and first prices are counted.
    var scale: Double
    var best: Result
  }

  /// Whether capacity leaves so few changes legal that a search had better pay for it than keep it.
  func isWalledIn(_ legalShare: Double) -> Bool {
    legalShare < Self.softBelow && problem.resources.count >= Self.manyResources && problem.fitsOnOneMachine
  }

  /// A search that keeps capacity and dependencies. A short trial tells whether moves are what is left to save; then it
  /// goes on for moves, unless by half of the budget load still costs more than they do.
  ///
  /// Each begins from everything at home: what was cooled in haste, a search for moves does not mend.
  private func plainly(_ search: inout Search) {
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
    rounds(max(isRugged ? 2 : 1, Int(tries / Self.triesOfRound)), hasPrices: false, from: rest, &search)
  }

  /// So many searches in turn, each from everything at home and with its share of the rest of the budget.
  private func rounds(_ count: Int, hasPrices: Bool, from rest: Double, _ search: inout Search) {
    let share = (1 - rest) / Double(count)
    for round in 0..<count {
      let first = rest + Double(round) * share
      var state = ReassignmentState(search.tables, pricesFor: hasPrices ? search.scale : nil)
      var temperatures = temperatures
      if isRugged, !hasPrices, round % 2 == 0 { temperatures.first *= Self.cooler }
      anneal(&state, temperatures, from: first, to: first + share, &search)
    }
  }

  /// Whether load and balance cost so little more than they must, in multiples of the price of moves, that it is mostly
  /// moves that are left to save.
  func leavesMovesOnly(load: Int64, moves: Int64, within most: Double) -> Bool {
    Double(load - problem.leastCost) <= most * Double(moves)
  }

  /// Searches while a part of the budget is used, and keeps what is better than all before.
  private func anneal(
    _ state: inout ReassignmentState, _ temperatures: AnnealingTemperatures, from first: Double,
    to last: Double, _ search: inout Search
  ) {
    let limits = Self.exponentialLimits
    var repricings = 0
    while true {
      let used = (Self.used(search.budget, search.best.evaluations) - first) / (last - first)
      guard used < 1 else { break }
      if state.isSoft, Int(used * Double(Self.repricings)) > repricings {
        repricings += 1
        state.reprice(fall: fall(used))
      }
      let temperature =
        used < 1 - Self.descent ? search.scale * temperatures.at(used / (1 - Self.descent)) : 0
      limits.withUnsafeBufferPointer { step(&state, &search.random, temperature, $0) }
      search.best.evaluations += Self.stride
    }
    guard state.bestCost < search.best.cost else { return }
    (search.best.assignment, search.best.cost) = (state.best, state.bestCost)
  }

  /// By what part the prices of room that is there fall when a part of the search is over.
  private func fall(_ used: Double) -> Double {
    mostFall * min(1, max(0, (Self.lastFall - used) / (Self.lastFall - Self.firstFirm)))
  }

  private static func used(_ budget: Budget, _ evaluations: Int) -> Double {
    switch budget {
    case .evaluations(let most): Double(evaluations) / Double(max(1, most))
    case .seconds(let most, let clock): clock() / most
    }
  }

  /// −ln of evenly spaced probabilities.
  private static let exponentialLimits: [Float] = (0..<1024).map { -logf((Float($0) + 0.5) / 1024) }

  // MARK: Steps

  private func step(
    _ state: inout ReassignmentState, _ random: inout SeededGenerator, _ temperature: Double,
    _ limits: UnsafeBufferPointer<Float>
  ) {
    let (processes, machines) = (state.tables.processCount, state.tables.machineCount)
    let goHome = mixture.shift + mixture.goHome
    let ejectHome = goHome + mixture.ejectHome
    let replace = ejectHome + mixture.replace
    let chain = replace + mixture.chain
    for _ in 0..<Self.stride {
      let bits = random.next()
      let limit = Int64(temperature * Double(limits[Int(bits & 1023)]))
      let kind = Int(bits >> 10 & 255)
      let picks = random.next()
      let process: Int
      if Int(bits >> 18 & 255) < mixture.costlier {
        let one = Self.pick(UInt32(truncatingIfNeeded: bits >> 32), machines)
        let two = Self.pick(UInt32(truncatingIfNeeded: picks), machines)
        let machine = state.cost(of: one) >= state.cost(of: two) ? one : two
        let count = state.count(on: machine)
        guard count > 0 else { continue }
        process = state.member(random.below(count), of: machine)
      } else {
        process = Self.pick(UInt32(truncatingIfNeeded: bits >> 32), processes)
      }
      let part = UInt32(truncatingIfNeeded: picks >> 32)
      var done = false
      if kind < mixture.shift {
        done = state.shift(process, to: Self.pick(part, machines), limit: limit)
      } else if kind >= chain {
        done = state.swap(process, Self.pick(part, processes), limit: limit)
      } else if kind < goHome {
        guard state.awayCount > 0 else { continue }
        let returning = state.awayProcess(Self.pick(part, state.awayCount))
        done = state.shift(returning, to: state.homeMachine(of: returning), limit: limit)
      } else if kind < ejectHome {
        guard state.awayCount > 0 else { continue }
        let returning = state.awayProcess(Self.pick(part, state.awayCount))
        done = eject(&state, &random, returning, limit)
      } else if kind < replace {
        guard state.awayCount > 0 else { continue }
        let returning = state.awayProcess(Self.pick(part, state.awayCount))
        done = state.chain(process, returning, to: state.homeMachine(of: returning), limit: limit)
      } else {
        let other = Self.pick(part, processes)
        done = state.chain(process, other, to: random.below(machines), limit: limit)
      }
      if done { state.keepIfBest() }
    }
  }

  /// Sends a process home, and one that is there now to its own home, or to where the first comes
  /// from, or anywhere.
  @inline(__always)
  private func eject(
    _ state: inout ReassignmentState, _ random: inout SeededGenerator, _ returning: Int, _ limit: Int64
  ) -> Bool {
    let home = state.homeMachine(of: returning)
    let count = state.count(on: home)
    guard count > 0 else { return false }
    let bits = random.next()
    let other = state.member(Self.pick(UInt32(truncatingIfNeeded: bits >> 32), count), of: home)
    let itsHome = state.homeMachine(of: other)
    let third: Int
    switch bits & 3 {
    case 0: third = Self.pick(UInt32(truncatingIfNeeded: bits) >> 2, state.tables.machineCount)
    case 1: third = state.machine(of: returning)
    default: third = itsHome != home ? itsHome : state.machine(of: returning)
    }
    return state.chain(returning, other, to: third, limit: limit)
  }

  /// A number below `bound` from 32 random bits.
  @inline(__always)
  private static func pick(_ bits: UInt32, _ bound: Int) -> Int {
    Int(truncatingIfNeeded: (UInt64(bits) &* UInt64(truncatingIfNeeded: bound)) >> 32)
  }

  /// The mean size of changes with what they break charged at the first prices, for a start that none leaves legally.
  private static func pricedChange(_ tables: ReassignmentTables, _ random: inout SeededGenerator) -> Double {
    var state = ReassignmentState(tables, pricesFor: 1)
    return changes(&state, &random).mean ?? 1
  }

  /// The mean size of the changes that are possible at the start, nothing where none is, and how many of those looked
  /// at are, from a sample.
  private static func changes(_ state: inout ReassignmentState, _ random: inout SeededGenerator)
    -> (mean: Double?, legalShare: Double)
  {
    var (sum, count, legal) = (0.0, 0, 0)
    let trials = min(20_000, 200 * state.tables.processCount)
    for _ in 0..<trials {
      let before = state.cost
      let process = random.below(state.tables.processCount)
      let source = state.machine(of: process)
      guard state.shift(process, to: random.below(state.tables.machineCount), limit: Int64.max / 4) else {
        continue
      }
      legal += 1
      let change = state.cost - before
      if change != 0 {
        sum += Double(change.magnitude)
        count += 1
      }
      _ = state.shift(process, to: source, limit: Int64.max / 4)
    }
    return (count > 0 ? sum / Double(count) : nil, Double(legal) / Double(trials))
  }
}
