import Glibc
import StowageModel

/// Sends blocks home on flat tables: annealing in which being away costs and limits may be exceeded
/// on the way, by moves, swaps, swaps of two for one, and chains over three hosts.
///
/// Anti-affinities are never broken on the way, so the state must keep them at the start. Overloads are cheap at
/// first and dear in the end, so that guests are packed around blocks at home before any of these leaves: on
/// generated fleets of 1000 hosts packed to the bound a quarter fewer left than with a weight that only kept the
/// arrangement about legal.
///
/// Most proposals are about movers, blocks that are not at home: another one who leaves home has to be worth it, and
/// hardly ever is. On a fleet of 2267 VMs that is nine tenths full, of which 223 must leave their hosts, 57 residents had to
/// make room for them where choosing blocks evenly, without chains, took 65 in the same time.
struct HomeFill {
  /// What it costs that a block is not at home; 1 for the mean block.
  let price: [Float]
  /// What each block costs on each host beside, as a product; none where nothing is counted but homes.
  var expense: Expense?
  /// Proposals to make.
  var steps: Int
  /// Temperature at the first and the last proposal, in units of ``price``.
  var temperature: (first: Float, last: Float) = (0.1, 0.03)
  /// Cost of one unit of squared relative overload at the first and the last proposal.
  var excessWeight: (first: Float, last: Float) = (1e3, 1e7)
  /// Part of the proposals that start from a mover.
  var moverShare = 0.6
  /// Part of the others that send a block home or relieve an overloaded host.
  var homeShare = 0.7
  /// Parts of the proposals that move one block, that exchange two for one, and that go on to a third host; the
  /// others swap.
  var shiftShare = 0.1
  var pairShare = 0.3
  var chainShare = 0.3
  /// Part of the proposals in which who makes room is a mover, where the host has any.
  var partnerShare = 0.7

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
  /// Blocks that cannot be at home.
  private let homeless: [Int32]
  private let moverBelow: UInt32
  private let homeBelow: UInt32
  private let shiftBelow: UInt32
  private let pairBelow: UInt32
  private let chainBelow: UInt32
  private let partnerBelow: UInt32

