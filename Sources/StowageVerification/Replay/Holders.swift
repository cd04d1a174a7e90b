public import StowageModel

/// A VM that takes part of a host's resource at some instant.
public struct Holder: Hashable, Sendable {
  /// Why it is counted there.
  public enum Presence: Hashable, Sendable {
    /// It is there and no move concerns it.
    case resident
    /// A move is bringing it.
    case arriving(Move.ID)
    /// A move is taking it away.
    case leaving(Move.ID)
  }

  /// Which VM.
  public var vm: VM.ID
  /// How much it takes, in the unit of the resource.
  public var amount: Int64
  /// Why it is counted.
  public var presence: Presence
}

extension Replay {
  /// Who is counted at a host at an instant: arriving VMs first, then by amount, largest first.
  func holders(of resource: Resource, on host: Int, at instant: Double) -> [Holder] {
    var holders = roster.startResidents[host].filter { movementsOfVM[$0] == nil }
      .map { holder($0, resource, .resident) }
    for charge in chargesOnHost[host] where charge.covers(instant) {
      holders.append(holder(charge.vm, resource, presence(of: charge, at: instant)))
    }
    return holders.filter { $0.amount > 0 }.sorted(by: Self.precedes)
  }

  private func holder(_ vm: Int, _ resource: Resource, _ presence: Holder.Presence) -> Holder {
    Holder(vm: roster.vms[vm].id, amount: roster.demand[vm][resource], presence: presence)
  }

  private func presence(of charge: Charge, at instant: Double) -> Holder.Presence {
    if let arrival = charge.arrival.map({ movements[$0] }), instant < arrival.end {
      return .arriving(arrival.id)
    }
    if let departure = charge.departure.map({ movements[$0] }), departure.start <= instant {
      return .leaving(departure.id)
    }
    return .resident
  }

  private static func precedes(_ left: Holder, _ right: Holder) -> Bool {
    if left.isArriving != right.isArriving { return left.isArriving }
    return left.amount != right.amount ? left.amount > right.amount : left.vm < right.vm
  }
}

extension Holder {
  fileprivate var isArriving: Bool {
    if case .arriving = presence { true } else { false }
  }
}
