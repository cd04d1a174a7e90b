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
    let move = legs[leg]
    if let limit = slots.obstacle(from: move.from, to: move.to, slots: move.preferred.slots) {
      return [keys.key(limit)]
    }
    if let channel = crowdedChannel(leg) { return [keys.channel(channel)] }
    if !hasRoom(leg) { return roomKeys(leg) }
    let option: MoveOption
    switch rate(leg) {
    case .granted(let granted): option = granted
    case .wait(let channel): return [keys.channel(channel)]
    }
    guard failoverPermits([leg]) else {
      refusedByFailover.insert(leg)
      return [keys.failover]
    }
    if let block = blocks.closedBlock(of: leg) {
      if let obstacle = openBlock(block) { return obstacle }
    }
    start(leg, option)
    return nil
  }

  /// What a leg waits for that has no room: its target, or a domain of one of its groups.
  func roomKeys(_ leg: Int) -> [Int] {
    [keys.room(legs[leg].to)] + problem.apartGroupsOfVM[legs[leg].vm].map(keys.group)
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

  /// Whether failures stay covered when these legs are under way as well.
  func failoverPermits(_ more: [Int]) -> Bool {
    guard !problem.failover.isEmpty else { return true }
    let hosts = more.flatMap { [legs[$0].from, legs[$0].to] }
    let moving = (underWay + more).map { (vm: legs[$0].vm, from: legs[$0].from, to: legs[$0].to) }
    return problem.failover.permits(hosts, placement: location, moving: moving)
  }

  /// Books the targets of all moves of a block, or none.
  ///
  /// - Returns: what to wait for; `nil` when the block is open.
  private mutating func openBlock(_ block: Int) -> [Int]? {
    let members = blocks.members[block]
    var booked: [Int] = []
    var obstacle: [Int]?
    for leg in members {
      guard hasRoom(leg) else {
        obstacle = roomKeys(leg)
        break
      }
      charges.enter(legs[leg].vm, legs[leg].to)
      booked.append(leg)
    }
    if let obstacle {
      for leg in booked { charges.leave(legs[leg].vm, legs[leg].to) }
      return obstacle
    }
    let routes = legs
    blocks.open(block) { routes[$0].route }
    for leg in members where waiting.isWaiting[leg] {
      urgency[leg] = .infinity
      waiting.wait(leg, urgency: .infinity, for: [keys.fresh])
    }
    woken.append(keys.fresh)
    return nil
  }
}
