import StowageModel

// A plan without moves is an answer, too.
extension Summary {
  func addNothingToMove(to page: inout TextPage) {
    page.add("")
    page.paragraph(page.style.paint("Nothing to move:", as: .good) + " \(nothingReason).")
  }

  private var nothingReason: String {
    NothingToMove(input, figures: figures).reason
  }
}

/// Why a plan has no moves, for each goal.
struct NothingToMove {
  /// A sentence without capital and full stop.
  let reason: String

  init(_ input: ReportInput, figures: PlanFigures) {
    switch input.plan.goal {
    case .consolidate: reason = Self.consolidate(input.plan, figures: figures)
    case .balance: reason = Self.balance(input)
    case .colocate: reason = "everything selected is at the target site already"
    case .evacuate: reason = Self.evacuate(input.plan)
    case .repair: reason = Self.repair(input.plan)
    case .restore: reason = Self.restore(input.plan)
    }
  }

  private static func consolidate(_ plan: Plan, figures: PlanFigures) -> String {
    let on = figures.hostsOnAtEnd
    let hosts = "\(Units.count(on, "host")) \(on == 1 ? "holds" : "hold") VMs"
    let name = plan.options.objective.name
    let objective = plan.objectives.first { $0.name == name }
    if name != .hostsOn {
      let isProved = objective?.isProved == true
      return "\(hosts), and no plan with less \(name.title) \(isProved ? "exists" : "was found")"
    }
    if objective?.isProved == true { return "\(hosts), and no plan needs fewer" }
    guard let objective, objective.hasBound, let bound = objective.lowerBound else {
      return "\(hosts), and no plan with fewer was found"
    }
    return "\(hosts), and no plan with fewer was found; \(Units.decimal(bound)) are needed at the least"
  }

  private static func balance(_ input: ReportInput) -> String {
    if !input.plan.options.targetPercent.isEmpty { return targets(input) }
    if input.plan.options.balanceFirst == .spread { return spread(input) }
    let objective = input.plan.objectives.first { $0.name == .maxUtilisation }
    let isProved = objective?.isProved == true
    let least = input.plan.options.leastGainPercent.map {
      " by \(Units.decimal($0, digits: 2)) points or more with each move"
    }
    let claim =
      isProved ? "and no plan lowers it" : "and no plan that lowers it\(least ?? "") was found"
    guard let highest = UtilisationFigures(input, at: .end).highest else {
      return "the load is even already, \(claim)"
    }
    let place = "\(VisibleText.name(highest.host.rawValue)), \(highest.resource.name)"
    return "the highest utilisation is \(Units.percent(highest.ratio, digits: 1)) (\(place)), \(claim)"
  }

  private static func targets(_ input: ReportInput) -> String {
    let targets = input.plan.options.targetPercent.sorted { $0.key < $1.key }.map {
      "\(Units.decimal($0.value, digits: $0.value == $0.value.rounded() ? 0 : 2)) % of \($0.key.name)"
    }
    let excess = input.plan.objectives.first { $0.name == .targetExcess }
    guard let excess, excess.value > 0 else {
      return "balanced: no host is above \(Summary.list(targets, limit: 6))"
    }
    return "no move that lowers hosts above \(Summary.list(targets, limit: 6)) was found"
  }

  private static func spread(_ input: ReportInput) -> String {
    let objective = input.plan.objectives.first { $0.name == .loadSpread }
    let found = objective?.isProved == true ? "no plan is more even" : "no move that is worth it was found"
    guard let objective else { return found }
    return
      "balanced: standard deviations are \(objective.name.text(objective.value, currency: nil)) in sum, and \(found)"
  }

  private static func evacuate(_ plan: Plan) -> String {
    let hosts = plan.options.hosts.map { VisibleText.name($0.rawValue) }
    guard !hosts.isEmpty else { return "no host is listed to be emptied" }
    let verb = hosts.count == 1 ? "holds" : "hold"
    return "\(Summary.list(hosts, limit: 6)) \(verb) no VM"
  }

  private static func restore(_ plan: Plan) -> String {
    let homecoming = Homecoming(plan)
    let left = homecoming.all - homecoming.back
    return left == 0
      ? "every VM is where it was already"
      : "\(Units.count(left, "VM")) cannot return by moves that were found"
  }

  private static func repair(_ plan: Plan) -> String {
    plan.violationsAtStart.isEmpty
      ? "every rule is kept already" : "what is broken cannot be mended by moving VMs"
  }
}
