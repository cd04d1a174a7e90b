import StowageModel

// Pre-copy, and what all live moves share.
extension LibvirtGuide {
  func preCopyParts(_ step: Step) -> [RunbookPart] {
    let patience = Units.duration(seconds: step.limits.patienceSeconds)
    return [
      liveCheck(step),
      RunbookPart(
        "Move",
        ["Starts the move in the background, sets its pause limit as soon as it runs, and waits for its end."]
          + diskNotes(step), commands: inBackground(migrate(step)) + setPauseLimit(step)),
      RunbookPart(
        "Watch",
        [
          "*Memory remaining* falls from pass to pass. If the move has not ended after \(patience), abort it."
        ],
        commands: [step.source.run("domjobinfo", step.domain)]),
      verify(step),
      RunbookPart(
        "Abort before switch-over", ["The VM goes on at its source as if nothing had happened."],
        commands: [step.source.run("domjobabort", step.domain)]),
      wayBack(step, options: Self.base + step.limits.parallelOptions),
    ]
  }

  /// Options of every live move: driven by the source, defined at the target, gone from the source.
  static let base = ["--live", "--p2p", "--persistent", "--undefinesource", "--verbose"]

  func migrate(_ step: Step, technique: [String] = ["--abort-on-error"], resume: Bool = false) -> [String] {
    let disks = step.copiesDisks && !resume ? ["--copy-storage-all"] : []
    let options =
      Self.base + technique + ["--bandwidth \(step.limits.bandwidth)"] + step.limits.parallelOptions + disks
    return step.source.migrate(step.domain, to: step.move.to, options: options)
  }

  /// The same lines with the last of them sent to the background. Without a terminal as its input,
  /// because virsh reads keys while it shows progress and would be stopped for that.
  private func inBackground(_ lines: [String]) -> [String] {
    lines.dropLast() + lines.suffix(1).map { "\($0) </dev/null &" }
  }

  /// The limit is refused until the migration is under way, so it is set again and again until it is
  /// taken or the migration has ended.
  private func setPauseLimit(_ step: Step) -> [String] {
    let set = step.source.run(
      "migrate-setmaxdowntime", step.domain, "--downtime \(step.limits.downtimeMilliseconds)")
    return ["until \(set) || ! kill -0 $!; do sleep 0.2; done; wait $!"]
  }

  func liveCheck(_ step: Step) -> RunbookPart {
    var commands = [
      step.source.run("domstate", step.domain), step.source.run("domjobinfo", step.domain),
      step.source.run("snapshot-list", step.domain, "--name"),
      step.source.run("domblklist", step.domain, "--details"),
    ]
    var notes = ["It is `running`, has no job and no snapshots, and no CD or floppy image is attached."]
    if let dirtyNote = dirtyRateNote(step) {
      notes.append(dirtyNote)
      commands += [
        step.source.run("domdirtyrate-calc", step.domain, "--seconds 5"), "sleep 6",
        step.source.run("domstats --dirtyrate", step.domain),
      ]
    }
    return RunbookPart("Check", notes, commands: commands)
  }

  /// Pre-copy stands and falls with the dirty rate: it is measured where it is not known, or not
  /// far below what the move carries.
  private func dirtyRateNote(_ step: Step) -> String? {
    let carried = step.move.rateMiBPerSecond
    guard step.move.technique == .preCopy, carried > 0 else { return nil }
    let known = step.vm?.dirtyRateMiBPerSecond
    if let known, known < carried / 2 { return nil }
    let planned =
      known.map { "the plan knows \(Units.rate(mibPerSecond: $0))" } ?? "the plan does not know it"
    return
      "It dirties memory more slowly than \(Units.rate(mibPerSecond: carried)) (\(planned)): no-go otherwise."
  }

  func diskNotes(_ step: Step) -> [String] {
    guard step.copiesDisks else { return [] }
    return [
      "Its disks are copied along: images of the same size and path must exist on",
      "\(MarkdownText.code(step.move.to.rawValue)) first (*Check* lists them), or a pool of the same name.",
    ]
  }

  func verify(_ step: Step) -> RunbookPart {
    var notes = [
      "`running` on the target; the source no longer knows the name, which is an error message here."
    ]
    if step.runs, let pause = step.move.estimate?.downtimeMilliseconds {
      notes.append("The measured pause is near \(Units.duration(milliseconds: pause)). The service answers.")
    }
    return RunbookPart(
      "Verify", notes,
      commands: [
        step.target.run("domstate", step.domain), step.target.run("domjobinfo", step.domain, "--completed"),
        step.source.run("domstate", step.domain),
      ])
  }

  /// The move in the other direction.
  func wayBack(_ step: Step, options: [String]) -> RunbookPart {
    let disks = step.copiesDisks ? ["--copy-storage-all"] : []
    return RunbookPart(
      "Way back after switch-over", [takeBackFirst(step), diskBackNote(step)].compactMap { $0 },
      commands: step.target.migrate(
        step.domain, to: step.move.from, options: options + ["--bandwidth \(step.limits.bandwidth)"] + disks))
  }

  /// Moves that have filled the source since must go back first.
  func takeBackFirst(_ step: Step) -> String {
    guard !step.inTheWay.isEmpty else {
      return "The same move the other way round; the source has kept its room."
    }
    let ids = Summary.list(step.inTheWay.map { MarkdownText.code($0.rawValue) }, limit: 12)
    return "The same move the other way round, after these have gone back: \(ids)."
  }

  private func diskBackNote(_ step: Step) -> String? {
    step.copiesDisks ? "The images at the source are still there; they are overwritten." : nil
  }
}
