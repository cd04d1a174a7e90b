import StowageModel
import StowageReports

/// How far a plan got.
struct PlanProgress {
  private let plan: Plan
  /// The last outcome of each step, and when.
  private let entries: [Move.ID: JournalEntry]
  /// What is said of it.
  var report = ReplanReport()

  init(_ plan: Plan, journal: [JournalEntry]) {
    self.plan = plan
    entries = Dictionary(journal.map { ($0.step, $0) }, uniquingKeysWith: { _, last in last })
    for move in plan.moves {
      guard let entry = entries[move.id] else { continue }
      let step = ReplanReport.Step(id: move.id, vm: move.vm, to: move.to, instant: entry.instant)
      switch entry.outcome {
      case .done: report.done.append(step)
      case .failed: report.failed.append(step)
      case .underWay: report.underWay.append(step)
      case .skipped: report.skipped.append(step)
      }
    }
  }

  /// Whether any step is finished.
  var hasMoved: Bool { entries.values.contains { $0.outcome == .done } }

  /// Why each VM moves.
  var reasons: [VM.ID: String] {
    Dictionary(plan.moves.map { ($0.vm, $0.reason) }, uniquingKeysWith: { _, last in last })
  }

  /// The fleet once the steps under way have ended. `isStart` says whether the inventory is the one that
  /// the plan started from; otherwise it is younger than the journal and believed where they differ.
  mutating func apply(to inventory: Inventory, isStart: Bool) -> Inventory {
    var now = inventory
    let index = Dictionary(
      now.vms.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    for move in plan.moves {
      guard let position = index[move.vm] else {
        if entries[move.id] != nil { note("\(move.vm) of \(move.id) is not in the inventory") }
        continue
      }
      let host = now.vms[position].host
      switch entries[move.id]?.outcome {
      case .done where isStart, .underWay where isStart || host == move.from:
        if isStart, host != move.from {
          note("\(move.id) took \(move.vm) from \(move.from), where the journal does not bring it")
        }
        now.vms[position].host = move.to
      case .done where host != lastTarget(of: move.vm):
        note(
          "the journal says that \(move.id) is done, but \(move.vm) is on \(host?.rawValue ?? "no host"): the inventory is believed"
        )
      default: break
      }
    }
    return now
  }

  /// The host to which the last finished step of a VM brought it.
  private func lastTarget(of vm: VM.ID) -> Host.ID? {
    plan.moves.last { $0.vm == vm && [.done, .underWay].contains(entries[$0.id]?.outcome) }?.to
  }

  private mutating func note(_ text: String) {
    if !report.notes.contains(text) { report.notes.append(text) }
  }

  /// The hosts of the old placement, for VMs that are still there and are not left where they are.
  func targets(in now: Inventory, skipsFailed: Bool) -> [VM.ID: Host.ID] {
    var left: Set<VM.ID> = []
    for move in plan.moves {
      switch entries[move.id]?.outcome {
      case .skipped: left.insert(move.vm)
      case .failed where skipsFailed: left.insert(move.vm)
      default: break
      }
    }
    var targets: [VM.ID: Host.ID] = [:]
    for vm in now.vms where !left.contains(vm.id) { targets[vm.id] = plan.placement[vm.id] }
    return targets
  }

  /// Notes what a new plan does otherwise than the old one still had to.
  mutating func compare(with new: Plan, wanted: [VM.ID: Host.ID], in now: Inventory) {
    for vm in now.vms {
      let before = wanted[vm.id].flatMap { $0 == vm.host ? nil : $0 }
      let after = new.placement[vm.id].flatMap { $0 == vm.host ? nil : $0 }
      if before == after {
        report.kept += before == nil ? 0 : 1
      } else {
        report.changes.append(ReplanReport.Change(vm: vm.id, before: before, after: after))
      }
    }
  }
}
