import StowageModel

extension Timeline {
  enum Grant {
    case granted(MoveOption)
    case wait(channel: Int)
  }

  /// The least share of the rate that it is to have that a move takes rather than wait.
  private static let leastShare = 4
  /// Rates above the one that is wanted are multiples of this part of the whole rate, so that the
  /// cost model is asked a bounded number of questions.
  private static let levels = 64

  /// A channel of the leg's route that has too little left even for a share; `nil` when all have enough.
  func crowdedChannel(_ leg: Int) -> Int? {
    let move = legs[leg]
    guard move.preferred.rateTenths > 0 else { return nil }
    if let kept = blocks.keptChannel(move.route, leg: leg) { return kept }
    let tightest = channels.tightest(move.route)
    return tightest.free * Self.leastShare < min(wantedRates[leg], move.preferred.rateTenths)
      ? tightest.channel : nil
  }

  /// The rate at which a leg starts now, and the option at that rate.
  ///
  /// It is the rate that the attempt wants for the leg, or more, in proportion, when the channels of its
  /// route have more than all legs want that are still to use them: towards the end nobody is left to
  /// share with. A leg
  /// that would have to wait takes what is left instead if this is at least a quarter of what it is to
  /// have, the cost model prefers the same technique at that rate, the hot set is written no faster
  /// than half of it, and the move then ends no later than if it waited.
  func rate(_ leg: Int) -> Grant {
    let move = legs[leg]
    let whole = move.preferred
    guard whole.rateTenths > 0 else { return .granted(whole) }
    let wanted = option(leg, tenths: fairRate(leg)) ?? whole
    let tightest = channels.tightest(move.route)
    guard wanted.rateTenths > tightest.free else { return .granted(wanted) }
    guard let whenFree = channels.whenFree(wanted.rateTenths, on: move.route, now: clock),
      Double(whenFree - clock) >= leastLoss(wanted, tenths: tightest.free),
      let share = option(leg, tenths: tightest.free), share.bearsSharing,
      clock + share.duration <= whenFree + wanted.duration
    else { return .wait(channel: tightest.channel) }
    return .granted(share)
  }

  /// The leg's technique at a rate; `nil` when the cost model then prefers another or it takes more slots.
  private func option(_ leg: Int, tenths: Int) -> MoveOption? {
    let whole = legs[leg].preferred
    if tenths >= whole.rateTenths { return whole }
    guard let option = problem.book.option(of: legs[leg], tenths: tenths),
      option.manner == whole.manner, option.slots <= whole.slots
    else { return nil }
    return option
  }

  /// The rate that the attempt wants for a leg.
  func wantedRate(_ leg: Int) -> Int { min(wantedRates[leg], legs[leg].preferred.rateTenths) }

  /// What the leg wants, raised by as much as every channel of its route can give to all that want it.
  func fairRate(_ leg: Int) -> Int {
    let move = legs[leg]
    let whole = move.preferred.rateTenths
    let wanted = wantedRate(leg)
    var fair = whole
    for channel in move.route {
      fair = min(fair, wanted * channels.free[channel] / max(1, wantedLeft[channel]))
    }
    guard fair > wanted else { return wanted }
    return fair == whole ? whole : max(wanted, fair * Self.levels / whole * whole / Self.levels)
  }

  /// How many ms longer a move takes at a lower rate, if it sends no more than at the higher one:
  /// spares the cost model most of its questions.
  private func leastLoss(_ wanted: MoveOption, tenths: Int) -> Double {
    let mib = max(0, wanted.estimate.bytesMiB - 1)
    return mib * 10_000 * (1 / Double(tenths) - 1 / Double(wanted.rateTenths)) - 1
  }
}
