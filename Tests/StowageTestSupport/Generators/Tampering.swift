public import StowageModel

/// A way in which a finished plan can be made wrong.
///
/// Each is one lie that a careless hand or tool could tell; a verifier must reject every one of them.
public enum Tampering: String, CaseIterable, Sendable {
  case otherTarget, otherSource, otherVM, otherTechnique, lostMove, repeatedMove, earlyStart, shortMove,
    doubleRate
  case earlyRelease, lateReservation, lostLink, unknownWait, circularWait, otherWave, fewerBytes, shorterPause
  case otherRounds, shorterMakespan, boundAboveMakespan, otherPlacement, lostPlacement, offWhileInUse,
    otherObjective
  case boundAboveValue, otherInventory, repeatedID, outOfStep

  /// Changes a plan; `nil` where it holds nothing of the kind. `pick` chooses the move that suffers.
  public func changed(_ plan: Plan, of inventory: Inventory, pick: Int) -> Plan? {
    var other = plan
    switch self {
    case .outOfStep: delay(&other, of: inventory)
    case .shorterMakespan, .boundAboveMakespan, .otherPlacement, .lostPlacement, .offWhileInUse,
      .otherObjective,
      .boundAboveValue, .otherInventory:
      changeWhole(&other, of: inventory, pick: pick)
    case .otherTarget, .otherSource, .otherVM, .otherTechnique, .lostMove, .repeatedMove, .earlyStart,
      .shortMove, .doubleRate, .earlyRelease, .lateReservation, .lostLink, .unknownWait, .circularWait,
      .otherWave,
      .fewerBytes, .shorterPause, .otherRounds, .repeatedID:
      guard !plan.moves.isEmpty else { return nil }
      changeMove(&other, pick % plan.moves.count, of: inventory)
    }
    return other == plan ? nil : other
  }

  private func changeWhole(_ plan: inout Plan, of inventory: Inventory, pick: Int) {
    let placed = plan.placement.keys.sorted()
    switch self {
    case .shorterMakespan: plan.schedule.makespanSeconds -= plan.schedule.makespanSeconds / 2
    case .boundAboveMakespan: plan.schedule.lowerBoundSeconds = plan.schedule.makespanSeconds + 1
    case .otherPlacement:
      guard !placed.isEmpty else { return }
      let vm = placed[pick % placed.count]
      plan.placement[vm] = plan.placement[vm].flatMap { Self.host(besides: [$0], of: inventory, pick) }
    case .lostPlacement:
      guard !placed.isEmpty else { return }
      plan.placement[placed[pick % placed.count]] = nil
    case .offWhileInUse:
      let used = Set(plan.placement.values).subtracting(plan.poweredOffHosts).sorted()
      guard !used.isEmpty else { return }
      plan.poweredOffHosts = (plan.poweredOffHosts + [used[pick % used.count]]).sorted()
    case .otherObjective:
      guard !plan.objectives.isEmpty else { return }
      plan.objectives[pick % plan.objectives.count].value += 1
    case .boundAboveValue:
      guard !plan.objectives.isEmpty else { return }
      let index = pick % plan.objectives.count
      plan.objectives[index].lowerBound = plan.objectives[index].value + 1
    case .otherInventory:
      plan.inventory.sha256 = String(plan.inventory.sha256.reversed())
    default: break
    }
  }

  private func changeMove(_ plan: inout Plan, _ index: Int, of inventory: Inventory) {
    let move = plan.moves[index]
    switch self {
    case .otherTarget:
      plan.moves[index].to = Self.host(besides: [move.from, move.to], of: inventory, index) ?? move.to
    case .otherSource:
      plan.moves[index].from = Self.host(besides: [move.from, move.to], of: inventory, index) ?? move.from
    case .otherVM:
      let others = inventory.vms.map(\.id).filter { $0 != move.vm }.sorted()
      if !others.isEmpty { plan.moves[index].vm = others[index % others.count] }
    case .otherTechnique: plan.moves[index].technique = move.technique == .postCopy ? .preCopy : .postCopy
    case .lostMove: plan.moves.remove(at: index)
    case .repeatedMove:
      var again = move
      again.id = Move.ID(move.id.rawValue + "-again")
      plan.moves.insert(again, at: index + 1)
    case .repeatedID:
      if plan.moves.count > 1 { plan.moves[index].id = plan.moves[(index + 1) % plan.moves.count].id }
    case .earlyStart: plan.moves[index].startSeconds -= 1
    case .shortMove: plan.moves[index].endSeconds -= (move.endSeconds - move.startSeconds) / 2
    case .doubleRate: plan.moves[index].rateMiBPerSecond *= 2
    case .earlyRelease:
      plan.moves[index].sourceReleasedSeconds -= (move.sourceReleasedSeconds - move.startSeconds) / 2
    case .lateReservation:
      plan.moves[index].targetReservedSeconds += (move.endSeconds - move.targetReservedSeconds) / 2
    case .lostLink: if !move.links.isEmpty { plan.moves[index].links.removeLast() }
    case .unknownWait: plan.moves[index].after.append("nobody")
    case .circularWait: plan.moves[index].after.append(move.id)
    case .otherWave: plan.moves[index].wave += 1
    case .fewerBytes: plan.moves[index].estimate?.bytesMiB *= 0.5
    case .shorterPause: plan.moves[index].estimate?.downtimeMilliseconds *= 0.5
    case .otherRounds: plan.moves[index].estimate?.rounds += 1
    default: break
    }
  }

  /// Has one of those who switch over together do so a second later than the others.
  private func delay(_ plan: inout Plan, of inventory: Inventory) {
    let vms = Dictionary(inventory.vms.map { ($0.id, $0) }) { first, _ in first }
    for rule in inventory.rules {
      guard case .together(let together) = rule.requirement else { continue }
      let own = plan.moves.indices.filter { vms[plan.moves[$0].vm].map(together.vms.includes) ?? false }
      guard own.count > 1, let last = own.last else { continue }
      plan.moves[last].startSeconds += 1
      plan.moves[last].endSeconds += 1
      plan.moves[last].sourceReleasedSeconds += 1
      plan.moves[last].targetReservedSeconds += 1
      return
    }
  }

  private static func host(besides hosts: [Host.ID], of inventory: Inventory, _ pick: Int) -> Host.ID? {
    let others = inventory.hosts.map(\.id).filter { !hosts.contains($0) }.sorted()
    return others.isEmpty ? nil : others[pick % others.count]
  }
}
