import StowageModel

/// On every port and link, the rates of the moves under way add up to at most its payload rate.
struct LinkLoadCheck {
  private struct Use {
    let id: Move.ID
    let start: Double
    let end: Double
    let rate: Double
  }

  let channels: Channels
  /// What copies take that VMs keep at other sites.
  let copies: [ProtectionUse]

  func run(_ journeys: [Journey]) -> [Finding] {
    var uses: [Channels.Channel: [Use]] = [:]
    for copy in copies {
      for channel in Set(copy.path) {
        uses[channel, default: []].append(
          Use(
            id: copy.id, start: copy.start, end: copy.end,
            rate: copy.rate * channels.weightOfCopies(on: channel)))
      }
    }
    for journey in journeys {
      for seed in SeedUse.all(of: journey) {
        let use = Use(id: seed.id, start: seed.start, end: seed.end, rate: seed.rate)
        for channel in Set(journey.path ?? []) { uses[channel, default: []].append(use) }
      }
      let (movement, rate) = (journey.movement, journey.move.rateMiBPerSecond)
      guard rate > 0, rate.isFinite, movement.end > movement.start else { continue }
      let use = Use(id: movement.id, start: movement.start, end: movement.end, rate: rate)
      for channel in Set(journey.path ?? []) { uses[channel, default: []].append(use) }
    }
    return uses.flatMap { channel, uses -> [Finding] in
      guard let payload = channels.payload(channel) else { return [] }
      return sweep(channel, uses, payload: payload)
    }
  }

  /// A finding wherever the sum rises above the payload. Sums are made afresh from the moves under
  /// way, so that no rounding error adds up over a long plan.
  private func sweep(_ channel: Channels.Channel, _ uses: [Use], payload: Double) -> [Finding] {
    let starts = uses.sorted { $0.start < $1.start }
    var underWay: [Use] = []
    var isAbove = false
    var findings: [Finding] = []
    for (index, use) in starts.enumerated() {
      let before = underWay.count
      underWay.removeAll { $0.end <= use.start }
      if isAbove, underWay.count < before { isAbove = isOver(underWay, payload) }
      underWay.append(use)
      if index + 1 < starts.count, starts[index + 1].start == use.start { continue }
      let isOver = isOver(underWay, payload)
      if isOver, !isAbove { findings.append(finding(channel, underWay, payload, at: use.start)) }
      isAbove = isOver
    }
    return findings
  }

  private func isOver(_ underWay: [Use], _ payload: Double) -> Bool {
    sum(underWay) > payload * (1 + RouteCheck.slack)
  }

  private func sum(_ underWay: [Use]) -> Double {
    underWay.reduce(0) { $0 + $1.rate }
  }

  private func finding(
    _ channel: Channels.Channel, _ underWay: [Use], _ payload: Double, at instant: Double
  ) -> Finding {
    let name = channels.name(channel)
    let fact = NetworkFact.overload(name, sum: sum(underWay), payload: payload, moves: underWay.map(\.id))
    return Finding(at: instant, .channel(name), .network(fact))
  }
}
