import StowageModel

/// Whether every objective has the value that inventory, placement and moves give it.
struct ObjectiveCheck {
  let values: ObjectiveValues

  func run(_ plan: Plan) -> (findings: [Finding], notJudged: [String]) {
    var findings: [Finding] = []
    var notJudged: [String] = []
    var seen: Set<Objective.Name> = []
    for objective in plan.objectives {
      let name = objective.name
      if !seen.insert(name).inserted { findings.append(finding(name, .listedTwice(name))) }
      guard let actual = values.value(name) else {
        notJudged.append("the value of \(name.rawValue), which the inventory does not determine")
        continue
      }
      guard !((objective.value - actual).magnitude <= name.slack(at: actual)) else { continue }
      findings.append(finding(name, .value(name, stated: objective.value, actual: actual)))
    }
    return (findings, notJudged)
  }

  private func finding(_ name: Objective.Name, _ fact: ClaimFact) -> Finding {
    Finding(.objective(name), .claim(fact))
  }
}
