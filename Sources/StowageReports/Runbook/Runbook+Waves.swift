import StowageModel

// A wave: its scope, its gate, its steps.
extension Runbook {
  func add(_ wave: Wave, guide: any RunbookGuide, to page: inout RunbookDocument) {
    let times = Units.offsets(fromSeconds: wave.startSeconds, toSeconds: wave.endSeconds)
    page.heading("Wave \(wave.number): \(Units.count(wave.moves.count, "move")), \(times)", level: 2)
    page.paragraph(
      "Every step here \(scope(of: wave)). Steps run at the same time where their times overlap: one terminal each."
    )
    page.table(
      header: ["step", "VM", "from → to", "technique", "start–end", "pause", "data", "start after"],
      rows: wave.moves.map(row))
    page.paragraph("**Go or no-go**")
    page.list(checks(of: wave), isChecklist: true)
    page.part(guide.goChecks(of: wave))
    for move in wave.moves { add(move, guide: guide, to: &page) }
    page.paragraph(
      "**Commit gate.** \(MarkdownText.prose(gate.meaning)). Verified and agreed: ______  at: ______")
    if let policy = input.plan.options.waves {
      page.paragraph("As planned: \(wave.gate(policy)). The next wave starts after the gate, not before.")
    }
    let emptied = emptiedHosts(by: wave)
    if !emptied.isEmpty {
      page.paragraph(
        "Empty after this wave: \(Summary.list(emptied.map(code), limit: 12)). Leave on until the end.")
    }
  }

  private func scope(of wave: Wave) -> String {
    if wave.number == 1 { return "waits for no other move" }
    return input.plan.options.waves == nil
      ? "waits for moves of the waves before it" : "waits for the gate of the wave before it"
  }

  private func row(of move: Move) -> [String] {
    [
      code(move.id), code(move.vm), "\(code(move.from)) → \(code(move.to))", move.technique.rawValue,
      Units.offsets(fromSeconds: move.startSeconds, toSeconds: move.endSeconds), pause(of: move),
      move.estimate.map { Units.gibibytes(fromMiB: $0.bytesMiB) } ?? "not estimated",
      move.after.isEmpty ? "–" : Summary.list(move.after.map(code), limit: 8),
    ]
  }

  private func pause(of move: Move) -> String {
    guard names.runs(move.vm) else { return "off" }
    return move.estimate.map { Units.duration(milliseconds: $0.downtimeMilliseconds) } ?? "not estimated"
  }

  func checks(of wave: Wave) -> [String] {
    var checks = ["Each step's *Check* was passed no longer than 15 minutes ago."]
    if wave.number > 1 {
      checks.append("The steps named under *start after* have ended, and their VMs were verified.")
    }
    let targets = Set(wave.moves.map(\.to)).sorted()
    checks.append("Room on \(Summary.list(targets.map(code), limit: 12)) is as planned (commands below).")
    let stopped = wave.moves.filter { $0.technique == .cold && names.runs($0.vm) }.map { code($0.vm) }
    if !stopped.isEmpty {
      checks.append("Owners know that these VMs are stopped: \(Summary.list(stopped, limit: 12)).")
    }
    let committed = wave.moves.filter { names.runs($0.vm) && $0.technique.hasPointOfNoReturn }
    if !committed.isEmpty {
      let vms = Summary.list(committed.map { code($0.vm) }, limit: 12)
      checks.append("Owners know that these VMs cannot be taken back after switch-over: \(vms).")
    }
    let end = wave.endSeconds - wave.startSeconds
    if let policy = input.plan.options.waves {
      let back = policy.rollbackSeconds ?? end
      checks.append(
        "The window still holds \(Units.duration(seconds: end)), "
          + "\(Units.duration(seconds: policy.validationSeconds)) to see to the VMs, and "
          + "\(Units.duration(seconds: back)) to go back.")
    } else {
      checks.append("The window still holds \(Units.duration(seconds: end)) and as much again to go back.")
    }
    checks.append("Go / no-go: ______  by: ____________  at: ______")
    return checks
  }

  private func add(_ move: Move, guide: any RunbookGuide, to page: inout RunbookDocument) {
    let alias = names.alias(of: move.vm).map { " (\(MarkdownText.prose($0, limit: 60)))" } ?? ""
    page.heading(
      "\(code(move.id)): \(code(move.vm))\(alias), \(code(move.from)) → \(code(move.to))", level: 3)
    page.list(StepFacts(move, awaiting: order.awaited(by: move), runs: names.runs(move.vm)).lines)
    for part in guide.procedure(of: move).parts { page.part(part) }
  }

  /// Hosts to be switched off whose last VM leaves in this wave.
  private func emptiedHosts(by wave: Wave) -> [Host.ID] {
    input.plan.poweredOffHosts.filter { order.lastWave(from: $0) == wave.number }
  }
}
