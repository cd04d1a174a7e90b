import Glibc

/// Moves and swaps by simulated annealing: what is broken costs, and so may what is away from home.
///
/// Sources are drawn from what is broken first, because little else matters then. The best legal
/// arrangement met is kept.
struct Annealing {
  /// Steps to try.
  var steps: Int
  /// Temperature at the first and the last step, in the unit of the cost.
  var temperature: (first: Double, last: Double)
  /// Cost of one unit of ``SearchSpace/excess(_:on:)``.
  var excessWeight = 1.0
  /// Cost of one clash.
  var clashWeight = 0.05
  /// Cost of one unit of price; 0 when homes do not matter.
  var priceWeight = 0.0
  /// Whether ``excessWeight`` follows the search: up while nothing legal is met, down while it is.
  /// Without it the price would settle at limits exceeded by a little everywhere.
  var adaptsExcessWeight = false
  /// Part of the proposals that start from a block away from home, while homes matter.
  var homeShare = 0.4
  /// Part of the proposals that move one block; the others swap two.
  var shiftShare = 0.3

  /// How often the clock is read.
  private static let stepsPerCheck = 4096

  /// Searches until the steps or the time are used up, or, when homes do not matter, until the
  /// arrangement is legal.
  ///
  /// - Returns: the hosts of the best legal arrangement met, `nil` when there was none.
  func run(_ arrangement: inout Arrangement, _ random: inout SeededGenerator, _ stopwatch: Stopwatch)
    -> [Int32]?
  {
    var run = AnnealingRun(self, arrangement, random)
    run.note()
    let cooling = pow(temperature.last / temperature.first, 1 / Double(max(1, steps / Self.stepsPerCheck)))
    var step = 0
    while step < steps {
      if run.isDone || stopwatch.hasRunOut { break }
      for _ in 0..<min(Self.stepsPerCheck, steps - step) {
        run.propose()
        if run.isDone { break }
      }
      step += Self.stepsPerCheck
      run.cool(by: cooling)
      if adaptsExcessWeight { run.adapt() }
    }
    arrangement = run.arrangement
    random = run.random
    return run.best
  }
}

/// The state of one annealing.
private struct AnnealingRun {
  let settings: Annealing
  let space: SearchSpace
  var arrangement: Arrangement
  var random: SeededGenerator
  var best: [Int32]?
  private var bestPrice = Double.infinity
  private var temperature: Double
  private var excessWeight: Double
  private var metLegal = false
  private var clashing: [Int] = []
  private var clashingIsStale = true

  init(_ settings: Annealing, _ arrangement: Arrangement, _ random: SeededGenerator) {
    self.settings = settings
    space = arrangement.space
    self.arrangement = arrangement
    self.random = random
    temperature = settings.temperature.first
    excessWeight = settings.excessWeight
  }

  /// Whether nothing is left to search for.
  var isDone: Bool {
    best != nil && (settings.priceWeight == 0 || bestPrice <= 0)
  }

  mutating func cool(by factor: Double) {
    temperature *= factor
  }

  /// Follows how often limits are kept.
  mutating func adapt() {
    excessWeight *= metLegal ? 0.9 : 1.25
    metLegal = false
  }

  /// Keeps the arrangement if it is the best legal one.
  mutating func note() {
    guard arrangement.isLegal else { return }
    metLegal = true
    guard best == nil || arrangement.price < bestPrice - 1e-9 else { return }
    best = arrangement.hostOf
    bestPrice = arrangement.price
  }

  mutating func propose() {
    guard let block = source() else { return }
    let from = Int(arrangement.hostOf[block])
    let home = Int(space.home[block])
    let goesHome = settings.priceWeight > 0 && home >= 0 && home != from && random.unit() < settings.homeShare
    let to = goesHome ? home : Int(space.openHosts[random.below(space.openHosts.count)])
    guard to != from, space.allows(block, on: to) else { return }
    let residents = arrangement.residents[to]
    if residents.isEmpty || random.unit() < settings.shiftShare {
      tryShift(block, to)
    } else {
      let other = Int(residents[random.below(residents.count)])
      if space.allows(other, on: from) { trySwap(block, other) }
    }
  }

  /// A block from an overloaded host or a clash, or any.
  private mutating func source() -> Int? {
    if !arrangement.overloaded.isEmpty, random.unit() < 0.85 {
      let residents = arrangement.residents[arrangement.overloaded.randomMember(&random)]
      return residents.isEmpty ? nil : Int(residents[random.below(residents.count)])
    }
    if arrangement.clashes > 0, random.unit() < 0.5 {
      if clashingIsStale {
        clashing = arrangement.clashing
        clashingIsStale = false
      }
      if !clashing.isEmpty { return clashing[random.below(clashing.count)] }
    }
    return random.below(space.blockCount)
  }

  private mutating func tryShift(_ block: Int, _ host: Int) {
    let clashes = arrangement.clashChange(shifting: block, to: host)
    let change =
      excessWeight * arrangement.excessChange(shifting: block, to: host)
      + settings.clashWeight * Double(clashes) + priceChange { $0.priceChange(shifting: block, to: host) }
    guard accepts(change) else { return }
    if clashes != 0 { clashingIsStale = true }
    arrangement.shift(block, to: host)
    note()
  }

  private mutating func trySwap(_ block: Int, _ other: Int) {
    let clashes = arrangement.clashChange(swapping: block, other)
    let change =
      excessWeight * arrangement.excessChange(swapping: block, other)
      + settings.clashWeight * Double(clashes) + priceChange { $0.priceChange(swapping: block, other) }
    guard accepts(change) else { return }
    if clashes != 0 { clashingIsStale = true }
    arrangement.swap(block, other)
    note()
  }

  private func priceChange(_ change: (Arrangement) -> Double) -> Double {
    settings.priceWeight == 0 ? 0 : settings.priceWeight * change(arrangement)
  }

  private mutating func accepts(_ change: Double) -> Bool {
    change <= 0 || change < -temperature * log(random.unit())
  }
}
