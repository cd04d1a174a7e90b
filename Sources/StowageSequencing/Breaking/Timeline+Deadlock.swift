import StowageFleet

extension Timeline {
  /// Finds legs for which nothing under way will ever make room, and lets some of them make a
  /// detour until none is left or none can.
  ///
  /// - Parameter isStill: whether nothing is under way and nothing can start, so that every waiting
  ///   leg is stuck.
  mutating func breakDeadlocks(isStill: Bool) {
    while true {
      let stuck = stuckLegs(isStill: isStill && agenda.nextInstant == nil)
      guard !stuck.isEmpty, let detour = cheapestDetour(for: stuck) else { return }
      take(detour)
      askEverybody()
      startWhatCan()
    }
  }

  /// Waiting legs that no move under way, and no leg behind one, will free room for.
  ///
  /// A leg has hope when it has room already (and waits for a rate or a slot), or when its target or
  /// one of its groups will be left by a move under way or by a leg that has hope.
  private mutating func stuckLegs(isStill: Bool) -> [Int] {
    let waitingLegs = waiting.legs
    guard !isStill else { return waitingLegs.filter(waves.isOpen) }
    let index = WaitIndex(
      waitingLegs, legs: legs, groupsOfVM: problem.apartGroupsOfVM, ruled: ruled(waitingLegs))
    var hasHope = Set<Int>()
    var leaving = underWay
    for leg in waitingLegs where hasRoom(leg) {
      hasHope.insert(leg)
      leaving.append(leg)
    }
    while let leg = leaving.popLast() {
      for next in index.legsHelped(by: legs[leg]) where hasHope.insert(next).inserted { leaving.append(next) }
    }
    return waitingLegs.filter { !hasHope.contains($0) }
  }

  /// Legs whose VM a rule that no single host decides keeps out as things are.
  private func ruled(_ members: [Int]) -> [Int] {
    guard problem.watchesRules else { return [] }
    return members.filter { charges.ruleAgainst(legs[$0].vm, on: legs[$0].to) != nil }
  }

  private mutating func cheapestDetour(for stuck: [Int]) -> Detour? {
    let index = WaitIndex(
      stuck, legs: legs, groupsOfVM: problem.apartGroupsOfVM, ruled: ruled(stuck))
    let candidates = stuck.filter { mayDetour($0) && !index.legsHelped(by: legs[$0]).isEmpty }
    let helpful = candidates.filter { helps($0, index) }
    let tried = (helpful.isEmpty ? candidates : helpful)
      .sorted { (legs[$0].preferred.duration, $0) < (legs[$1].preferred.duration, $1) }
      .prefix(Self.mostCandidates)
    var best: Detour?
    for leg in tried {
      let ring = index.ring(through: leg, legs: legs)
      for detour in [parking(leg, ring: ring, index), ring.flatMap { coldRing($0) }].compactMap({ $0 })
      where best.map({ detour.cost < $0.cost }) ?? true {
        best = detour
      }
    }
    return best
  }

  /// How many legs are weighed against each other at one deadlock, the quickest ones.
  private static let mostCandidates = 16

  /// Who switches over at the moment at which others do goes straight.
  func mayDetour(_ leg: Int) -> Bool {
    legs[leg].detour == nil && !blocks.isBooked(leg) && !parkedVMs.contains(legs[leg].vm)
      && !problem.convoys.vms.contains(legs[leg].vm)
  }

  /// Whether one of the stuck legs could start if this VM were not on its source.
  private mutating func helps(_ leg: Int, _ index: WaitIndex) -> Bool {
    let move = legs[leg]
    charges.leave(move.vm, move.from)
    defer { charges.enter(move.vm, move.from) }
    for other in index.legsHelped(by: move) where other != leg && hasRoom(other) { return true }
    return false
  }

  mutating func take(_ detour: Detour) {
    switch detour.kind {
    case .parking(let leg, let first, let second): park(leg, first, second)
    case .coldRing(let members): arrange(members)
    }
  }

  private mutating func park(_ leg: Int, _ first: Leg, _ second: Leg) {
    drop(leg)
    parkedVMs.insert(legs[leg].vm)
    let firstIndex = add(first, urgency: .infinity, isWaiting: true)
    var onward = second
    onward.previous = firstIndex
    successor[firstIndex] = add(onward, urgency: urgency[leg], isWaiting: false)
  }

  /// Cold moves whose sources are all released at one instant, so that each finds its target free.
  private mutating func arrange(_ members: [(leg: Int, option: MoveOption, because: String)]) {
    let latest = members.map(\.option.releasedAfter).max() ?? 0
    bookRing(members.map(\.leg))
    for member in members {
      forget(member.leg)
      legs[member.leg].preferred = member.option
      legs[member.leg].detour = .cold(because: member.because)
      arrange(member.leg, at: clock + latest - member.option.releasedAfter)
    }
  }

  /// Charges the targets of a ring that fits once all its sources are left.
  private mutating func bookRing(_ members: [Int]) {
    for leg in members { charges.leave(legs[leg].vm, legs[leg].from) }
    for leg in members { charges.enter(legs[leg].vm, legs[leg].to) }
    let steps = members.map { step($0) }
    if let trial = failover.trial(steps, charges: charges, atOnce: true) {
      failover.start(steps, trial, atOnce: true)
    }
    for leg in members { charges.enter(legs[leg].vm, legs[leg].from, isReturn: true) }
  }
}
