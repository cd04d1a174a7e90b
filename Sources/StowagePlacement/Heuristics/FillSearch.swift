/// Mends an arrangement on a fixed set of hosts by moves, swaps, and swaps of two for one.
///
/// Minimises the sum of squared overloads by annealing at a temperature that follows the overloads
/// themselves, as a small part of the mean one: hot enough to hand an overload on from host to host
/// until it meets room, too cold to make new ones. Swaps of two for one are what fills hosts to the
/// last unit: without them fleets of 500 hosts packed to the bound took a hundred times as long.
/// (Measured on the lab's generated fleets.)
struct FillSearch {
  /// Temperature as a part of the mean overload.
  var temperatureShare: Float
  /// Parts of the proposals that move one block, and that exchange two for one; the others swap.
  var shiftShare = 0.1
  var pairShare = 0.6
  /// Proposals without a better sum of overloads after which it ends; `nil` for a number that grows
  /// with the number of blocks.
  var patience: Int?
  /// Cost of one clash of an anti-affinity, in units of squared relative overload.
  var clashWeight: Float = 0.05

  /// Proposals between looks at the clock and at progress.
  private static let chunk = 8192

  /// Chosen: on fleets of 50 to 2000 hosts packed to the bound, searches that were patient for longer
  /// found no more.
  private static func patience(blocks: Int) -> Int {
    max(20_000, min(500 * blocks, max(1_000_000, 400 * blocks)))
  }

  /// Whether the state became legal.
  func run(_ state: FillState, _ random: inout SeededGenerator, _ stopwatch: Stopwatch) -> Bool {
    guard state.hostCount > 1 else { return state.isLegal }
    var run = FillRun(self, state, random)
    defer { random = run.random }
    let patience = self.patience ?? Self.patience(blocks: state.blockCount)
    var best = Float.infinity
    var sinceBest = 0
    while !state.isLegal {
      let now = run.prepare()
      if now < 0.99 * best {
        best = now
        sinceBest = 0
      }
      if sinceBest > patience || stopwatch.hasRunOut { return false }
      run.propose(Self.chunk)
      sinceBest += Self.chunk
    }
    return true
  }

  /// The natural logarithm to about 1 %, which is enough to draw with: exponent and a parabola.
  @inline(__always)
  static func logarithm(_ value: Float) -> Float {
    let bits = value.bitPattern
    let exponent = Float(Int32(bits >> 23) - 127)
    let mantissa = Float(bitPattern: (bits & 0x007F_FFFF) | 0x3F80_0000)
    return 0.693_147 * (exponent + (-0.344_845 * mantissa + 2.024_658) * mantissa - 1.674_873)
  }
}

/// The state of one search.
private struct FillRun {
  private let settings: FillSearch
  private let state: FillState
  var random: SeededGenerator
  private var temperature: Float = 0
  private var clashing: [Int32] = []
  private let shiftBelow: UInt32
  private let pairBelow: UInt32

  init(_ settings: FillSearch, _ state: FillState, _ random: SeededGenerator) {
    self.settings = settings
    self.state = state
    self.random = random
    shiftBelow = UInt32(settings.shiftShare * Double(UInt32.max))
    pairBelow = UInt32((settings.shiftShare + settings.pairShare) * Double(UInt32.max))
  }

  /// Sets the temperature and looks who clashes.
  ///
  /// - Returns: what is left to mend.
  mutating func prepare() -> Float {
    let excess = state.totalExcess
    temperature = settings.temperatureShare * excess / Float(max(1, state.overloadedCount))
    if state.clashes > 0 {
      clashing = (0..<state.blockCount).filter {
        state.isGrouped($0) && state.neighbours($0, Int(state.hostOf[$0])) > 0
      }.map(Int32.init)
    } else {
      clashing = []
    }
    return excess + settings.clashWeight * Float(state.clashes)
  }

  mutating func propose(_ count: Int) {
    for _ in 0..<count {
      if state.overloadedCount == 0 && state.clashes == 0 { return }
      propose()
    }
  }

