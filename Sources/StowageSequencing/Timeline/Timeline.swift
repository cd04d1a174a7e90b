import StowageFleet

/// One attempt at a schedule: moves start as soon as everything they need is there, most urgent
/// first; time jumps from event to event.
///
/// A move books its target when it starts, also a cold one that is charged there only later, so
/// that nothing is promised twice. Rates do not change during a move.
struct Timeline {
  let problem: Problem
  /// The legs to make; detours are added at the end.
  var legs: [Leg]
  /// How early each leg is asked; more is earlier.
  var urgency: [Double]
  /// The rate that each leg is to have, in tenths of MiB/s.
  var wantedRates: [Int]
  /// What legs that are still to use each channel, and whose wave has come, want of it together, in tenths of MiB/s.
  private(set) var wantedLeft: [Int]
  /// Everything charged now, and everything promised.
  var charges: FleetState
  /// The host of each VM: the source until a move ends.
  var location: [Int]
  var channels: ChannelLoads
  var slots: SlotLoads
  var gates: MoveGates
  var waiting: WaitingLegs
  var agenda = Agenda()
  var blocks: BlockStates
  private(set) var waves: WaveStates
  var failover: FailoverWatch
  /// In ms after the start of the plan.
  var clock = 0
  /// In the order in which they start.
  var runs: [Run] = []
  /// Legs under way, ascending.
  var underWay: [Int] = []
  /// The leg that waits for each leg to end.
  var successor: [Int?]
  /// Queues whose legs must be asked in this instant.
  var woken: [Int] = []
  /// VMs that were parked once, and are not parked again.
  var parkedVMs: Set<Int> = []
  /// Legs that failover once kept from starting.
  var refusedByFailover: Set<Int> = []
  /// The leg that may be asked only once each leg has started, where an order is prescribed.
  var nextInScript: [Int: Int] = [:]
  /// The legs of prescribed orders.
  var isScripted: Set<Int> = []
  /// How many orders were searched for.
  var scripts = 0
  private var hasEnded: Set<Int> = []
  /// Legs that are counted in ``wantedLeft``.
  private var countsRate: [Bool]
  /// Beginnings of hours that are in the agenda.
  var expectedOpenings: Set<Opening> = []

  var fleet: Fleet { problem.fleet }
  var keys: WaitKeys { problem.keys }

  /// An attempt.
  ///
  /// - Parameters:
  ///   - problem: the moves to make.
  ///   - urgency: of each leg.
  ///   - wantedRates: of each leg, in tenths of MiB/s; the whole rates when `nil`.
  ///   - replaced: legs that are not made as they are.
  init(
    _ problem: Problem, urgency: [Double], wantedRates: [Int]? = nil, replaced: Set<Int> = []
  ) {
    self.problem = problem
    legs = problem.legs
    self.urgency = urgency
    self.wantedRates = wantedRates ?? problem.legs.map(\.preferred.rateTenths)
    wantedLeft = Array(repeating: 0, count: problem.keys.channels)
    charges = FleetState(problem.fleet)
    location = problem.fleet.start
    channels = ChannelLoads(capacity: problem.book.routes.capacityTenths)
    slots = SlotLoads(limits: problem.slotLimits, hosts: problem.fleet.hosts.count)
    gates = problem.gates
    waiting = WaitingLegs(keys: problem.keys.count, legs: problem.legs.count)
    blocks = BlockStates(problem.bundles, legs: problem.legs.count, channels: problem.keys.channels)
    failover = problem.failover
    waves = WaveStates(problem.waves)
    countsRate = Array(repeating: false, count: problem.legs.count)
    successor = Array(repeating: nil, count: problem.legs.count)
    for leg in legs.indices { waves.add(legs[leg], isMade: !replaced.contains(leg)) }
    for leg in legs.indices where !replaced.contains(leg) {
      if waves.isOpen(leg) { countUser(leg, 1) }
      gates.expect(legs[leg].vm)
      waiting.wait(leg, urgency: urgency[leg], for: [keys.fresh])
    }
    woken = [keys.fresh]
    expectNextWave()
  }

  /// Notes that a leg is still to use its route (`sign` 1), or not any more (−1).
  private mutating func countUser(_ leg: Int, _ sign: Int) {
    guard countsRate[leg] != (sign > 0) else { return }
    countsRate[leg].toggle()
    let rate = min(wantedRates[leg], legs[leg].preferred.rateTenths)
    for channel in legs[leg].route { wantedLeft[channel] += sign * rate }
  }

  /// Notes that a leg is replaced by others.
  mutating func drop(_ leg: Int) {
    waves.drop(leg)
    gates.drop(legs[leg].vm)
    forget(leg)
  }

  /// Notes that a leg neither waits nor is still to use its route.
  mutating func forget(_ leg: Int) {
    countUser(leg, -1)
    waiting.remove(leg)
  }

  /// Lets time pass until every leg is made or nothing can start any more.
  ///
  /// - Returns: whether every leg was made.
  mutating func run() -> Bool {
    startWhatCan()
    // What waits for its wave is not stuck: there it is seen when nothing moves any more.
    if !waves.isActive { breakDeadlocks(isStill: false) }
    while true {
      passTime()
      if waiting.count == 0 { return true }
      if blocks.dissolve() {
        askEverybody()
        startWhatCan()
      } else {
        breakDeadlocks(isStill: true)
        if agenda.nextInstant == nil, waiting.count > 0, searchWayOut() || stopTogether() { startWhatCan() }
      }
      if agenda.nextInstant == nil { return waiting.count == 0 }
    }
  }

