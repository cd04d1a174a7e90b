import StowageModel

/// All moves of the members switch over at one moment.
struct TogetherCheck {
  let rule: Rule.ID
  let members: Set<Int>

  /// The moves that switch over first and last, when these are two moments.
  func run(_ journeys: [Journey]) -> [Finding] {
    let own = journeys.filter { members.contains($0.movement.vm) }.map { (moment: moment($0), $0.movement) }
    guard let first = own.min(by: { ($0.moment, $0.1.position) < ($1.moment, $1.1.position) }),
      let last = own.max(by: { ($0.moment, $1.1.position) < ($1.moment, $0.1.position) }),
      last.moment - first.moment > 1e-6
    else { return [] }
    let fact = RuleFact.outOfStep(
      rule, first.1.id, seconds: first.moment, last.1.id, otherSeconds: last.moment)
    return [Finding(at: first.moment, .rule(rule), .rule(fact))]
  }

  /// From when on the VM runs at its target, as the rule counts it.
  private func moment(_ journey: Journey) -> Double {
    switch journey.move.technique {
    case .postCopy: journey.movement.start
    case .cold, .preCopy, .hybrid: journey.movement.end
    }
  }
}