  @inline(__always)
  private mutating func propose() {
    let (first, second, third) = (random.next(), random.next(), random.next())
    guard let block = source(first, second) else { return }
    let from = Int(state.hostOf[block])
    let to = Self.scaled(third, state.hostCount)
    guard to != from else { return }
    // The limit of acceptance is drawn before the change is known.
    let limit = -temperature * FillSearch.logarithm(Float(((second >> 40) | 1) & 0xFF_FFFF) * 0x1p-24)
    let kind = UInt32(truncatingIfNeeded: third >> 32)
    if kind < shiftBelow || state.count[to] == 0 {
      tryShift(block, from, to, limit)
    } else if kind < pairBelow {
      tryPair(block, from, to, limit, first)
    } else {
      trySwap(block, state.resident(to, Self.scaled(first, Int(state.count[to]))), from, to, limit)
    }
  }

  /// A block of an overloaded host or a clash, mostly; sometimes any.
  @inline(__always)
  private func source(_ first: UInt64, _ second: UInt64) -> Int? {
    let kind = first & 7
    if state.overloadedCount > 0, kind != 0 {
      let host = Int(state.overloaded[Self.scaled(first >> 32, state.overloadedCount)])
      return state.resident(host, Self.scaled(second, Int(state.count[host])))
    }
    if !clashing.isEmpty, kind < 6 { return Int(clashing[Self.scaled(first >> 32, clashing.count)]) }
    return Self.scaled(first >> 32, state.blockCount)
  }

  @inline(__always)
  private func change(_ difference: SIMD4<Int32>, from: Int, to: Int) -> Float {
    state.excess(state.load[from] &- difference, from) - state.excess[from]
      + state.excess(state.load[to] &+ difference, to) - state.excess[to]
  }

  @inline(__always)
  private func tryShift(_ block: Int, _ from: Int, _ to: Int, _ limit: Float) {
    var change = change(state.demand[block], from: from, to: to)
    guard change <= limit || state.clashes > 0, state.allows(block, to) else { return }
    if state.isGrouped(block) {
      change += settings.clashWeight * Float(state.neighbours(block, to) - state.neighbours(block, from))
    }
    guard change <= limit else { return }
    state.take(block)
    state.place(block, to)
  }

  @inline(__always)
  private func trySwap(_ block: Int, _ other: Int, _ from: Int, _ to: Int, _ limit: Float) {
    let difference = state.demand[block] &- state.demand[other]
    guard difference != .zero || state.clashes > 0 else { return }
    var change = change(difference, from: from, to: to)
    guard change <= limit || state.clashes > 0, state.allows(block, to), state.allows(other, from) else {
      return
    }
    if state.isGrouped(block) || state.isGrouped(other) {
      let clashes =
        state.neighbours(block, to, except: other) - state.neighbours(block, from, except: other)
        + state.neighbours(other, from, except: block) - state.neighbours(other, to, except: block)
      change += settings.clashWeight * Float(clashes)
    }
    guard change <= limit else { return }
    state.swap(block, other)
  }

  /// Two blocks of one host for one of the other, in either direction.
  @inline(__always)
  private mutating func tryPair(_ block: Int, _ from: Int, _ to: Int, _ limit: Float, _ bits: UInt64) {
    let more = random.next()
    let givesTwo = more & 1 == 0
    let (double, single) = givesTwo ? (from, to) : (to, from)
    let residents = Int(state.count[double])
    guard residents > 1, state.count[single] > 0 else { return }
    let second = state.resident(double, Self.scaled(more >> 32, residents))
    let first = givesTwo ? block : state.resident(double, Self.scaled(bits, residents))
    let alone = givesTwo ? state.resident(single, Self.scaled(bits, Int(state.count[single]))) : block
    guard first != second else { return }
    let difference = state.demand[first] &+ state.demand[second] &- state.demand[alone]
    guard change(difference, from: double, to: single) <= limit, state.allows(first, single),
      state.allows(second, single), state.allows(alone, double),
      state.keepsApart(first, second, alone, double, single)
    else { return }
    state.take(first)
    state.take(second)
    state.take(alone)
    state.place(first, single)
    state.place(second, single)
    state.place(alone, double)
  }

  /// A number in `0..<count` from the lower half of random bits.
  @inline(__always)
  private static func scaled(_ bits: UInt64, _ count: Int) -> Int {
    Int((UInt64(UInt32(truncatingIfNeeded: bits)) &* UInt64(count)) >> 32)
  }
}
