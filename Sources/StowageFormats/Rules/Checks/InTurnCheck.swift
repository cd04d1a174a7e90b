import StowageDiagnostics
import StowageModel

/// Reports VMs that `together` has switch over at one moment, while `serialize` or `before` has them move
/// one after the other.
///
/// Two moves that do not overlap have one moment only where the first switches over at its end and the
/// second, by post-copy, at its start. Where techniques rule that out too the rules contradict each other;
/// else it is said what they leave. VMs that never move are no matter.
struct InTurnCheck {
  let resolution: RuleResolution
  /// The VMs with what the rules say of their techniques.
  private let vms: [VM]
  private let staying: Set<Int>

  /// Prepares the check for the rules of an inventory.
  init(_ rules: [ResolvedRule], _ resolution: RuleResolution) {
    self.resolution = resolution
    vms = resolution.inventory.vmsWithTechniqueLimits
    var staying: Set<Int> = []
    for rule in rules where rule.rule.isHard {
      if case .stay = rule.rule.requirement { staying.formUnion(rule.vms) }
    }
    self.staying = staying
  }

  /// Checks every `together` against every rule of order that has two of its VMs.
  func check(_ rules: [ResolvedRule], into log: inout DiagnosticLog) {
    for together in rules {
      guard case .together = together.rule.requirement else { continue }
      let members = Set(together.vms.filter(mayMove))
      guard members.count > 1 else { continue }
      for other in rules {
        switch other.rule.requirement {
        case .serialize: oneAtATime(together, members, other, into: &log)
        case .before: inOrder(together, members, other, into: &log)
        default: continue
        }
      }
    }
  }

  private func mayMove(_ vm: Int) -> Bool { vms[vm].isMovable ?? true && !staying.contains(vm) }

  private func oneAtATime(
    _ together: ResolvedRule, _ members: Set<Int>, _ serial: ResolvedRule, into log: inout DiagnosticLog
  ) {
    let shared = serial.vms.filter(members.contains)
    guard shared.count > 1 else { return }
    let (first, second) = (shared[0], shared[1])
    let canMeet = shared.count == 2 && (canMeet(first, then: second) || canMeet(second, then: first))
    report(together, serial, Array(shared.prefix(3)), "to move one at a time", canMeet, into: &log)
  }

  private func inOrder(
    _ together: ResolvedRule, _ members: Set<Int>, _ order: ResolvedRule, into log: inout DiagnosticLog
  ) {
    let first = order.vms.filter(members.contains)
    guard !first.isEmpty else { return }
    let ahead = Set(order.vms)
    let then = order.otherVMs.filter { members.contains($0) && !ahead.contains($0) }
    guard let early = first.first(where: { !endsItsMove($0) }) ?? first.first,
      let late = then.first(where: { !beginsItsMove($0) }) ?? then.first
    else { return }
    report(
      together, order, [early, late], "to move one after the other", canMeet(early, then: late), into: &log)
  }

  private func canMeet(_ vm: Int, then other: Int) -> Bool { endsItsMove(vm) && beginsItsMove(other) }

  /// Whether it may switch over at the end of its move.
  private func endsItsMove(_ vm: Int) -> Bool {
    vms[vm].allowedTechniques?.contains { $0 != .postCopy } ?? true
  }

  /// Whether it may switch over at the start of its move.
  private func beginsItsMove(_ vm: Int) -> Bool { vms[vm].allowedTechniques?.contains(.postCopy) ?? true }

  private func report(
    _ together: ResolvedRule, _ other: ResolvedRule, _ members: [Int], _ order: String, _ canMeet: Bool,
    into log: inout DiagnosticLog
  ) {
    let names = members.map { Diagnostic.quoted(vms[$0].id.rawValue) }
    let listed = names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
    let rest =
      canMeet
      ? "; both can move in one plan only if the later one goes by post-copy and the other does not" : ""
    log.report(
      .ruleContradiction, canMeet ? .warning : .error, at: other.place ?? together.place,
      "VMs \(listed) are to switch over at one moment by \(together.name) and \(order) by \(other.name)\(rest)",
      remedy: "leave all but one of them out of one of the two rules")
  }
}
