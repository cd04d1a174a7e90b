import StowageModel

/// The rules of an inventory that speak of moves, as they bear on those of a plan.
struct MoveRules {
  private let plan: Plan
  private let rules: [Rule]
  private let vms: [VM.ID: VM]

  init(_ plan: Plan, _ inventory: Inventory?) {
    self.plan = plan
    rules = inventory?.rules.filter(\.requirement.isOfMoves) ?? []
    vms = Dictionary(inventory?.vms.map { ($0.id, $0) } ?? [], uniquingKeysWith: { first, _ in first })
  }

  /// What rules ask of the moves of a VM, one sentence each.
  func sentences(about vm: VM.ID, moves own: [Move]) -> [String] {
    rules.filter { includes($0, vm) }.map { rule in
      "\(rule.id): \(rule.meaning)" + (company(rule, of: own).map { "; \($0)" } ?? "")
    }
  }

  /// Why a move comes after another one by a rule; `nil` when none asks for that.
  func wait(of move: Move, for other: Move) -> String? {
    guard let vm = vms[move.vm], let first = vms[other.vm] else { return nil }
    for rule in rules {
      switch rule.requirement {
      case .before(let order) where order.vms.includes(first) && order.then.includes(vm):
        return "\(move.id) waits for \(other.id): rule \(rule.id) has \(other.vm) move first, until "
          + Units.offset(seconds: other.endSeconds)
      case .serialize(let series) where series.vms.includes(first) && series.vms.includes(vm):
        return
          "\(move.id) waits for \(other.id): rule \(rule.id) has them move one at a time, \(other.vm) until "
          + Units.offset(seconds: other.endSeconds)
      default: break
      }
    }
    return nil
  }

  private func includes(_ rule: Rule, _ id: VM.ID) -> Bool {
    guard let vm = vms[id] else { return false }
    switch rule.requirement {
    case .before(let order): return order.vms.includes(vm) || order.then.includes(vm)
    case .serialize(let series): return series.vms.includes(vm)
    case .together(let together): return together.vms.includes(vm)
    case .concurrency(let most): return most.vms.includes(vm)
    case .technique(let limit): return limit.vms.includes(vm)
    case .deadline(let deadline): return deadline.vms.includes(vm)
    case .window(let window): return window.vms.includes(vm)
    case .blackout(let blackout): return blackout.vms.includes(vm)
    case .maxMoves(let most): return most.vms.includes(vm)
    case .moveBudget(let budget): return budget.vms.includes(vm)
    default: return false
    }
  }

  /// With whom a VM switches over, and when.
  private func company(_ rule: Rule, of own: [Move]) -> String? {
    guard case .together(let together) = rule.requirement, let move = own.first else { return nil }
    let others = plan.moves.filter { other in
      other.vm != move.vm && (vms[other.vm].map(together.vms.includes) ?? false)
    }
    guard !others.isEmpty else { return "no other member moves" }
    let moment = move.technique == .postCopy ? move.startSeconds : move.endSeconds
    let names = Summary.list(others.map { "\($0.id) (\($0.vm))" }, limit: 6)
    return "\(move.id) does so at \(Units.offset(seconds: moment)), with \(names)"
  }
}
