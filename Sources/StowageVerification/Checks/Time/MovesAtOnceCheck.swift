import StowageModel

/// No more moves of the members are under way at once than a `serialize` or a `concurrency` lets.
struct MovesAtOnceCheck {
  private enum Counter: Hashable {
    case all
    case host(Int)
    case link(Int)
  }

  private let rule: Rule.ID
  private let crowd: Rulebook.Crowd
  private let isSeries: Bool

  init(serialize rule: Rule.ID, _ members: Set<Int>) {
    (self.rule, isSeries) = (rule, true)
    crowd = Rulebook.Crowd(members: members, place: .total, hosts: [], links: [:], most: 1)
  }

  init(concurrency rule: Rule.ID, _ crowd: Rulebook.Crowd) {
    (self.rule, self.crowd, isSeries) = (rule, crowd, false)
  }

  /// For each place that is counted, the first instant at which too many are under way.
  func run(_ journeys: [Journey]) -> [Finding] {
    var passing: [Counter: [Journey]] = [:]
    for journey in journeys
    where crowd.members.contains(journey.movement.vm) && journey.movement.end > journey.movement.start {
      for counter in counters(journey) { passing[counter, default: []].append(journey) }
    }
    return passing.compactMap { counter, journeys in finding(counter, journeys) }
  }

  private func counters(_ journey: Journey) -> Set<Counter> {
    let (from, to) = (journey.movement.from, journey.movement.to)
    switch crowd.place {
    case .total: return [.all]
    case .hostOut: return Set([from].filter(crowd.hosts.contains).map(Counter.host))
    case .hostIn: return Set([to].filter(crowd.hosts.contains).map(Counter.host))
    case .host: return Set([from, to].filter(crowd.hosts.contains).map(Counter.host))
    case .link:
      let crossed = (journey.path ?? []).compactMap { channel -> Int? in
        guard case .hop(let hop) = channel, crowd.links[hop.link] != nil else { return nil }
        return hop.link
      }
      return Set(crossed.map(Counter.link))
    }
  }

  private func finding(_ counter: Counter, _ journeys: [Journey]) -> Finding? {
    let starts = journeys.sorted {
      ($0.movement.start, $0.movement.position) < ($1.movement.start, $1.movement.position)
    }
    // Too many are first under way when one of them starts; ends come before starts at one instant.
    for journey in starts {
      let instant = journey.movement.start
      let underWay = starts.filter { $0.movement.start <= instant && instant < $0.movement.end }
      guard underWay.count > crowd.most else { continue }
      let moves = underWay.map(\.movement.id)
      let fact: RuleFact =
        isSeries
        ? .overlapping(rule, moves) : .atOnce(rule, place(counter, journey), moves, limit: crowd.most)
      return Finding(at: instant, .rule(rule), .rule(fact))
    }
    return nil
  }

  private func place(_ counter: Counter, _ journey: Journey) -> RuleFact.MovePlace {
    switch (counter, crowd.place) {
    case (.link(let link), _): .link(crowd.links[link] ?? "")
    case (.host(let host), .hostIn): .into(name(host, journey))
    case (.host(let host), .hostOut): .out(name(host, journey))
    case (.host(let host), _): .host(name(host, journey))
    case (.all, _): .total
    }
  }

  private func name(_ host: Int, _ journey: Journey) -> Host.ID {
    host == journey.movement.from ? journey.source.id : journey.target.id
  }
}
