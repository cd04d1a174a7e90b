import StowageModel

/// Whether every VM with an `rpo_s` keeps a copy at another site that is young enough, from the start of the plan to its end.
///
/// What its copy takes of a way is the same all the time, so that its age is: whether links carry it at every instant is added up
/// with moves and seeds.
struct ProtectionCheck {
  private static let slack = 1e-6

  let roster: Roster
  let channels: Channels

  func run(_ plan: Plan, _ replay: Replay) -> [Finding] {
    guard let policy = plan.options.protection else {
      return plan.protections.isEmpty ? [] : [finding(.notAsked)]
    }
    var seen: Set<VM.ID> = []
    var findings: [Finding] = []
    var channels = channels
    for own in plan.protections {
      guard let vm = roster.vmIndex[own.vm], let start = roster.startHost[vm],
        roster.vms[vm].rpoSeconds != nil,
        seen.insert(own.vm).inserted
      else {
        findings.append(finding(.stranger(own.vm)))
        continue
      }
      let end = replay.endHost[vm] ?? start
      let facts =
        (place(own, start, end, &channels).map { [.place(own.vm, because: $0)] } ?? [])
        + (meeting(own, vm, start, replay).map { [.place(own.vm, because: $0)] } ?? [])
        + (age(own, roster.vms[vm], policy).map { [.age(own.vm, because: $0)] } ?? [])
        + delta(own, vm, plan, replay)
      findings += facts.map(finding)
    }
    for vm in roster.vms.indices where roster.vms[vm].rpoSeconds != nil && !seen.contains(roster.vms[vm].id) {
      if let start = roster.startHost[vm], hasOtherSite(start) {
        findings.append(finding(.forgotten(roster.vms[vm].id)))
      }
    }
    return findings + shares(ProtectionUse.all(of: plan, replay, self.channels), policy)
  }

  /// No link gives copies more than replication gets of it.
  private func shares(_ uses: [ProtectionUse], _ policy: ProtectionPolicy) -> [Finding] {
    var onChannel: [Channels.Channel: [SeedUse]] = [:]
    for use in uses {
      for channel in Set(use.path) {
        onChannel[channel, default: []].append(
          SeedUse(id: use.id, start: use.start, end: use.end, rate: use.rate))
      }
    }
    return onChannel.sorted { channels.name($0.key) < channels.name($1.key) }.compactMap { channel, uses in
      // What ports carry of copies and moves together is looked at with all that links carry.
      guard case .hop = channel,
        let most = channels.copyPayload(
          channel, headroom: policy.headroom, sharedLinkPart: policy.sharedLinkPart),
        let instant = SeedUse.firstAbove(most * (1 + Self.slack), uses)
      else { return nil }
      let name = channels.name(channel)
      return Finding(at: instant, .channel(name), .network(.protection(.share(name, most: most))))
    }
  }

  /// On a way over third hosts the VM is at no time at the site of its copy.
  private func meeting(_ own: Protection, _ vm: Int, _ start: Int, _ replay: Replay) -> String? {
    guard let before = roster.hostIndex[own.before], let after = roster.hostIndex[own.after] else {
      return nil
    }
    let site = { (host: Int) in roster.hosts[host].site }
    let movements = (replay.movementsOfVM[vm] ?? []).map { replay.movements[$0] }
    let turn = movements.lastIndex { site($0.from) != site($0.to) }
    for (index, movement) in movements.enumerated() {
      let copy = turn.map { index >= $0 } ?? false ? after : before
      if site(movement.to) == site(copy) { return "its VM comes to its site on the way" }
    }
    return nil
  }

  private func finding(_ fact: ProtectionFact) -> Finding { Finding(.plan, .network(.protection(fact))) }

  private func hasOtherSite(_ host: Int) -> Bool {
    guard let own = roster.hosts[host].site else { return false }
    return roster.hosts.contains { $0.state == .online && $0.site != nil && $0.site != own }
  }

