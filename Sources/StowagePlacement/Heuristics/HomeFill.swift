import Glibc
import StowageModel

/// Sends blocks home on flat tables: annealing in which being away costs and limits may be exceeded
/// on the way, by moves, swaps and swaps of two for one.
///
/// Anti-affinities are never broken on the way, so the state must keep them at the start. Overloads are cheap at
/// first and dear in the end, so that guests are packed around blocks at home before any of these leaves: on
/// generated fleets of 1000 hosts packed to the bound a quarter fewer left than with a weight that only kept the
/// arrangement about legal.
struct HomeFill {
  /// What it costs that a block is not at home; 1 for the mean block.
  let price: [Float]
  /// What each block costs on each host beside, as a product; none where nothing is counted but homes.
  var expense: Expense?
  /// Proposals to make.
  var steps: Int
  /// Temperature at the first and the last proposal, in units of ``price``.
  var temperature: (first: Float, last: Float) = (0.1, 0.01)
  /// Cost of one unit of squared relative overload at the first and the last proposal.
  var excessWeight: (first: Float, last: Float) = (1e3, 1e6)
  /// Part of the proposals that start from a block away from home or an overloaded host.
  var homeShare = 0.4
  /// Parts of the proposals that move one block, and that exchange two for one; the others swap.
  var shiftShare = 0.2
  var pairShare = 0.4

  /// CPU that costs more on some hosts than on others.
  struct Expense {
    /// Of each block, in units of the rates.
    let work: [Float]
    /// What a unit costs on each open host, in units of ``HomeFill/price``.
    let rate: [Float]
  }

  /// Proposals between looks at the clock, and changes of temperature and weight.
  fileprivate static let chunk = 4096

  /// The positions of the blocks in the best legal arrangement met; `nil` when there was none.
  func run(_ state: FillState, _ random: inout SeededGenerator, _ stopwatch: Stopwatch) -> [Int32]? {
    var run = HomeRun(self, state, random)
    defer { random = run.random }
    let rounds = max(1, steps / Self.chunk)
    let seconds = stopwatch.secondsLeft ?? .infinity
    for round in 0..<(rounds + rounds / 4 + 1) {
      if stopwatch.hasRunOut || run.isHome || round >= rounds && state.isLegal { break }
      // Where time is short, cooling keeps step with it.
      let timed = stopwatch.secondsLeft.map { 1 - Float($0 / seconds) } ?? 0
      run.cool(max(Float(round) / Float(rounds), timed))
      run.search()
    }
    return run.best
  }
}

/// The state of one search for homes.
private struct HomeRun {
  private let settings: HomeFill
  private let state: FillState
  private let home: [Int32]
  var random: SeededGenerator
  private var temperature: Float = 0
  private(set) var best: [Int32]?
  private var bestPrice = Double.infinity
  private var price = 0.0
  private let work: [Float]
  private let rate: [Float]
  private var excessWeight: Float
  /// Blocks away from an open home.
  private var away: DenseSet
  private let homeBelow: UInt32
  private let shiftBelow: UInt32
  private let pairBelow: UInt32

  init(_ settings: HomeFill, _ state: FillState, _ random: SeededGenerator) {
    self.settings = settings
    self.state = state
    self.random = random
    home = state.packing.home
    excessWeight = settings.excessWeight.first
    work = settings.expense?.work ?? [Float](repeating: 0, count: state.blockCount)
    rate = settings.expense?.rate ?? [Float](repeating: 0, count: state.hostCount)
    away = DenseSet(universe: state.blockCount)
    homeBelow = UInt32(settings.homeShare * Double(UInt32.max))
    shiftBelow = UInt32(settings.shiftShare * Double(UInt32.max))
    pairBelow = UInt32((settings.shiftShare + settings.pairShare) * Double(UInt32.max))
    for block in 0..<state.blockCount where home[block] >= 0 && state.hostOf[block] != home[block] {
      away.insert(block)
      price += Double(settings.price[block])
    }
    for block in 0..<state.blockCount { price += Double(work[block] * rate[Int(state.hostOf[block])]) }
    keep()
  }

  /// Whether nobody is away who could be at home.
  var isHome: Bool { best != nil && away.isEmpty && settings.expense == nil }

  /// Sets temperature and weight for a part of the way, 0 to 1; beyond 1 overloads grow dearer still.
  mutating func cool(_ part: Float) {
    func between(_ range: (first: Float, last: Float)) -> Float {
      range.first * pow(range.last / range.first, part)
    }
    temperature = max(settings.temperature.last, between(settings.temperature))
    excessWeight = between(settings.excessWeight)
  }

  mutating func search() {
    for _ in 0..<HomeFill.chunk where propose() && state.isLegal && price < bestPrice - 1e-3 { keep() }
  }

  private mutating func keep() {
    guard state.isLegal else { return }
    best = (0..<state.blockCount).map { state.hostOf[$0] }
    bestPrice = price
  }

