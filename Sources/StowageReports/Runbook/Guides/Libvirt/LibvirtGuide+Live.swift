import StowageModel

// Pre-copy, and what all live moves share.
extension LibvirtGuide {
  func preCopyParts(_ step: Step) -> [RunbookPart] {
    let patience = step.limits.patienceSeconds
    let setPause = step.source.run(
      "migrate-setmaxdowntime", step.domain, ["--downtime", "\(step.limits.downtimeMilliseconds)"])
    return [
      liveCheck(step),
      RunbookPart(
        .act, "Move",
        ["Starts the move in the background, sets its pause limit as soon as it runs, and waits for its end."]
          + slowdownNote(step) + diskNotes(step),
        [.longRun(migrate(step), meanwhile: setPause, patienceSeconds: patience)]),
      RunbookPart(
        .watch, "Watch",
        [
          "*Memory remaining* falls from pass to pass. If the move has not ended after "
            + "\(Units.duration(seconds: Double(patience))), abort it."
        ],
        [.look(step.source.run("domjobinfo", step.domain))]),
      verify(step),
      RunbookPart(
        .abort, "Abort before switch-over", ["The VM goes on at its source as if nothing had happened."],
        [.run(step.source.run("domjobabort", step.domain))]),
      wayBack(step, options: Self.base + step.limits.aidOptions),
    ]
  }

  /// Options of every live move: driven by the source, defined at the target, gone from the source.
  static let base = ["--live", "--p2p", "--persistent", "--undefinesource", "--verbose"]

  func migrate(_ step: Step, technique: [String] = ["--abort-on-error"], resume: Bool = false) -> Command {
    let disks = step.copiesDisks && !resume ? ["--copy-storage-all"] : []
    let options =
      Self.base + technique + ["--bandwidth", "\(step.limits.bandwidth)"] + step.limits.aidOptions
      + disks
    return step.source.migrate(step.domain, to: step.move.to, options: options)
  }

  func liveCheck(_ step: Step) -> RunbookPart {
    var actions: [RunbookAction] = [
      .expect(step.source.run("domstate", step.domain), .equals("running")),
      .expect(step.source.run("domjobinfo", step.domain), .field("Job type", equals: "None")),
      .expect(step.source.run("snapshot-list", step.domain, ["--name"]), .isEmpty),
      .look(step.source.run("domblklist", step.domain, ["--details"])),
    ]
    var notes = ["It is `running`, has no job and no snapshots, and no CD or floppy image is attached."]
    if let dirtyNote = dirtyRateNote(step) {
      notes.append(dirtyNote)
      actions += [
        .look(step.source.run("domdirtyrate-calc", step.domain, ["--seconds", "5"])), .pause(seconds: 6),
        .look(
          .program([
            "virsh", "-c", Virsh.uri(of: step.move.from), "domstats", "--dirtyrate", "--domain", step.domain,
          ])),
      ]
    }
    return RunbookPart(.check, "Check", notes, actions)
  }

  /// Pre-copy stands and falls with the dirty rate: it is measured where it is not known, or not
  /// far below what the move carries.
  private func dirtyRateNote(_ step: Step) -> String? {
    let carried = step.move.rateMiBPerSecond
    guard step.move.technique == .preCopy, step.move.aid != .autoConverge, carried > 0 else { return nil }
    let known = step.vm?.dirtyRateMiBPerSecond
    if let known, known < carried / 2 { return nil }
    let planned =
      known.map { "the plan knows \(Units.rate(mibPerSecond: $0))" } ?? "the plan does not know it"
    return
      "It dirties memory more slowly than \(Units.rate(mibPerSecond: carried)) (\(planned)): no-go otherwise."
  }

  /// What its users will see of a guest that is slowed down.
  private func slowdownNote(_ step: Step) -> [String] {
    guard step.move.aid == .autoConverge else { return [] }
    let lost = step.move.estimate.map { Units.duration(seconds: $0.guestSlowdownSeconds) }
    return [
      "QEMU takes 20 % of the guest's time, then 10 % more as long as the rest does not shrink"
        + (lost.map { ": it is expected to lose \($0) of work." } ?? ".")
    ]
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
      .verify, "Verify", notes,
      [
        .expect(step.target.run("domstate", step.domain), .equals("running")),
        .look(step.target.run("domjobinfo", step.domain, ["--completed"])),
        .look(step.source.run("domstate", step.domain)),
      ])
  }

  /// The move in the other direction.
  func wayBack(_ step: Step, options: [String]) -> RunbookPart {
    let disks = step.copiesDisks ? ["--copy-storage-all"] : []
    let diskNote = "The images at the source are still there; they are overwritten."
    return RunbookPart(
      .back, "Way back after switch-over",
      [facts.takeBackFirst(step.move)] + (step.copiesDisks ? [diskNote] : []),
      [
        .run(
          step.target.migrate(
            step.domain, to: step.move.from,
            options: options + ["--bandwidth", "\(step.limits.bandwidth)"] + disks))
      ])
  }
}
