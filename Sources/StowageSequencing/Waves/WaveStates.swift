import StowageFleet

/// How far the waves of an attempt are.
struct WaveStates {
  private let plan: WavePlan?
  /// Of each leg, counted from 0.
  private(set) var waveOfLeg: [Int] = []
  /// Legs of each wave that have not ended.
  private var left: [Int]
  /// The wave that is open; -1 before the first.
  private(set) var current = -1
  /// When it opened, and by when its hours end, in ms.
  private var opened = 0
  private var closes: Int?

  init(_ plan: WavePlan?) {
    self.plan = plan
    left = Array(repeating: 0, count: plan?.waves.count ?? 0)
  }

  /// Whether moves go in waves at all.
  var isActive: Bool { plan != nil }

  /// Counts a leg that is to be made; one of a VM that has no wave of its own goes with the open one.
  mutating func add(_ leg: Leg, isMade: Bool = true) {
    guard let plan else { return }
    waveOfLeg.append(plan.waveOfVM[leg.vm] ?? max(0, current))
    if isMade { left[waveOfLeg[waveOfLeg.count - 1]] += 1 }
  }

  /// Counts a leg no more, for which others are made.
  mutating func drop(_ leg: Int) {
    if isActive { left[waveOfLeg[leg]] -= 1 }
  }

  /// Whether a leg's wave has come.
  func isOpen(_ leg: Int) -> Bool { !isActive || waveOfLeg[leg] <= current }

  /// Notes that a leg has ended.
  ///
  /// - Returns: whether its wave is over with it.
  mutating func end(_ leg: Int) -> Bool {
    guard isActive else { return false }
    left[waveOfLeg[leg]] -= 1
    return left[waveOfLeg[leg]] == 0 && waveOfLeg[leg] == current
  }

  /// When the next wave opens, if all moves so far have ended by now; `nil` when there is none, or its
  /// hours are too short.
  func nextOpening(now: Int) -> Int? {
    guard let plan, current + 1 < plan.waves.count else { return nil }
    let next = plan.waves[current + 1]
    let gate = current < 0 ? now : now + plan.gate.validation
    return next.open.start(from: gate, lasting: next.work + plan.gate.reserved(after: next.work))
  }

  /// Opens the next wave.
  mutating func open(at instant: Int) {
    current += 1
    opened = instant
    closes = plan?.waves[current].open.end(at: instant)
  }

  /// Whether a leg of the open wave that ends at an instant leaves the time to see to it, and to go back.
  func permitsEnd(_ leg: Int, at end: Int) -> Bool {
    guard let plan, isOpen(leg) else { return true }
    guard let closes else { return false }
    return end + plan.gate.reserved(after: end - opened) <= closes
  }
}
