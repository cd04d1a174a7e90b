import StowageModel

// Legs that switch over at one moment: they set out together or not at all.
extension Timeline {
  /// A leg of a convoy with its technique and rate, and when it starts.
  private struct Departure {
    let leg: Int
    let option: MoveOption
    var start: Int

    /// How long after its start the VM runs at its target, as `together` counts it.
    var lead: Int {
      switch option.technique {
      case .postCopy: 0
      case .cold, .preCopy, .hybrid: option.duration
      }
    }
  }

  /// Starts the legs of a convoy, those with the shorter way to the common moment later, if everything
  /// that they need is there now for all.
  ///
  /// - Returns: what to wait for; `nil` when they have started.
  mutating func attemptConvoy(_ members: [Int]) -> [Int]? {
    guard !members.contains(where: mustWaitForItself), let options = convoyOptions(members) else { return [] }
    var departures = zip(members, options).map { Departure(leg: $0, option: $1, start: clock) }
    let longest = departures.map(\.lead).max() ?? 0
    for index in departures.indices { departures[index].start += longest - departures[index].lead }
    if let hours = waitForHours(departures) { return hours }
    if let obstacle = obstacle(to: departures) { return obstacle }
    for leg in members where !hasRoom(leg) { return roomKeys(leg) }
    if let obstacle = book(members) { return obstacle }
    for departure in departures { setOut(departure) }
    if problem.watchesRules { woken.append(keys.rules) }
    return nil
  }

  /// Each leg at the rate that the attempt wants for it, or at its part of a channel that cannot carry all
  /// of them at theirs; `nil` when a leg has no technique at that rate.
  private func convoyOptions(_ members: [Int]) -> [MoveOption]? {
    var wantedOfChannel: [Int: Int] = [:]
    for leg in members {
      for channel in legs[leg].route { wantedOfChannel[channel, default: 0] += wantedRate(leg) }
    }
    let capacity = problem.book.routes.capacityTenths
    let options = members.map { leg -> MoveOption? in
      let (whole, wanted) = (legs[leg].preferred, wantedRate(leg))
      var rate = fairRate(leg)
      if rate <= wanted {
        for channel in legs[leg].route {
          rate = min(rate, wanted * capacity[channel] / max(1, wantedOfChannel[channel] ?? 0))
        }
      }
      guard whole.rateTenths > 0, rate < whole.rateTenths else { return whole }
      return rate > 0 ? problem.book.option(of: legs[leg], tenths: rate) : nil
    }
    let found = options.compactMap(\.self)
    return found.count == members.count ? found : nil
  }

  /// As for a single leg, for all at once: nothing is waited for when no hours are long enough.
  private mutating func waitForHours(_ departures: [Departure]) -> [Int]? {
    var delay = 0
    var held: Int?
    // Each round passes an end of somebody's hours; more than a few thousand there are not in a year.
    for _ in 0..<4096 {
      var isSettled = true
      for departure in departures {
        let start = departure.start + delay
        guard let open = opening(departure.leg, from: start, lasting: departure.option.duration) else {
          return []
        }
        if open > start { (delay, held, isSettled) = (delay + open - start, departure.leg, false) }
      }
      if isSettled { return held.map { waitForHours(of: $0, until: clock + delay) } }
    }
    return []
  }

  /// What slots, rates and gates the convoy must wait for, taken one leg after the other.
  private func obstacle(to departures: [Departure]) -> [Int]? {
    for departure in departures {
      if let channel = blocks.keptChannel(legs[departure.leg].route, leg: departure.leg) {
        return [keys.channel(channel)]
      }
      let tightest = channels.tightest(legs[departure.leg].route)
      if tightest.free < departure.option.rateTenths { return [keys.channel(tightest.channel)] }
    }
    var (channels, slots, gates) = (channels, slots, gates)
    for departure in departures {
      let (move, option) = (legs[departure.leg], departure.option)
      switch gates.obstacle(move) {
      case .gate(let gate, _): return [keys.gate(gate)]
      case .never: return []
      case nil: gates.start(move)
      }
      if let limit = slots.obstacle(from: move.from, to: move.to, slots: option.slots) {
        return [keys.key(limit)]
      }
      slots.take(from: move.from, to: move.to, slots: option.slots)
      let tightest = channels.tightest(move.route)
      guard tightest.free >= option.rateTenths else { return [keys.channel(tightest.channel)] }
      channels.take(move.route, leg: departure.leg, rate: option.rateTenths, until: clock)
    }
    return nil
  }

  /// Takes what a leg needs, also when it starts a little later than others of its convoy.
  private mutating func setOut(_ departure: Departure) {
    let (leg, option) = (departure.leg, departure.option)
    forget(leg)
    legs[leg].preferred = option
    for channel in blocks.started(leg, route: legs[leg].route) { woken.append(keys.channel(channel)) }
    arrange(leg, at: departure.start)
  }
}
