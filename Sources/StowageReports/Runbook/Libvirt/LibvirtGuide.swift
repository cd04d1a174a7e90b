import StowageModel

/// The runbook's commands for libvirt with QEMU/KVM, by `virsh` (libvirt manual page virsh(1)).
///
/// `--unsafe` is never printed: libvirt then refuses disks whose cache mode would lose data, and so
/// it should. `--timeout` with `--timeout-suspend` is not printed either: it would end a pre-copy
/// that does not converge with a pause that nobody has agreed to; the runbook aborts instead.
struct LibvirtGuide: RunbookGuide {
  let input: ReportInput
  let names: Names
  private let movesInto: [Host.ID: [Move]]

  init(_ input: ReportInput, names: Names) {
    self.input = input
    self.names = names
    movesInto = Dictionary(grouping: input.plan.moves, by: \.to)
  }

  func parts(of move: Move) -> [RunbookPart] {
    guard let domain = domain(move.vm) else { return [Self.withheld(move.vm)] }
    let step = Step(
      move: move, vm: names.vm(move.vm), runs: names.runs(move.vm), domain: domain,
      copiesDisks: copiesDisks(move),
      inTheWay: movesIn(after: move))
    if !step.runs { return offParts(step) }
    switch move.technique {
    case .cold: return coldParts(step)
    case .preCopy: return preCopyParts(step)
    case .postCopy, .hybrid: return postCopyParts(step)
    }
  }

  /// What the parts of a step are made from.
  struct Step {
    let move: Move
    let vm: VM?
    let runs: Bool
    let domain: ShellWord
    let copiesDisks: Bool
    /// Moves onto the source after this one has left it: on the way back they come first.
    let inTheWay: [Move.ID]

    var source: Virsh { Virsh(move.from) }
    var target: Virsh { Virsh(move.to) }
    var limits: LibvirtLimits { LibvirtLimits(move: move, vm: vm, copiesDisks: copiesDisks) }
  }

  /// The domain's name for virsh; `nil` when it cannot be shown, or when virsh would take it for
  /// something else: it looks a number up among the ids of running domains first.
  private func domain(_ vm: VM.ID) -> ShellWord? {
    let isNumber = vm.rawValue.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    return isNumber ? nil : ShellWord(quoting: vm.rawValue)
  }

  private static func withheld(_ vm: VM.ID) -> RunbookPart {
    let isShown = VisibleText.isVisible(vm.rawValue)
    let why =
      isShown
      ? "virsh would take this name for the number of a running domain"
      : "this name holds characters that cannot be shown, so that no command can be trusted to be what it looks like"
    return RunbookPart(
      "No commands are printed", ["\(why). Rename the VM and plan again, or move it by its UUID."])
  }

  private func copiesDisks(_ move: Move) -> Bool {
    if let known = input.movesWithDiskCopy { return known.contains(move.id) }
    guard let vm = names.vm(move.vm) else { return false }
    return vm.hasLocalDisk == true || vm.blockers.contains(.localDisk)
  }

  private func movesIn(after move: Move) -> [Move.ID] {
    movesInto[move.from, default: []].filter { $0.startSeconds >= move.sourceReleasedSeconds }.map(\.id)
      .sorted()
  }
}