  /// The other end of the move has room for it before and after; who moves to no other site has its copy at one.
  private func place(_ own: Protection, _ start: Int, _ end: Int, _ channels: inout Channels) -> String? {
    guard let before = roster.hostIndex[own.before], let after = roster.hostIndex[own.after] else {
      return "it is on no host"
    }
    let site = { (host: Int) in roster.hosts[host].site }
    guard let from = site(start), let to = site(end) else { return "its VM is at no site" }
    if site(before) == nil || site(before) == from || site(after) == nil || site(after) == to {
      return "it is at the site of its VM"
    }
    if from != to, before != end || after != start { return "it is not at the other end of the move" }
    if from == to, before != after { return "it changes its place, and its VM does not" }
    guard let first = channels.path(from: start, to: before), let last = channels.path(from: end, to: after),
      first.map(channels.name) == own.linksBefore, last.map(channels.name) == own.linksAfter
    else { return "its links are not those of its way" }
    return nil
  }

  private func age(_ own: Protection, _ vm: VM, _ policy: ProtectionPolicy) -> String? {
    guard let objective = vm.rpoSeconds, own.rateMiBPerSecond >= 0, own.rateMiBPerSecond.isFinite else {
      return "it has no rate"
    }
    guard CopyAge.offers(policy.replicator, every: own.intervalSeconds) else {
      return "\(policy.replicator.name) does not copy every \(Words.seconds(own.intervalSeconds))"
    }
    let age = CopyAge(vm, reduction: policy.reduction, overhead: policy.overhead)
    guard let oldest = age.oldest(every: own.intervalSeconds, atMiBPerSecond: own.rateMiBPerSecond) else {
      return "it changes faster than \(Words.number(own.rateMiBPerSecond)) MiB/s carry"
    }
    if oldest > objective * (1 + 1e-9) + 1e-6 {
      return "\(Words.seconds(oldest)), and \(Words.seconds(objective)) are asked"
    }
    return abs(oldest - own.worstAgeSeconds) > 0.01
      ? "\(Words.seconds(oldest)), and the plan says \(Words.seconds(own.worstAgeSeconds))" : nil
  }

  /// A move builds on the copy only cold, and where the copy is at its target.
  private func delta(_ own: Protection, _ vm: Int, _ plan: Plan, _ replay: Replay) -> [ProtectionFact] {
    guard let stated = own.deltaMiB else { return [] }
    let moves = (replay.movementsOfVM[vm] ?? []).map { plan.moves[replay.movements[$0].position] }
    guard moves.count == 1, moves[0].technique == .cold, moves[0].to == own.before, moves[0].seed == nil
    else {
      return [.place(own.vm, because: "only a cold move to its host can build on it")]
    }
    let age = CopyAge(roster.vms[vm], reduction: 0, overhead: 0)
    let actual = age.changed(in: own.intervalSeconds)
    return abs(stated - actual) <= 1e-3 + actual * Self.slack
      ? [] : [.delta(own.vm, stated: stated, actual: actual)]
  }
}

/// What a copy takes of its way for a while.
struct ProtectionUse {
  let id: Move.ID
  let path: [Channels.Channel]
  let start: Double
  let end: Double
  let rate: Double

  /// The copies of a plan before and after the moves of their VMs; what cannot be read is a finding elsewhere.
  static func all(of plan: Plan, _ replay: Replay, _ channels: Channels) -> [ProtectionUse] {
    var channels = channels
    let roster = replay.roster
    let last = plan.moves.map(\.endSeconds).filter(\.isFinite).max() ?? 0
    return plan.protections.flatMap { own -> [ProtectionUse] in
      guard let vm = roster.vmIndex[own.vm], let start = roster.startHost[vm],
        let before = roster.hostIndex[own.before], let after = roster.hostIndex[own.after],
        own.rateMiBPerSecond > 0, own.rateMiBPerSecond.isFinite,
        let first = channels.path(from: start, to: before),
        let second = channels.path(from: replay.endHost[vm] ?? start, to: after)
      else { return [] }
      // The copy is turned round when the VM has come to the site where it stays.
      let site = { (host: Int) in roster.hosts[host].site }
      let moved = (replay.movementsOfVM[vm] ?? []).map { replay.movements[$0] }
        .filter { site($0.from) != site($0.to) }.map(\.end).max()
      let id = Move.ID("copy of \(own.vm)")
      let uses = [
        ProtectionUse(id: id, path: first, start: 0, end: moved ?? last + 1, rate: own.rateMiBPerSecond),
        ProtectionUse(
          id: id, path: second, start: moved ?? last + 1, end: last + 1, rate: own.rateMiBPerSecond),
      ]
      return uses.filter { $0.start < $0.end }
    }
  }
}
