import StowageCosts
import StowageModel

/// No more moves at once than the platform runs: out of a host, into it, both together, and in all.
struct ConcurrencyCheck {
  private struct Use {
    let id: Move.ID
    let start: Double
    let end: Double
    let slots: Int
  }

  private enum Place: Hashable {
    case out(Int)
    case into(Int)
    case both(Int)
    case fleet
  }

  private let roster: Roster
  private let concurrency: Concurrency

  init(roster: Roster, engine: MigrationEngine) {
    self.roster = roster
    concurrency = engine.concurrency
  }

  func run(_ journeys: [Journey]) -> [Finding] {
    var uses: [Place: [Use]] = [:]
    for journey in journeys {
      let slots = concurrency.slots(journey.move.technique, storage: journey.storage)
      let movement = journey.movement
      guard slots > 0, movement.end > movement.start else { continue }
      let use = Use(id: movement.id, start: movement.start, end: movement.end, slots: slots)
      for place in places(movement) where limit(place) != nil { uses[place, default: []].append(use) }
    }
    return uses.flatMap { place, uses in limit(place).map { sweep(place, uses, limit: $0) } ?? [] }
  }

  private func places(_ movement: Movement) -> Set<Place> {
    [.out(movement.from), .into(movement.to), .both(movement.from), .both(movement.to), .fleet]
  }

  private func limit(_ place: Place) -> Int? {
    switch place {
    case .out: concurrency.perHostOut
    case .into: concurrency.perHostIn
    case .both: concurrency.perHostTotal
    case .fleet: concurrency.fleetTotal
    }
  }

  private func sweep(_ place: Place, _ uses: [Use], limit: Int) -> [Finding] {
    let starts = uses.sorted { $0.start < $1.start }
    var underWay: [Use] = []
    var isAbove = false
    var findings: [Finding] = []
    for (index, use) in starts.enumerated() {
      underWay.removeAll { $0.end <= use.start }
      underWay.append(use)
      if index + 1 < starts.count, starts[index + 1].start == use.start { continue }
      let taken = underWay.reduce(0) { $0 + $1.slots }
      if taken > limit, !isAbove {
        let fact = NetworkFact.slots(
          named(place), taken: taken, limit: limit, moves: underWay.map(\.id))
        findings.append(Finding(at: use.start, subject(place), .network(fact)))
      }
      isAbove = taken > limit
    }
    return findings
  }

  private func named(_ place: Place) -> NetworkFact.SlotLimit {
    switch place {
    case .out(let host): .out(roster.hosts[host].id)
    case .into(let host): .into(roster.hosts[host].id)
    case .both(let host): .both(roster.hosts[host].id)
    case .fleet: .fleet
    }
  }

  private func subject(_ place: Place) -> Finding.Subject {
    switch place {
    case .out(let host), .into(let host), .both(let host): .host(roster.hosts[host].id)
    case .fleet: .plan
    }
  }
}
