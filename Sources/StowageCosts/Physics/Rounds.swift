/// A pre-copy under way: what was sent, what is left, how far the guest is slowed down.
struct Rounds {
  private let unthrottled: MemoryProfile
  private(set) var profile: MemoryProfile
  private let firstRate: Double
  private let laterRate: Double
  private let reduction: PageReduction
  private var finalLimitSeconds: Double
  private let rule: StopRule
  private let schedule: LimitSchedule
  private let constants: RoundConstants

  /// What was to be sent when the last round began, in MiB.
  private(set) var lastMiB = 0.0
  /// Dirty after the last round, in MiB.
  private(set) var restMiB: Double
  private(set) var sentMiB = 0.0
  private(set) var seconds = 0.0
  private(set) var rounds = 0
  private(set) var guestLossSeconds = 0.0
  private(set) var encodingSeconds = 0.0
  /// Sent in the last round, and dirtied meanwhile, in MiB.
  private var lastSentMiB = 0.0
  private var newMiB = 0.0
  /// Part of the guest's time that is taken away, 0 to 0.99.
  private var throttle = 0.0
  private var badRounds = 0

  init(
    profile: MemoryProfile, rate: Double, limitSeconds: Double, rule: StopRule = .endOfRound,
    schedule: LimitSchedule = .fixed, reduction: PageReduction = .none,
    constants: RoundConstants = RoundConstants()
  ) {
    unthrottled = profile
    self.profile = profile
    self.reduction = reduction
    firstRate = reduction.contentRate(rate, isFirst: true)
    laterRate = reduction.contentRate(rate, isFirst: false)
    finalLimitSeconds = limitSeconds
    self.rule = rule
    self.schedule = schedule
    self.constants = constants
    restMiB = profile.memoryMiB
  }

  /// Page content that goes in a second, in MiB: in the first round, or in those after it.
  var rate: Double { rounds == 0 ? firstRate : laterRate }

  /// What the rest takes on the wire, in MiB.
  var restSentMiB: Double { reduction.sentMiB(restMiB, isFirst: rounds == 0) }

  /// CPU time that the rest takes, in s.
  var restEncodingSeconds: Double { reduction.cpuSeconds(restMiB, isFirst: rounds == 0) }

  /// The limit on the last copy now, in s.
  var limitSeconds: Double { schedule.limit(finalLimitSeconds, after: seconds) }

  /// Sends what is left while the guest dirties on.
  mutating func sendRound() {
    lastMiB = restMiB
    switch rule {
    case .endOfRound: send(seconds: lastMiB > 0 ? lastMiB / rate : 0, pending: 0)
    case .looks(let every): sendUntilLook(every: every)
    }
    rounds += 1
  }

  /// Sends until a look finds what is pending below the limit.
  private mutating func sendUntilLook(every window: Double) {
    guard restMiB > 0, (restMiB / rate).isFinite else {
      // Nothing to send, or a rate so near 0 that it takes for ever.
      return send(seconds: restMiB > 0 ? .infinity : 0, pending: 0)
    }
    let looks = max(1, ((restMiB / rate - limitSeconds) / window - Rounding.slack).rounded(.up))
    let time = min(looks * window, restMiB / rate)
    var pending = max(0, restMiB - time * rate)
    if rounds == 0 { pending *= constants.writtenShareOfFirstRest }
    send(seconds: (restMiB - pending) / rate, pending: pending)
  }

  /// Sends for one more look, whatever is left: an orchestrator that waits for the end of a round acts so
  /// much later.
  mutating func sendOneLook() {
    guard case .looks(let window) = rule, restMiB > 0, (restMiB / rate).isFinite else { return }
    lastMiB = restMiB
    let time = min(window, restMiB / rate)
    send(seconds: time, pending: max(0, restMiB - time * rate))
  }

  private mutating func send(seconds time: Double, pending: Double) {
    seconds += time
    lastSentMiB = lastMiB - pending
    count(lastSentMiB)
    // Guarded: at a rate near 0 the time may be endless, and 0 times that is no number.
    if throttle > 0 { guestLossSeconds += throttle * time }
    restMiB = dirty(after: time, pending: pending)
    newMiB = max(0, restMiB - pending)
  }

  /// Counts so much page content as sent.
  private mutating func count(_ content: Double) {
    sentMiB += reduction.sentMiB(content, isFirst: rounds == 0)
    encodingSeconds += reduction.cpuSeconds(content, isFirst: rounds == 0)
  }

