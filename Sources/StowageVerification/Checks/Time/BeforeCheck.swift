import StowageModel

/// No move of those who wait starts before every move of the first ones has ended.
struct BeforeCheck {
  let rule: Rule.ID
  let first: Set<Int>
  let then: Set<Int>

  /// The first start that comes too early, with the move of the first ones that ends last.
  func run(_ journeys: [Journey]) -> [Finding] {
    let movements = journeys.map(\.movement)
    let waiting = movements.filter { then.contains($0.vm) && !first.contains($0.vm) }
    guard let earliest = waiting.min(by: { ($0.start, $0.position) < ($1.start, $1.position) }),
      let last = movements.filter({ first.contains($0.vm) })
        .max(by: { ($0.end, $1.position) < ($1.end, $0.position) }),
      earliest.start < last.end
    else { return [] }
    let fact = RuleFact.tooSoon(rule, earliest.id, waitsFor: last.id, untilSeconds: last.end)
    return [Finding(at: earliest.start, .rule(rule), .rule(fact))]
  }
}
