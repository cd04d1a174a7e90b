import StowageFleet

extension Timeline {
  private struct Candidate: Comparable {
    let entry: WaitingLegs.Entry
    let key: Int

    static func < (left: Self, right: Self) -> Bool {
      left.entry == right.entry ? left.key > right.key : left.entry < right.entry
    }
  }

  /// How many legs are refused at one channel or slot limit before the rest of its queue is left
  /// for its next release: they would be refused as well, and queues of a wide-area link are long.
  private static let refusalsBeforeRest = 24

  /// Asks the legs of all woken queues, the most urgent first, whichever queue it is in.
  mutating func startWhatCan() {
    var candidates = PriorityQueue<Candidate>()
    var refusals: [Int: Int] = [:]
    var refused: [(leg: Int, keys: [Int])] = []
    while true {
      for key in Set(woken).sorted() { offer(key, &candidates) }
      woken.removeAll(keepingCapacity: true)
      guard let candidate = candidates.popFirst() else { break }
      let leg = candidate.entry.leg
      if waiting.isCurrent(candidate.entry) {
        if let obstacles = attempt(leg) {
          waiting.suspend(leg)
          refused.append((leg, obstacles))
          for key in obstacles where keys.isRented(key) { refusals[key, default: 0] += 1 }
        }
      }
      if refusals[candidate.key, default: 0] < Self.refusalsBeforeRest { offer(candidate.key, &candidates) }
    }
    for (leg, keys) in refused where waiting.isWaiting[leg] {
      waiting.wait(leg, urgency: urgency[leg], for: keys)
    }
  }

  private mutating func offer(_ key: Int, _ candidates: inout PriorityQueue<Candidate>) {
    if let entry = waiting.next(key) { candidates.insert(Candidate(entry: entry, key: key)) }
  }

  /// Starts a leg if everything that it needs is there.
  ///
  /// - Returns: what it must wait for; `nil` when it has started.
  private mutating func attempt(_ leg: Int) -> [Int]? {
    guard waves.isOpen(leg) else { return [keys.wave(waves.waveOfLeg[leg])] }
    if let company = problem.convoys.company(of: leg) { return attemptConvoy(company) }
    let move = legs[leg]
    if mustWaitForItself(leg) { return [] }
    switch gates.obstacle(move) {
    case .gate(let gate, _): return [keys.gate(gate)]
    case .never: return []
    case nil: break
    }
    if let hours = waitForHours(leg, lasting: move.preferred.duration) { return hours }
    if let limit = slots.obstacle(from: move.from, to: move.to, slots: move.preferred.slots) {
      return [keys.key(limit)]
    }
    if let channel = crowdedChannel(leg) { return [keys.channel(channel)] }
    if !hasRoom(leg) { return roomKeys(leg) }
    var option: MoveOption
    switch rate(leg) {
    case .granted(let granted): option = granted
    case .wait(let channel): return [keys.channel(channel)]
    }
    if !keepsHours(leg, at: clock, lasting: option.duration) {
      // Too slow for the hours that are left: only the whole rate will do.
      let tightest = channels.tightest(move.route)
      guard tightest.free >= move.preferred.rateTenths else { return [keys.channel(tightest.channel)] }
      option = move.preferred
    }
    if let obstacle = book([leg]) { return obstacle }
    start(leg, option)
    return nil
  }

  /// What a leg waits for that has no room: its target, or a domain of one of its groups.
  func roomKeys(_ leg: Int) -> [Int] {
    [keys.room(legs[leg].to)] + problem.apartGroupsOfVM[legs[leg].vm].map(keys.group)
      + (problem.watchesRules ? [keys.rules] : [])
  }

  /// Whether the target has room and no group forbids it. The VM's own charge at the source does not
  /// count against it: in one rack it is still one member.
  mutating func hasRoom(_ leg: Int) -> Bool {
    if blocks.isBooked(leg) { return true }
    let move = legs[leg]
    charges.leave(move.vm, move.from)
    let fits = charges.hasRoom(for: move.vm, on: move.to)
    charges.enter(move.vm, move.from)
    return fits
  }

  /// Charges the targets of legs that start together with their VMs, and with them those of their block.
  ///
  /// - Returns: what to wait for; `nil` when the targets are booked.
  mutating func book(_ company: [Int]) -> [Int]? {
    // A block holds the whole of a convoy.
    if blocks.isBooked(company[0]) { return nil }
    let block = blocks.closedBlock(of: company[0])
    let members = block.map { blocks.members[$0] } ?? company
    if let obstacle = enterTargets(members) { return obstacle }
    // Not `map(step)`, which would copy the whole timeline.
    let steps = members.map { step($0) }
    guard let trial = failover.trial(steps, charges: charges) else {
      leaveTargets(members)
      refusedByFailover.formUnion(members)
      return [keys.failover]
    }
    failover.start(steps, trial)
    if let block { open(block) }
    return nil
  }

  func step(_ leg: Int) -> FailoverWatch.Step {
    (vm: legs[leg].vm, from: legs[leg].from, to: legs[leg].to)
  }

  /// Charges all targets, or none.
  private mutating func enterTargets(_ members: [Int]) -> [Int]? {
    var entered: [Int] = []
    for leg in members {
      guard hasRoom(leg) else {
        leaveTargets(entered)
        return roomKeys(leg)
      }
      charges.enter(legs[leg].vm, legs[leg].to)
      entered.append(leg)
    }
    return nil
  }

  private mutating func leaveTargets(_ members: [Int]) {
    for leg in members { charges.leave(legs[leg].vm, legs[leg].to) }
  }

  /// Opens a block whose targets are booked: its moves come before all others from now on.
  private mutating func open(_ block: Int) {
    let routes = legs
    blocks.open(block) { routes[$0].route }
    for leg in blocks.members[block] where waiting.isWaiting[leg] {
      urgency[leg] = .infinity
      waiting.wait(leg, urgency: .infinity, for: [keys.fresh])
    }
    woken.append(keys.fresh)
  }

  /// Whether failures stay covered when a VM makes this step as well.
  mutating func failoverPermits(_ step: FailoverWatch.Step) -> Bool {
    guard !failover.isIdle else { return true }
    charges.enter(step.vm, step.to)
    defer { charges.leave(step.vm, step.to) }
    return failover.trial([step], charges: charges) != nil
  }
}
