import StowageModel

extension Timeline {
  enum Grant {
    case granted(MoveOption)
    case wait(channel: Int)
  }

  /// The least share of its whole rate that a move takes rather than wait.
  private static let leastShare = 4

  /// A channel of the leg's route that has too little left even for a share; `nil` when all have enough.
  func crowdedChannel(_ leg: Int) -> Int? {
    let move = legs[leg]
    guard move.preferred.rateTenths > 0 else { return nil }
    if let kept = blocks.keptChannel(move.route, leg: leg) { return kept }
    let tightest = channels.tightest(move.route)
    return tightest.free * Self.leastShare < move.preferred.rateTenths ? tightest.channel : nil
  }

  /// The rate at which a leg starts now, and the option at that rate.
  ///
  /// It is the whole rate of the path, as far as the technique's streams carry: with constant bytes
  /// sharing gains nothing, and pre-copy sends more when it is slower. A leg that would have to
  /// wait takes what is left instead if this is at least a quarter of the whole rate, the cost
  /// model prefers the same technique at that rate, the hot set is written no faster than half of it,
  /// and the move then ends no later than if it waited for the first instant at which its whole
  /// rate is free.
  func rate(_ leg: Int) -> Grant {
    let move = legs[leg]
    let whole = move.preferred
    let tightest = channels.tightest(move.route)
    guard whole.rateTenths > tightest.free else { return .granted(whole) }
    guard let whenWhole = channels.whenFree(whole.rateTenths, on: move.route, now: clock),
      Double(whenWhole - clock) >= leastLoss(whole, tenths: tightest.free),
      let share = problem.book.option(of: move, tenths: tightest.free),
      share.technique == whole.technique, share.bearsSharing, share.slots <= whole.slots,
      clock + share.duration <= whenWhole + whole.duration
    else { return .wait(channel: tightest.channel) }
    return .granted(share)
  }

  /// How many ms longer a move takes at a lower rate, if it sends no more than at the whole one:
  /// spares the cost model most of its questions.
  private func leastLoss(_ whole: MoveOption, tenths: Int) -> Double {
    let mib = max(0, whole.estimate.bytesMiB - 1)
    return mib * 10_000 * (1 / Double(tenths) - 1 / Double(whole.rateTenths)) - 1
  }
}