  /// Whether anything changed.
  private mutating func propose() -> Bool {
    let (first, second, third) = (random.next(), random.next(), random.next())
    var block = Self.scaled(first >> 32, state.blockCount)
    var to = Self.scaled(third, state.hostCount)
    if UInt32(truncatingIfNeeded: first) < homeBelow {
      if state.overloadedCount > 0, second & 3 == 0 {
        let host = Int(state.overloaded[Self.scaled(first >> 32, state.overloadedCount)])
        block = state.resident(host, Self.scaled(second, Int(state.count[host])))
      } else if !away.isEmpty {
        block = Int(away.members[Self.scaled(first >> 32, away.count)])
        to = Int(home[block])
      }
    }
    let from = Int(state.hostOf[block])
    guard to != from, state.allows(block, to) else { return false }
    let limit = -temperature * FillSearch.logarithm(Float(((second >> 40) | 1) & 0xFF_FFFF) * 0x1p-24)
    let kind = UInt32(truncatingIfNeeded: third >> 32)
    if kind < shiftBelow || state.count[to] == 0 { return tryShift(block, from, to, limit) }
    if kind < pairBelow { return tryPair(block, from, to, limit, second) }
    return trySwap(block, state.resident(to, Self.scaled(second, Int(state.count[to]))), from, to, limit)
  }

  /// What it costs more that a block goes from one host to another.
  @inline(__always)
  private func priceChange(_ block: Int, _ from: Int, _ to: Int) -> Float {
    let home = Int(home[block])
    let expense = work[block] * (rate[to] - rate[from])
    guard home >= 0 else { return expense }
    return expense + (home == from ? settings.price[block] : home == to ? -settings.price[block] : 0)
  }

  @inline(__always)
  private func excessChange(_ difference: SIMD4<Int32>, from: Int, to: Int) -> Float {
    excessWeight
      * (state.excess(state.load[from] &- difference, from) - state.excess[from]
        + state.excess(state.load[to] &+ difference, to) - state.excess[to])
  }

  @inline(__always)
  private mutating func note(_ block: Int, _ from: Int, _ to: Int) {
    let home = Int(home[block])
    price += Double(work[block] * rate[to]) - Double(work[block] * rate[from])
    if home == from, home >= 0 {
      away.insert(block)
      price += Double(settings.price[block])
    } else if home == to {
      away.remove(block)
      price -= Double(settings.price[block])
    }
  }

  @inline(__always)
  private mutating func tryShift(_ block: Int, _ from: Int, _ to: Int, _ limit: Float) -> Bool {
    let change = excessChange(state.demand[block], from: from, to: to) + priceChange(block, from, to)
    guard change <= limit, !state.isGrouped(block) || state.neighbours(block, to) == 0 else { return false }
    state.take(block)
    state.place(block, to)
    note(block, from, to)
    return true
  }

  @inline(__always)
  private mutating func trySwap(_ block: Int, _ other: Int, _ from: Int, _ to: Int, _ limit: Float) -> Bool {
    let difference = state.demand[block] &- state.demand[other]
    let change =
      excessChange(difference, from: from, to: to) + priceChange(block, from, to)
      + priceChange(other, to, from)
    guard change <= limit, state.allows(other, from),
      !state.isGrouped(block) || state.neighbours(block, to, except: other) == 0,
      !state.isGrouped(other) || state.neighbours(other, from, except: block) == 0
    else { return false }
    state.swap(block, other)
    note(block, from, to)
    note(other, to, from)
    return true
  }

  /// Two blocks of one host for one of the other, in either direction.
  @inline(__always)
  private mutating func tryPair(
    _ block: Int, _ from: Int, _ to: Int, _ limit: Float, _ bits: UInt64
  ) -> Bool {
    let more = random.next()
    let givesTwo = more & 1 == 0
    let (double, single) = givesTwo ? (from, to) : (to, from)
    let residents = Int(state.count[double])
    guard residents > 1, state.count[single] > 0 else { return false }
    let second = state.resident(double, Self.scaled(more >> 32, residents))
    let first = givesTwo ? block : state.resident(double, Self.scaled(bits, residents))
    let alone = givesTwo ? state.resident(single, Self.scaled(bits, Int(state.count[single]))) : block
    guard first != second else { return false }
    let difference = state.demand[first] &+ state.demand[second] &- state.demand[alone]
    let change =
      excessChange(difference, from: double, to: single) + priceChange(first, double, single)
      + priceChange(second, double, single) + priceChange(alone, single, double)
    guard change <= limit, state.allows(first, single), state.allows(second, single),
      state.allows(alone, double), state.keepsApart(first, second, alone, double, single)
    else { return false }
    state.take(first)
    state.take(second)
    state.take(alone)
    state.place(first, single)
    state.place(second, single)
    state.place(alone, double)
    note(first, double, single)
    note(second, double, single)
    note(alone, single, double)
    return true
  }

  @inline(__always)
  private static func scaled(_ bits: UInt64, _ count: Int) -> Int {
    Int((UInt64(UInt32(truncatingIfNeeded: bits)) &* UInt64(count)) >> 32)
  }
}
