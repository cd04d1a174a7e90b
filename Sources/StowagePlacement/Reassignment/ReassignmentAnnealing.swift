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
  /// Changes tried between two looks at the budget.
  private static let stride = 1024
  /// The part of the budget left for going downhill only.
  private static let descent = 0.02

  /// A search of a problem, with settings from its shape.
  public init(_ problem: Reassignment, mixture: Mixture = Mixture()) {
    self.problem = problem
    self.mixture = mixture
    temperatures = AnnealingTemperatures(
      processesPerMachine: Double(problem.processes.count) / Double(max(1, problem.machines.count)))
  }

  /// The best assignment found from everything at home.
  public func run(seed: UInt64, budget: Budget) -> Result {
    var state = ReassignmentState(ReassignmentTables(problem))
    var random = SeededGenerator(seed: seed)
    let limits = Self.exponentialLimits
    var evaluations = 0
    guard problem.machines.count > 1, !problem.processes.isEmpty else {
      return Result(assignment: problem.start, cost: state.cost, evaluations: 0)
    }
    let scale = meanChange(&state, &random)
    while true {
      let used = Self.used(budget, evaluations)
      guard used < 1 else { break }
      let temperature = used < 1 - Self.descent ? scale * temperatures.at(used / (1 - Self.descent)) : 0
      limits.withUnsafeBufferPointer { step(&state, &random, temperature, $0) }
      evaluations += Self.stride
    }
    return Result(assignment: state.best, cost: state.bestCost, evaluations: evaluations)
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

  /// The mean size of the changes that are possible at the start, from a sample.
  private func meanChange(_ state: inout ReassignmentState, _ random: inout SeededGenerator) -> Double {
    var (sum, count) = (0.0, 0)
    for _ in 0..<min(20_000, 200 * state.tables.processCount) {
      let before = state.cost
      let process = random.below(state.tables.processCount)
      let source = state.machine(of: process)
      guard state.shift(process, to: random.below(state.tables.machineCount), limit: Int64.max / 4) else {
        continue
      }
      let change = state.cost - before
      if change != 0 {
        sum += Double(change.magnitude)
        count += 1
      }
      _ = state.shift(process, to: source, limit: Int64.max / 4)
    }
    return count > 0 ? sum / Double(count) : 1
  }
}
