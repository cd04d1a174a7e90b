/// A pre-copy under way: what was sent, what is left, how far the guest is slowed down.
struct Rounds {
  private let unthrottled: MemoryProfile
  private(set) var profile: MemoryProfile
  let rate: Double
  private(set) var limitSeconds: Double

  /// The last round, in MiB.
  private(set) var lastMiB = 0.0
  /// Dirty after the last round, in MiB.
  private(set) var restMiB: Double
  private(set) var sentMiB = 0.0
  private(set) var seconds = 0.0
  private(set) var rounds = 0
  private(set) var guestLossSeconds = 0.0
  /// Part of the guest's time that is taken away, 0 to 0.99.
  private var throttle = 0.0
  private var badRounds = 0

  init(profile: MemoryProfile, rate: Double, limitSeconds: Double) {
    unthrottled = profile
    self.profile = profile
    self.rate = rate
    self.limitSeconds = limitSeconds
    restMiB = profile.memoryMiB
  }

  /// Sends what is left while the guest dirties on.
  mutating func sendRound() {
    lastMiB = restMiB
    let time = lastMiB > 0 ? lastMiB / rate : 0
    seconds += time
    sentMiB += lastMiB
    // Guarded: at a rate near 0 the time may be endless, and 0 times that is no number.
    if throttle > 0 { guestLossSeconds += throttle * time }
    rounds += 1
    restMiB = profile.dirtyMiB(after: time)
  }

  /// Whether the rest fits into the pause.
  var fits: Bool { restMiB <= limitSeconds * rate }

  /// Whether the rest will fit some day without further throttling.
  var converges: Bool { profile.converges(at: rate, limitSeconds: limitSeconds) }

  /// Whether it is plain that rounds no longer shrink: at least four were sent, the next is no
  /// less than 99.9 % of the last, and the closed form agrees.
  ///
  /// Four rounds and 99.9 % are those of the published vectors; a shrinking series near *h = b* may
  /// look the same for a while, hence the closed form.
  var isStuck: Bool {
    rounds >= 4 && restMiB >= 0.999 * lastMiB && !converges
  }

  /// A throttle of 99 % is the highest that QEMU sets.
  var isThrottledOut: Bool { throttle >= 0.99 }

  /// 2 000 s is the longest downtime limit that QEMU accepts.
  var isAtLimitOfLimits: Bool { limitSeconds >= 2000 }

  /// Slows the guest down one step after two bad rounds: 20 %, then 10 % more each time.
  ///
  /// A round is bad when more than half of it was dirtied again meanwhile. Steps and threshold are
  /// QEMU's defaults (`cpu-throttle-initial`, `-increment`, `throttle-trigger-threshold`).
  mutating func throttleIfBad(doublesLimit: Bool) -> Bool {
    badRounds = restMiB > 0.5 * lastMiB ? badRounds + 1 : 0
    guard badRounds >= 2, !(isThrottledOut && (!doublesLimit || isAtLimitOfLimits)) else { return false }
    badRounds = 0
    throttle = throttle == 0 ? 0.2 : min(0.99, throttle + 0.1)
    profile = unthrottled.dirtied(times: 1 - throttle)
    if doublesLimit { limitSeconds = min(2000, limitSeconds * 2) }
    return true
  }

  /// Counts `count` rounds at once, which sent `sentMiB` and leave `restMiB`.
  mutating func add(rounds count: Double, sentMiB sent: Double, leavingMiB rest: Double) {
    let time = sent / rate
    seconds += time
    sentMiB += sent
    if throttle > 0 { guestLossSeconds += throttle * time }
    rounds += Int(min(count, 1e15))
    restMiB = rest
  }
}