  private mutating func passTime() {
    while let instant = agenda.nextInstant {
      clock = instant
      while let event = agenda.next(at: instant) { happen(event) }
      startWhatCan()
    }
  }

  /// Asks all legs that wait, wherever they wait.
  mutating func askEverybody() {
    for leg in waiting.legs { waiting.wait(leg, urgency: urgency[leg], for: [keys.fresh]) }
    woken.append(keys.fresh)
  }

  private mutating func happen(_ event: Agenda.Event) {
    switch event {
    case .begin(let leg): begin(leg)
    case .open(let entry): woken.append(keys.hours(entry))
    case .openWave: openWave()
    case .release(let run): release(runs[run].leg)
    case .end(let run): end(runs[run])
    }
  }

  private mutating func expectNextWave() {
    if let instant = waves.nextOpening(now: clock) { agenda.add(.openWave, at: instant) }
  }

  private mutating func openWave() {
    waves.open(at: clock)
    for leg in waiting.legs where waves.waveOfLeg[leg] == waves.current { countUser(leg, 1) }
    woken.append(keys.wave(waves.current))
  }

  /// A leg of a ring or of a convoy, whose room, rate and slots were taken when it was arranged.
  private mutating func begin(_ leg: Int) {
    record(leg, legs[leg].preferred)
  }

  /// Adds a leg that waits from now on.
  mutating func add(_ leg: Leg, urgency: Double, isWaiting: Bool) -> Int {
    let index = legs.count
    legs.append(leg)
    self.urgency.append(urgency)
    wantedRates.append(leg.preferred.rateTenths)
    countsRate.append(false)
    waves.add(leg)
    if waves.isOpen(index) { countUser(index, 1) }
    gates.expect(leg.vm)
    successor.append(nil)
    waiting.addLeg()
    if isWaiting {
      waiting.wait(index, urgency: urgency, for: [keys.fresh])
      woken.append(keys.fresh)
    }
    return index
  }

  /// Starts a leg, whose target is booked, now or later, and takes now what it needs then.
  mutating func arrange(_ leg: Int, at instant: Int) {
    let move = legs[leg]
    channels.take(
      move.route, leg: leg, rate: move.preferred.rateTenths, until: instant + move.preferred.duration)
    slots.take(from: move.from, to: move.to, slots: move.preferred.slots)
    gates.start(move)
    underWay.append(leg)
    if instant == clock { record(leg, move.preferred) } else { agenda.add(.begin(leg: leg), at: instant) }
  }

  /// Starts a leg, whose target is booked, now and takes what it needs.
  mutating func start(_ leg: Int, _ option: MoveOption) {
    let move = legs[leg]
    forget(leg)
    channels.take(move.route, leg: leg, rate: option.rateTenths, until: clock + option.duration)
    slots.take(from: move.from, to: move.to, slots: option.slots)
    gates.start(move)
    for channel in blocks.started(leg, route: move.route) { woken.append(keys.channel(channel)) }
    if let next = nextInScript[leg] {
      waiting.wait(next, urgency: urgency[next], for: [keys.fresh])
      woken.append(keys.fresh)
    }
    underWay.append(leg)
    if problem.watchesRules { woken.append(keys.rules) }
    record(leg, option)
  }

  /// Whether the leg of the same VM that comes before is still to end.
  func mustWaitForItself(_ leg: Int) -> Bool {
    legs[leg].previous.map { !hasEnded.contains($0) } ?? false
  }

  private mutating func record(_ leg: Int, _ option: MoveOption) {
    var run = Run(leg: leg, start: clock, option: option)
    run.kept = problem.kept(legs[leg]).map { run.end + $0 }
    runs.append(run)
    agenda.add(.release(run: runs.count - 1), at: run.freed)
    agenda.add(.end(run: runs.count - 1), at: run.end)
  }

  private mutating func release(_ leg: Int) {
    let move = legs[leg]
    charges.leave(move.vm, move.from)
    failover.release(move.vm)
    woken.append(keys.room(move.from))
    for group in problem.apartGroupsOfVM[move.vm] { woken.append(keys.group(group)) }
    if problem.watchesRules { woken.append(keys.rules) }
  }

  private mutating func end(_ run: Run) {
    let move = legs[run.leg]
    channels.giveBack(move.route, leg: run.leg, rate: run.option.rateTenths)
    slots.giveBack(from: move.from, to: move.to, slots: run.option.slots)
    woken.append(contentsOf: gates.end(move).map(keys.gate))
    location[move.vm] = move.to
    underWay.removeAll { $0 == run.leg }
    if run.option.rateTenths > 0 { woken.append(contentsOf: move.route.map(keys.channel)) }
    woken.append(contentsOf: [
      keys.out(move.from), keys.into(move.to), keys.ends(move.from), keys.ends(move.to), keys.fleet,
      keys.failover,
    ])
    hasEnded.insert(run.leg)
    if waves.end(run.leg) { expectNextWave() }
    if let next = successor[run.leg], !isScripted.contains(next) || waiting.isWaiting[next] {
      waiting.wait(next, urgency: urgency[next], for: [keys.fresh])
      woken.append(keys.fresh)
    }
  }
}
