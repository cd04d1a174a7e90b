import StowageModel

/// Whether a plan is called `optimal` exactly when every objective's bound equals its value.
struct OutcomeCheck {
  /// Whether the inventory has soft rules that count.
  let weighsSoftRules: Bool

  func run(_ plan: Plan) -> [Finding] {
    fault(plan).map { [Finding(.plan, .claim(.outcome(plan.outcome, $0)))] } ?? []
  }

  private func fault(_ plan: Plan) -> ClaimFact.OutcomeFault? {
    let gap = plan.objectives.lazy.compactMap(gap).first
    let lack = objectives(of: plan).flatMap { expected in
      expected.enumerated().first { index, name in
        index >= plan.objectives.count || plan.objectives[index].name != name
      }?.element
    }
    switch plan.outcome {
    case .optimal: return lack.map { .lacks($0) } ?? gap
    case .feasible: return gap == nil && lack == nil && !plan.objectives.isEmpty ? .allProved : nil
    }
  }

  private func gap(_ objective: Objective) -> ClaimFact.OutcomeFault? {
    guard let bound = objective.lowerBound else { return .noBound(objective.name) }
    let slack = 2 * objective.name.slack(at: objective.value)
    let isClosed = (objective.value - bound).magnitude <= slack
    return isClosed ? nil : .gap(objective.name, value: objective.value, bound: bound)
  }

  private func objectives(of plan: Plan) -> [Objective.Name]? {
    guard var names = Self.objectives(of: plan.goal, in: plan.options) else { return nil }
    if plan.options.waves?.nights != nil, !plan.moves.isEmpty {
      names.insert(contentsOf: [.waveNights, .splitTraffic], at: names.first == .brokenRules ? 1 : 0)
    }
    // What soft rules cost comes after hosts or returning VMs where these are counted, else after the hard rules.
    if weighsSoftRules {
      let before = names.lastIndex { [.hostsOn, .powerWatts, .costPerMonth, .away].contains($0) }
      names.insert(.softRuleCost, at: (before ?? 0) + 1)
    }
    return names
  }

  /// What a plan for a goal must prove to be called optimal, in order; `nil` where that is not fixed.
  private static func objectives(of goal: Goal, in options: PlanOptions) -> [Objective.Name]? {
    switch goal {
    case .consolidate, .colocate: [.brokenRules, options.objective.name, .movedMiB]
    case .balance where !options.targetPercent.isEmpty:
      [.brokenRules, .targetExcess, .moves, .maxUtilisation]
    case .balance where options.balanceFirst == .spread: [.brokenRules, .loadSpread, .maxUtilisation, .moves]
    case .balance: [.brokenRules, .maxUtilisation, .utilisationStandardDeviation, .moves]
    case .evacuate, .repair: [.brokenRules, .moves, .movedMiB, .maxUtilisation]
    case .restore: [.brokenRules, .away, .moves, .movedMiB]
    }
  }
}
