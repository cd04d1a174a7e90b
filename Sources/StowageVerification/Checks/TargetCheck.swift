import StowageModel

/// Whether every move goes to a host that takes VMs in and suits this one. Rules of the inventory
/// and drained hosts have checks of their own.
struct TargetCheck {
  let roster: Roster
  let eligibility: Eligibility
  let staysWithinClusters: Bool

  func run(_ journeys: [Journey]) -> [Finding] {
    journeys.flatMap { journey in
      facts(journey).map {
        Finding(at: journey.movement.reserved, .move(journey.move.id), .target($0))
      }
    }
  }

  private func facts(_ journey: Journey) -> [TargetFact] {
    let (move, movement) = (journey.move, journey.movement)
    var facts = eligibility.objections(to: movement.to, for: movement.vm).map { objection -> TargetFact in
      switch objection {
      case .notAllowed: .notAllowed(move.id, move.vm, move.to)
      case .forbidden: .forbidden(move.id, move.vm, move.to)
      case .networks(let missing): .networks(move.id, move.vm, move.to, missing: missing)
      case .gpus(let needed): .gpus(move.id, move.vm, move.to, needed: needed)
      }
    }
    if let because = whyUnusable(journey.target) {
      facts.append(.unusable(move.id, move.to, because: because))
    }
    let home = roster.startHost[movement.vm].flatMap { roster.hosts[$0].cluster }
    if staysWithinClusters, journey.target.cluster != home {
      facts.append(.otherCluster(move.id, move.vm, from: home, to: journey.target.cluster))
    }
    return facts
  }

  private func whyUnusable(_ host: Host) -> String? {
    if host.state != .online { return "is \(host.state.rawValue)" }
    if host.isInMaintenance { return "is in maintenance" }
    return host.isSchedulable ? nil : "takes no VMs in"
  }
}
