import StowageModel

/// The runbook's commands for libvirt with QEMU/KVM, by `virsh` (libvirt manual page virsh(1)).
///
/// `--unsafe` is never printed: libvirt then refuses disks whose cache mode would lose data, and so
/// it should. `--timeout` with `--timeout-suspend` is not printed either: it would end a pre-copy
/// that does not converge with a pause that nobody has agreed to; the runbook aborts instead.
struct LibvirtGuide: RunbookGuide {
  let facts: GuideFacts

  init(_ facts: GuideFacts) {
    self.facts = facts
  }

  func procedure(of move: Move) -> Procedure {
    if let because = Self.obstacle(to: move.vm.rawValue) {
      return .withheld(because, remedy: "Rename the VM and plan again, or move it by its UUID")
    }
    if let aid = move.aid, move.technique != .preCopy || ![.streams, .autoConverge].contains(aid) {
      return GuideFacts.withheld(aid)
    }
    let step = Step(
      move: move, vm: facts.names.vm(move.vm), runs: facts.names.runs(move.vm),
      domain: move.vm.rawValue, copiesDisks: facts.copiesDisks(move), facts: facts)
    let isCold = !step.runs || move.technique == .cold
    let byHand =
      isCold && step.copiesDisks ? "its disks are copied by hand between stopping and moving it" : nil
    if !step.runs { return Procedure(offParts(step), byHand: byHand) }
    switch move.technique {
    case .cold: return Procedure(coldParts(step), byHand: byHand)
    case .preCopy: return Procedure(preCopyParts(step))
    case .postCopy, .hybrid: return Procedure(postCopyParts(step))
    }
  }

  /// What the parts of a step are made from.
  struct Step {
    let move: Move
    let vm: VM?
    let runs: Bool
    let domain: String
    let copiesDisks: Bool
    let facts: GuideFacts

    var source: Virsh { Virsh(move.from) }
    var target: Virsh { Virsh(move.to) }
    var limits: LibvirtLimits {
      LibvirtLimits(
        move: move, vm: vm, copiesDisks: copiesDisks, calibration: facts.input.plan.options.calibration)
    }
  }

  /// Why virsh cannot be given a domain's name: it cannot be shown, or virsh would take it for
  /// something else: it looks a number up among the ids of running domains first.
  private static func obstacle(to name: String) -> String? {
    if name.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) {
      return "virsh would take this name for the number of a running domain"
    }
    if !VisibleText.isVisible(name) {
      return
        "this name holds characters that cannot be shown, so that no command can be trusted to be what it looks like"
    }
    return nil
  }
}
