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

  let problem: Reassignment
  let mixture: Mixture
  let temperatures: AnnealingTemperatures
  private let mostFall: Double
  /// Changes tried between two looks at the budget.
  static let stride = 1024
  /// Capacity and dependencies have prices in place of limits where fewer shifts than this part are legal at the start
  /// and resources are many. Measured on published problems of which 16 to 19 % of the shifts are legal: with 12
  /// resources it ends 6 % lower without dependencies and 2 % lower with four for each service, with 4 resources as
  /// low or a little higher. With prices for capacity only, dependencies make it end half a percent to 3 % higher.
  private static let softBelow = 0.2
  private static let manyResources = 8
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
  /// The part of the budget left for going downhill only.
  private static let descent = 0.02

  /// A search of a problem, with settings from its shape.
  public init(_ problem: Reassignment, mixture: Mixture = Mixture()) {
    self.problem = problem
    self.mixture = mixture
    let processesPerMachine = Double(problem.processes.count) / Double(max(1, problem.machines.count))
    temperatures = AnnealingTemperatures(processesPerMachine: processesPerMachine)
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
      pricedly(&search)
    } else {
      plainly(&search)
    }
    return search.best
  }

  /// A search of a problem while parts of its budget are used.
  struct Search {
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

  /// Searches while a part of the budget is used, and keeps what is better than all before. Begins as if the part
  /// `beginning` of it were over.
  func anneal(
    _ state: inout ReassignmentState, _ temperatures: AnnealingTemperatures, from first: Double,
    to last: Double, _ search: inout Search, beginning: Double = 0
  ) {
    let limits = Self.exponentialLimits
    var repricings = Int(beginning * Double(Self.repricings))
    while true {
      let part = (Self.used(search.budget, search.best.evaluations) - first) / (last - first)
      guard part < 1 else { break }
      let used = beginning + (1 - beginning) * part
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
