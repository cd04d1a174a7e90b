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
    holders(on: host, at: instant) { roster.demand[$0][resource] }
  }

  /// The same for an hour of the week, by its figure in ``WeekHours``.
  func holders(ofColumn column: Int, on host: Int, at instant: Double) -> [Holder] {
    holders(on: host, at: instant) { roster.hours?.ofVM[$0][column] ?? 0 }
  }

  private func holders(on host: Int, at instant: Double, _ amount: (_ vm: Int) -> Int64) -> [Holder] {
    func holder(_ vm: Int, _ presence: Holder.Presence) -> Holder {
      Holder(vm: roster.vms[vm].id, amount: amount(vm), presence: presence)
    }
    var holders = roster.startResidents[host].filter { movementsOfVM[$0] == nil }
      .map { holder($0, .resident) }
    for charge in chargesOnHost[host] + keptOnHost[host] where charge.covers(instant) {
      holders.append(holder(charge.vm, presence(of: charge, at: instant)))
    }
    return holders.filter { $0.amount > 0 }.sorted(by: Self.precedes)
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
