import StowageModel

// Post-copy and hybrid: between switch-over and the end there is no way back.
extension LibvirtGuide {
  func postCopyParts(_ step: Step) -> [RunbookPart] {
    [
      liveCheck(step),
      RunbookPart(
        .act, "Move", [switchOver(step.move.technique)] + diskNotes(step),
        [move(step)]),
      RunbookPart(
        .watch, "Watch", ["Until it has ended, both hosts and the network between them must stay up."],
        [
          .look(step.source.run("domjobinfo", step.domain)),
          .look(step.target.run("domstate", step.domain, ["--reason"])),
        ]),
      verify(step),
      RunbookPart(
        .abort, "Abort before switch-over",
        ["Only while the VM still runs at its source (`domstate` there says `running`):"],
        [
          .expect(step.source.run("domstate", step.domain), .equals("running")),
          .run(step.source.run("domjobabort", step.domain)),
        ]),
      RunbookPart(
        .recovery, "No rollback in the window, recovery only",
        [
          "From switch-over to the end the VM's memory lies on both hosts\(window(step)).",
          "Never abort, never destroy the VM on either host then. If the network fails, `domstate --reason` says",
          "`post-copy failed`: mend the network, then go on with the same move:",
        ],
        [.run(migrate(step, technique: resumed(step), resume: true))]),
      wayBack(step, options: Self.base + technique(of: step)),
    ]
  }

  /// Hybrid switches over by itself after one pass. Post-copy is asked to until libvirt takes it: measured,
  /// virsh's own `--timeout-postcopy` asks once, and is lost where the move takes longer than its time-out to
  /// begin. Nothing aborts it for lasting long.
  private func move(_ step: Step) -> RunbookAction {
    guard step.move.technique == .postCopy else {
      return .run(migrate(step, technique: technique(of: step)))
    }
    return .longRun(
      migrate(step, technique: ["--postcopy", "--postcopy-bandwidth", "\(step.limits.bandwidth)"]),
      meanwhile: step.source.run("migrate-postcopy", step.domain), patienceSeconds: nil)
  }

  /// For one command alone, as on the way back: post-copy is told to switch over after the shortest time-out
  /// that virsh takes.
  private func technique(of step: Step) -> [String] {
    let rate = ["--postcopy-bandwidth", "\(step.limits.bandwidth)"]
    switch step.move.technique {
    case .hybrid: return ["--postcopy", "--postcopy-after-precopy"] + rate
    case .postCopy, .preCopy, .cold: return ["--postcopy", "--timeout", "1", "--timeout-postcopy"] + rate
    }
  }

  private func resumed(_ step: Step) -> [String] {
    ["--postcopy", "--postcopy-resume", "--postcopy-bandwidth", "\(step.limits.bandwidth)"]
  }

  private func switchOver(_ technique: Technique) -> String {
    technique == .hybrid
      ? "**Point of no return**: it switches over by itself after one pass."
      : "**Point of no return**: it switches over as soon as it has begun; it is asked to until that is taken."
  }

  private func window(_ step: Step) -> String {
    guard let loss = step.move.estimate?.lossProbability, loss > 0 else { return "" }
    return ", and the failure of either loses it (expected once in \(Units.decimal(1 / loss)) such moves)"
  }
}
