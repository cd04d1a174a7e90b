import StowageCosts
import StowageFleet
import StowageModel

/// A way out of a deadlock and what it costs.
struct Detour {
  enum Kind {
    /// A leg is replaced by two over a third host.
    case parking(leg: Int, first: Leg, second: Leg)
    /// The VMs of a ring of legs, or of a group that frees each other's room, are stopped, and all go at once.
    case coldRing([(leg: Int, option: MoveOption, because: String)])
  }

  let kind: Kind
  /// What is added to the moves, as the technique chooser weighs it: an outage counts as a multiple
  /// of move time.
  let cost: Double

  /// What an option weighs, in ms of move time.
  static func weight(_ option: MoveOption) -> Double {
    Double(option.duration) + ChoicePolicy.standard.downtimeSecondWeight * Double(option.downtime)
  }
}

extension Timeline {
  /// How many third hosts are priced for one VM: the roomiest.
  private static let mostPivots = 32

  /// The cheapest third host for a leg; `nil` when none can take the VM.
  mutating func parking(_ leg: Int, ring: [Int]?, _ index: WaitIndex) -> Detour? {
    let move = legs[leg]
    var best: (cost: Double, isAwaited: Bool, first: Leg, second: Leg)?
    for pivot in pivots(for: move) {
      guard let first = problem.book.leg(move.vm, from: move.from, to: pivot),
        let second = problem.book.leg(move.vm, from: pivot, to: move.to),
        failoverPermits((vm: first.vm, from: first.from, to: first.to))
      else { continue }
      let cost =
        Detour.weight(first.preferred) + Detour.weight(second.preferred) - Detour.weight(move.preferred)
      let isAwaited = index.isAwaited(pivot)
      if let best, (best.isAwaited ? 1 : 0, best.cost) <= (isAwaited ? 1 : 0, cost) { continue }
      best = (cost, isAwaited, first, second)
    }
    guard var best else { return nil }
    let added = best.first.preferred.duration + best.second.preferred.duration - move.preferred.duration
    best.first.detour = .parking(
      because: "parked on \(fleet.hosts[best.first.to].id) because \(cause(of: leg, ring: ring)): "
        + DecimalText.addedSeconds(added))
    best.second.detour = .onward
    return Detour(kind: .parking(leg: leg, first: best.first, second: best.second), cost: best.cost)
  }

  /// Third hosts that may take the VM and have room, the roomiest first.
  private mutating func pivots(for move: Leg) -> [Int] {
    charges.leave(move.vm, move.from)
    defer { charges.enter(move.vm, move.from) }
    var found: [(host: Int, left: Int64)] = []
    for host in fleet.hosts.indices where host != move.from && host != move.to {
      guard fleet.mayMove(move.vm, to: host), charges.hasRoom(for: move.vm, on: host) else { continue }
      found.append((host, fleet.limits[host][.memory] - charges.load[host][.memory]))
    }
    return found.sorted { ($0.left, -$0.host) > ($1.left, -$1.host) }.prefix(Self.mostPivots).map(\.host)
  }

  /// The ring with every VM stopped; `nil` when one may not be, or when that does not help either.
  mutating func coldRing(_ ring: [Int]) -> Detour? {
    coldGroup(ring, because: cause(of: ring[0], ring: ring))
  }

  /// Legs made at once with every VM stopped; `nil` when one may not be, or when that does not help either.
  mutating func coldGroup(_ group: [Int], because why: String) -> Detour? {
    var members: [(leg: Int, option: MoveOption, because: String)] = []
    var cost = 0.0
    for leg in group {
      guard mayBeStopped(leg), let option = problem.book.coldOption(of: legs[leg]) else { return nil }
      let preferred = legs[leg].preferred
      cost += Detour.weight(option) - Detour.weight(preferred)
      let stopped = option.rejecting(rejections(of: preferred, because: why))
      members.append((leg, stopped, coldReason(preferred, stopped, why)))
    }
    guard ringFits(members.map { ($0.leg, $0.option) }) else { return nil }
    return Detour(kind: .coldRing(members), cost: cost)
  }

  func mayBeStopped(_ leg: Int) -> Bool {
    legs[leg].detour == nil && !blocks.isBooked(leg) && waves.isOpen(leg) && !mustWaitForItself(leg)
      && problem.convoys.company(of: leg) == nil
  }

  private func rejections(of preferred: MoveOption, because why: String) -> [RejectedTechnique] {
    guard preferred.technique.isLive else { return preferred.rejected }
    let others = preferred.rejected.filter {
      $0.technique != .cold && $0.technique != preferred.technique
    }
    let live = RejectedTechnique(
      preferred.technique, because: "it needs room at both ends at once, but \(why)")
    return (others + [live]).sorted { $0.technique < $1.technique }
  }

  private func coldReason(_ preferred: MoveOption, _ option: MoveOption, _ why: String) -> String {
    guard preferred.technique.isLive else { return "moved together with others because \(why)" }
    return "stopped because \(why): " + DecimalText.addedSeconds(option.duration - preferred.duration)
  }

  /// Whether all targets have room once all sources are left, failures stay covered, and rates and
  /// slots are there now.
  private mutating func ringFits(_ members: [(leg: Int, option: MoveOption)]) -> Bool {
    let (chargesBefore, channelsBefore, slotsBefore, gatesBefore) = (charges, channels, slots, gates)
    defer { (charges, channels, slots, gates) = (chargesBefore, channelsBefore, slotsBefore, gatesBefore) }
    let latest = members.map(\.option.releasedAfter).max() ?? 0
    for (leg, _) in members { charges.leave(legs[leg].vm, legs[leg].from) }
    for (leg, option) in members {
      let move = legs[leg]
      guard charges.hasRoom(for: move.vm, on: move.to),
        channels.tightest(move.route).free >= option.rateTenths,
        slots.obstacle(from: move.from, to: move.to, slots: option.slots) == nil,
        gates.obstacle(move) == nil,
        keepsHours(leg, at: clock + latest - option.releasedAfter, lasting: option.duration)
      else { return false }
      gates.start(move)
      charges.enter(move.vm, move.to)
      channels.take(move.route, leg: leg, rate: option.rateTenths, until: clock)
      slots.take(from: move.from, to: move.to, slots: option.slots)
    }
    return failover.trial(members.map { step($0.leg) }, charges: charges, atOnce: true) != nil
  }

  /// Why a leg cannot go straight, in words.
  private func cause(of leg: Int, ring: [Int]?) -> String {
    guard let ring, ring.count > 1 else {
      return "\(fleet.hosts[legs[leg].to].id) has no room before \(fleet.hosts[legs[leg].from].id) gives some"
    }
    let hosts = DecimalText.list(ring.map { fleet.hosts[legs[$0].from].id }.sorted().map(\.rawValue))
    return ring.count == 2 ? "\(hosts) swap" : "\(hosts) exchange VMs in a ring"
  }
}
