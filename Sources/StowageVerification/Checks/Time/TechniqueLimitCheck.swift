import StowageCosts
import StowageModel

/// Every move of the members is made in a manner that a `technique` rule bears.
struct TechniqueLimitCheck {
  let rule: Rule.ID
  let members: Set<Int>
  let limit: TechniqueLimit

  func run(_ journeys: [Journey]) -> [Finding] {
    journeys.filter { members.contains($0.movement.vm) }.flatMap { journey in
      facts(journey).map { Finding(at: journey.movement.start, .rule(rule), .rule($0)) }
    }
  }

  private func facts(_ journey: Journey) -> [RuleFact] {
    let move = journey.move
    var facts: [RuleFact] = []
    let isAllowed = limit.allowed?.contains(move.technique) ?? true
    if !isAllowed || limit.denied.contains(move.technique) {
      facts.append(.technique(rule, move.id, journey.vm.id, move.technique))
    }
    // A move without forecast, or without end, is found elsewhere.
    guard let forecast = journey.forecast, forecast.isPossible else { return facts }
    let pause = forecast.downtimeSeconds * 1000
    if let most = limit.maxDowntimeMilliseconds, pause > most + 1e-6 {
      facts.append(.pause(rule, move.id, journey.vm.id, milliseconds: pause, limit: most))
    }
    if let most = limit.maxLossProbability, forecast.lossProbability > most + 1e-12 {
      facts.append(
        .loss(rule, move.id, journey.vm.id, probability: forecast.lossProbability, limit: most))
    }
    if let most = limit.maxSlowdownSeconds, forecast.guestSlowdownSeconds > most + 1e-6 {
      facts.append(
        .slowdown(rule, move.id, journey.vm.id, seconds: forecast.guestSlowdownSeconds, limit: most))
    }
    return facts
  }
}