  init(_ settings: HomeFill, _ state: FillState, _ random: SeededGenerator) {
    self.settings = settings
    self.state = state
    self.random = random
    home = state.packing.home
    excessWeight = settings.excessWeight.first
    work = settings.expense?.work ?? [Float](repeating: 0, count: state.blockCount)
    rate = settings.expense?.rate ?? [Float](repeating: 0, count: state.hostCount)
    away = DenseSet(universe: state.blockCount)
    homeless = (0..<Int32(state.blockCount)).filter { state.packing.home[Int($0)] < 0 }
    func threshold(_ part: Double) -> UInt32 { UInt32(part * Double(UInt32.max)) }
    moverBelow = threshold(settings.moverShare)
    homeBelow = threshold(settings.moverShare + (1 - settings.moverShare) * settings.homeShare)
    shiftBelow = threshold(settings.shiftShare)
    pairBelow = threshold(settings.shiftShare + settings.pairShare)
    chainBelow = threshold(settings.shiftShare + settings.pairShare + settings.chainShare)
    partnerBelow = threshold(settings.partnerShare)
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
    let choice = UInt32(truncatingIfNeeded: first)
    if choice < moverBelow {
      block = mover(first >> 32) ?? block
    } else if choice < homeBelow {
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
    if kind < pairBelow { return tryPair(block, from, to, limit) }
    if kind < chainBelow { return tryChain(block, from, to, limit) }
    return trySwap(block, partner(on: to), from, to, limit)
  }

  /// One of those that are not at home.
  @inline(__always)
  private func mover(_ bits: UInt64) -> Int? {
    let count = homeless.count + away.count
    guard count > 0 else { return nil }
    let index = Self.scaled(bits, count)
    return Int(index < homeless.count ? homeless[index] : away.members[index - homeless.count])
  }

  /// One of the blocks of a host that has some; most often one that is not at home there, where there is one.
  @inline(__always)
  private mutating func partner(on host: Int) -> Int {
    let bits = random.next()
    let count = Int(state.count[host])
    let start = Self.scaled(bits >> 32, count)
    guard UInt32(truncatingIfNeeded: bits) < partnerBelow else { return state.resident(host, start) }
    var slot = start
    repeat {
      let block = state.resident(host, slot)
      if Int(home[block]) != host { return block }
      slot = slot + 1 == count ? 0 : slot + 1
    } while slot != start
    return state.resident(host, start)
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

  /// Whether a change of price is beyond a limit whatever becomes of the overloads of some hosts.
  @inline(__always)
  private func isHopeless(_ price: Float, _ excess: Float, _ limit: Float) -> Bool {
    price - excessWeight * excess > limit
  }

  @inline(__always)
  private mutating func tryShift(_ block: Int, _ from: Int, _ to: Int, _ limit: Float) -> Bool {
    let price = priceChange(block, from, to)
    if isHopeless(price, state.excess[from], limit) { return false }
    let change = excessChange(state.demand[block], from: from, to: to) + price
    guard change <= limit, !state.isGrouped(block) || state.neighbours(block, to) == 0 else { return false }
    state.take(block)
    state.place(block, to)
    note(block, from, to)
    return true
  }

  @inline(__always)
  private mutating func trySwap(_ block: Int, _ other: Int, _ from: Int, _ to: Int, _ limit: Float) -> Bool {
    let price = priceChange(block, from, to) + priceChange(other, to, from)
    if isHopeless(price, state.excess[from] + state.excess[to], limit) { return false }
    let difference = state.demand[block] &- state.demand[other]
    let change = excessChange(difference, from: from, to: to) + price
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
  private mutating func tryPair(_ block: Int, _ from: Int, _ to: Int, _ limit: Float) -> Bool {
    let more = random.next()
    let givesTwo = more & 1 == 0
    let (double, single) = givesTwo ? (from, to) : (to, from)
    let residents = Int(state.count[double])
    guard residents > 1, state.count[single] > 0 else { return false }
    let second = state.resident(double, Self.scaled(more >> 32, residents))
    let first = givesTwo ? block : state.resident(double, Self.scaled(more >> 1, residents))
    let alone = givesTwo ? partner(on: single) : block
    guard first != second else { return false }
    let price =
      priceChange(first, double, single) + priceChange(second, double, single)
      + priceChange(alone, single, double)
    if isHopeless(price, state.excess[from] + state.excess[to], limit) { return false }
    let difference = state.demand[first] &+ state.demand[second] &- state.demand[alone]
    let change = excessChange(difference, from: double, to: single) + price
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

  /// A block takes the place of another, which goes on to a third host; half of the time one from there takes the
  /// place of the first.
  @inline(__always)
  private mutating func tryChain(_ block: Int, _ from: Int, _ to: Int, _ limit: Float) -> Bool {
    let more = random.next()
    let third = Self.scaled(more >> 32, state.hostCount)
    guard third != from, third != to else { return false }
    let pushed = partner(on: to)
    let closes = more & 1 == 0 && state.count[third] > 0
    let last = closes ? state.resident(third, Self.scaled(more >> 1, Int(state.count[third]))) : -1
    let price =
      priceChange(block, from, to) + priceChange(pushed, to, third)
      + (closes ? priceChange(last, third, from) : 0)
    if isHopeless(price, state.excess[from] + state.excess[to] + state.excess[third], limit) { return false }
    let (one, two) = (state.demand[block], state.demand[pushed])
    let three = closes ? state.demand[last] : .zero
    let change =
      price + excessWeight
      * (state.excess(state.load[from] &- one &+ three, from) - state.excess[from]
        + state.excess(state.load[to] &- two &+ one, to) - state.excess[to]
        + state.excess(state.load[third] &- three &+ two, third) - state.excess[third])
    guard change <= limit, state.allows(pushed, third), !closes || state.allows(last, from) else {
      return false
    }
    turn(block, pushed, last, to: (to, third, from))
    if state.clashes > 0 {
      turn(block, pushed, last, to: (from, to, third))
      return false
    }
    note(block, from, to)
    note(pushed, to, third)
    if closes { note(last, third, from) }
    return true
  }

  /// Puts two blocks, or three, on other hosts.
  @inline(__always)
  private func turn(_ block: Int, _ pushed: Int, _ last: Int, to hosts: (Int, Int, Int)) {
    state.take(block)
    state.take(pushed)
    if last >= 0 { state.take(last) }
    state.place(block, hosts.0)
    state.place(pushed, hosts.1)
    if last >= 0 { state.place(last, hosts.2) }
  }

  @inline(__always)
  private static func scaled(_ bits: UInt64, _ count: Int) -> Int {
    Int((UInt64(UInt32(truncatingIfNeeded: bits)) &* UInt64(count)) >> 32)
  }
}
