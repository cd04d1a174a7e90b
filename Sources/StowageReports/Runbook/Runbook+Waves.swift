import StowageModel

// A wave: its scope, its gate, its steps.
extension Runbook {
  func add(_ wave: Wave, guide: any RunbookGuide, to page: inout RunbookDocument) {
    let times = Units.offsets(fromSeconds: wave.startSeconds, toSeconds: wave.endSeconds)
    page.heading("Wave \(wave.number): \(Units.count(wave.moves.count, "move")), \(times)", level: 2)
    page.paragraph("**Scope.** \(scope(of: wave))")
    let window = WaveWindow(wave, calendar: calendar)
    page.paragraph("**Window.** \(window.text)")
    page.list(window.hours)
    page.table(
      header: ["step", "VM", "from → to", "technique", "start–end"]
        + (calendar.map { _ in ["by the clock"] } ?? [])
        + ["pause", "data", "start after"],
      rows: wave.moves.map(row))
    addCopies(ahead: wave, to: &page)
    page.paragraph("**Pre-conditions**")
    page.list(preconditions(of: wave), isChecklist: true)
    page.part(guide.goChecks(of: wave))
    page.paragraph("**Go or no-go**")
    page.list(decisions(on: wave), isChecklist: true)
    for move in wave.moves { add(move, guide: guide, to: &page) }
    page.paragraph(
      "**Commit gate.** \(MarkdownText.prose(gate.meaning)). Verified and agreed: ______  at: ______")
    if let policy = input.plan.options.waves {
      let clock = calendar.map { " (\($0.text(wave.endSeconds + policy.validationSeconds)))" } ?? ""
      page.paragraph(
        "As planned: \(wave.gate(policy))\(clock). The next wave starts after the gate, not before.")
    }
    addCopies(after: wave, to: &page)
    if let keptDays { page.paragraph(kept(wave, days: keptDays)) }
    let emptied = emptiedHosts(by: wave)
    if !emptied.isEmpty {
      page.paragraph(
        "Empty after this wave: \(Summary.list(emptied.map(code), limit: 12)). Leave on until the end.")
    }
  }

  /// What stays at the sources, as the way back, and until when.
  private func kept(_ wave: Wave, days: Int) -> String {
    let until = calendar.map { ", until \($0.text(wave.endSeconds + Double(days) * 86_400))" } ?? ""
    let copied = wave.moves.filter { input.movesWithDiskCopy?.contains($0.id) ?? true }.map { code($0.vm) }
    let disks =
      copied.isEmpty
      ? "No disks are copied: the way back is the same move the other way round"
      : "The disks of \(Summary.list(copied, limit: 12)) stay at their sources, unused and renamed"
    return
      "**Sources are kept for \(Units.count(days, "day"))\(until).** \(disks); the room of these VMs on their sources is "
      + "given to nobody. Removed: ______  by: ____________  at: ______"
  }

  private func row(of move: Move) -> [String] {
    [
      code(move.id), code(move.vm),
      "\(code(move.from)) → \(code(move.to))"
        + (move.datastore.map { ", disks to \(MarkdownText.code($0))" } ?? ""), move.manner,
      Units.offsets(fromSeconds: move.startSeconds, toSeconds: move.endSeconds),
    ] + (calendar.map { [$0.span(move.startSeconds, move.endSeconds)] } ?? []) + [
      pause(of: move), move.estimate.map { Units.gibibytes(fromMiB: $0.bytesMiB) } ?? "not estimated",
      move.after.isEmpty ? "–" : Summary.list(move.after.map(code), limit: 8),
    ]
  }

  private func pause(of move: Move) -> String {
    guard names.runs(move.vm) else { return "off" }
    return move.estimate.map { Units.duration(milliseconds: $0.downtimeMilliseconds) } ?? "not estimated"
  }

  private func scope(of wave: Wave) -> String {
    let vms = Set(wave.moves.map(\.vm)).count
    let sources = Set(wave.moves.map(\.from)).sorted()
    let targets = Set(wave.moves.map(\.to)).sorted()
    let waits =
      wave.number == 1
      ? "waits for no other move"
      : input.plan.options.waves == nil
        ? "waits for moves of the waves before it" : "waits for the gate of the wave before it"
    return
      "\(Units.count(vms, "VM leaves", "VMs leave")) \(Summary.list(sources.map(code), limit: 8)) for "
      + "\(Summary.list(targets.map(code), limit: 8)). Every step here \(waits). Steps run at the same time where their "
      + "times overlap: one terminal each."
  }

  private func preconditions(of wave: Wave) -> [String] {
    var checks = ["Each step's *Check* was passed no longer than 15 minutes ago."]
    if wave.number > 1 {
      checks.append("The steps named under *start after* have ended, and their VMs were verified.")
    }
    if wave.moves.contains(where: { $0.seed != nil }) {
      checks.append("The copies started days ahead are there, and no older than one interval.")
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
    return checks
  }

  private func decisions(on wave: Wave) -> [String] {
    let seconds = wave.endSeconds - wave.startSeconds
    let length = Units.duration(seconds: seconds)
    let need =
      input.plan.options.waves.map { policy in
        "\(length), \(Units.duration(seconds: policy.validationSeconds)) to see to the VMs, and "
          + "\(Units.duration(seconds: policy.rollbackSeconds ?? seconds)) to go back"
      } ?? "\(length) and as much again to go back"
    return [
      "Go only if all of the above holds, and the window still holds \(need); "
        + "else no-go: nothing has moved, and the VMs stay where they are.",
      "Go / no-go: ______  by: ____________  at: ______",
    ]
  }

  private func add(_ move: Move, guide: any RunbookGuide, to page: inout RunbookDocument) {
    let alias = names.alias(of: move.vm).map { " (\(MarkdownText.prose($0, limit: 60)))" } ?? ""
    page.heading(
      "\(code(move.id)): \(code(move.vm))\(alias), \(code(move.from)) → \(code(move.to))", level: 3)
    page.list(
      StepFacts(
        move, awaiting: order.awaited(by: move), runs: names.runs(move.vm), calendar: calendar
      ).lines)
    for part in guide.procedure(of: move).parts { page.part(part) }
  }

  /// Hosts to be switched off whose last VM leaves in this wave.
  private func emptiedHosts(by wave: Wave) -> [Host.ID] {
    input.plan.poweredOffHosts.filter { order.lastWave(from: $0) == wave.number }
  }
}
