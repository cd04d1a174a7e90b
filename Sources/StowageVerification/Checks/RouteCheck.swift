import StowageCosts
import StowageModel

/// Whether every move takes the route between its hosts, at a rate that the route and the platform's
/// streams carry.
struct RouteCheck {
  /// Forgiven of a limit on rates, relative: sums of rounded rates.
  static let slack = 1e-6

  let engine: MigrationEngine
  let channels: Channels

  func run(_ journeys: [Journey]) -> [Finding] {
    journeys.flatMap { journey in
      facts(journey).map {
        Finding(at: journey.movement.start, .move(journey.move.id), .network($0))
      }
    }
  }

  private func facts(_ journey: Journey) -> [NetworkFact] {
    let move = journey.move
    guard let path = journey.path else {
      return [.noRoute(move.id, from: move.from, to: move.to)] + rateFacts(journey, path: nil)
    }
    let route = path.map(channels.name)
    let links = route == move.links ? [] : [NetworkFact.links(move.id, stated: move.links, route: route)]
    return links + rateFacts(journey, path: path)
  }

  private func rateFacts(_ journey: Journey, path: [Channels.Channel]?) -> [NetworkFact] {
    let (id, rate) = (journey.move.id, journey.move.rateMiBPerSecond)
    guard rate >= 0, rate.isFinite else { return [.noRate(id, value: rate)] }
    var facts: [NetworkFact] = []
    if let payload = path.map(channels.payload(of:)), rate > payload * (1 + Self.slack) {
      facts.append(.abovePath(id, rate: rate, payload: payload))
    }
    let model = MigrationModel(engine: engine).aided(by: journey.move.aid, journey.vm)
    let limit = model.engine.rateLimit(journey.move.technique, storage: journey.storage)
    if rate > limit * (1 + Self.slack) { facts.append(.aboveStreams(id, rate: rate, limit: limit)) }
    if rate > 0, let forecast = journey.forecast, forecast.isPossible, forecast.sentMiB == 0 {
      facts.append(.needless(id, rate: rate))
    }
    return facts
  }
}