  /// What is left after `time`, with `pending` unsent. A page that is pending and dirtied is sent once: in
  /// the first round a part *pending/M* of all memory is pending, later what is pending is of the working
  /// set; a sequential writer meets it last.
  private func dirty(after time: Double, pending: Double) -> Double {
    guard pending > 0 else { return profile.dirtyMiB(after: time) }
    let new = profile.dirtyMiB(after: time)
    if rounds == 0 { return pending + new * (1 - pending / max(profile.memoryMiB, pending)) }
    guard profile.pattern == .sequential else {
      let covered = profile.workingSetMiB > 0 ? min(1, pending / profile.workingSetMiB) : 0
      return min(profile.memoryMiB, pending + new * (1 - covered))
    }
    let most = max(pending, profile.workingSetMiB + profile.coldDirtyMiB(after: time))
    return min(profile.memoryMiB, min(pending + new, most))
  }

  /// Whether the rest fits into the pause.
  var fits: Bool { restMiB <= limitSeconds * rate }

  /// Whether the rest will fit some day at the limit of now, without further throttling.
  var converges: Bool { profile.converges(at: rate, limitSeconds: limitSeconds) }

  /// Whether it is plain that rounds no longer shrink: at least four were sent, the next is no
  /// less than 99.9 % of the last, and the closed form agrees.
  ///
  /// Four rounds and 99.9 % are those of the published vectors; a shrinking series near *h = b* may
  /// look the same for a while, hence the closed form.
  var isStuck: Bool {
    rounds >= 4 && restMiB >= MemoryProfile.standstill * lastMiB && !converges
  }

  /// Whether the guest can be slowed down no further.
  var isThrottledOut: Bool { throttle >= constants.mostThrottle }

  /// Whether the engine accepts no longer limit.
  var isAtLimitOfLimits: Bool { finalLimitSeconds >= constants.longestLimitSeconds }

  /// Slows the guest down one step after two bad rounds: 20 %, then 10 % more each time.
  ///
  /// A round is bad when more than half of it was dirtied again meanwhile; steps and threshold are
  /// ``RoundConstants``.
  mutating func throttleIfBad(doublesLimit: Bool) -> Bool {
    badRounds = newMiB > constants.badShare * lastSentMiB ? badRounds + 1 : 0
    guard badRounds >= 2, !(isThrottledOut && (!doublesLimit || isAtLimitOfLimits)) else { return false }
    badRounds = 0
    throttle =
      throttle == 0
      ? min(constants.mostThrottle, constants.firstThrottle)
      : min(constants.mostThrottle, throttle + constants.throttleStep)
    profile = unthrottled.dirtied(times: 1 - throttle)
    if doublesLimit { finalLimitSeconds = min(constants.longestLimitSeconds, finalLimitSeconds * 2) }
    return true
  }

  /// Holds what is dirtied to `most` after two bad rounds, as the throttle does.
  mutating func limitIfBad(mibPerSecond most: Double) -> Bool {
    badRounds = newMiB > constants.badShare * lastSentMiB ? badRounds + 1 : 0
    guard badRounds >= 2, throttle == 0, unthrottled.hotMiBPerSecond > most else { return false }
    badRounds = 0
    throttle = 1 - most / unthrottled.hotMiBPerSecond
    profile = unthrottled.dirtied(times: 1 - throttle)
    return true
  }

  /// Whether the limit is as high as it gets.
  var isAtLastLimit: Bool { limitSeconds >= finalLimitSeconds }

  /// Sends round after round of what is left, until the limit rises.
  mutating func waitForNextLimit() {
    let next = max(seconds, schedule.nextStepSeconds(after: seconds))
    let sent = max(0, next - seconds) * rate
    seconds = next
    count(sent)
    addRounds(restMiB > 0 ? sent / restMiB : 0)
  }

  /// Counts `count` rounds at once, which sent `sentMiB` and leave `restMiB`.
  mutating func add(rounds count: Double, sentMiB sent: Double, leavingMiB rest: Double) {
    let time = sent / rate
    seconds += time
    self.count(sent)
    if throttle > 0 { guestLossSeconds += throttle * time }
    addRounds(count)
    restMiB = rest
  }

  /// A count is no `Int` whatever the guest.
  private mutating func addRounds(_ count: Double) { rounds += Int(min(count, Self.mostAtOnce)) }

  /// Rounds that are counted at once at most; a run that needs more takes longer than anybody waits.
  private static let mostAtOnce = 1e15
}
