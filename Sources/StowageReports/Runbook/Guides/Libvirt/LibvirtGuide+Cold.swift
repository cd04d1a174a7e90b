import StowageModel

// VMs that are stopped for the move, and VMs that are off.
extension LibvirtGuide {
  /// The definition moves; nothing runs meanwhile.
  static let offline = ["--offline", "--persistent", "--undefinesource", "--verbose"]

  func coldParts(_ step: Step) -> [RunbookPart] {
    [
      coldCheck(step, state: "running"),
      RunbookPart(
        .stop, "Stop",
        [
          "The pause begins. If it is not `shut off` after \(GuideFacts.shutdownMinutes), ask its owner; do not pull the plug unasked."
        ],
        [.run(step.source.run("shutdown", step.domain)), Self.waitForShutdown(step, on: step.source)]),
    ] + copyDisks(step) + [
      RunbookPart(
        .act, "Move", [], [.run(step.source.migrate(step.domain, to: step.move.to, options: Self.offline))]),
      RunbookPart(
        .restart, "Start", ["The pause ends when its service answers."],
        [.run(step.target.run("start", step.domain))]),
      coldVerify(step, state: "running"),
      RunbookPart(
        .abort, "Abort before the move", ["Start it where it was."],
        [.run(step.source.run("start", step.domain))]),
      RunbookPart(
        .back, "Way back after the move", [facts.takeBackFirst(step.move)],
        [
          .run(step.target.run("shutdown", step.domain)), Self.waitForShutdown(step, on: step.target),
          .run(step.target.migrate(step.domain, to: step.move.from, options: Self.offline)),
          .run(step.source.run("start", step.domain)),
        ]),
    ]
  }

  func offParts(_ step: Step) -> [RunbookPart] {
    let isSuspended = step.vm?.powerState == .suspended
    return [
      coldCheck(step, state: "shut off", isSuspended: isSuspended)
    ] + copyDisks(step) + [
      RunbookPart(
        .act, "Move", [], [.run(step.source.migrate(step.domain, to: step.move.to, options: Self.offline))]),
      coldVerify(step, state: "shut off"),
      RunbookPart(
        .back, "Way back", [facts.takeBackFirst(step.move)],
        [.run(step.target.migrate(step.domain, to: step.move.from, options: Self.offline))]),
    ]
  }

  private func coldCheck(_ step: Step, state: String, isSuspended: Bool = false) -> RunbookPart {
    var notes = ["It is `\(state)` and has no snapshots; its disks are listed."]
    if isSuspended {
      notes.append(
        "It is suspended to disk: the saved state does not move along. Resume it and shut it down first, or have its "
          + "owner agree to lose the state.")
    }
    return RunbookPart(
      .check, "Check", notes,
      [
        .expect(step.source.run("domstate", step.domain), .equals(state)),
        .expect(step.source.run("snapshot-list", step.domain, ["--name"]), .isEmpty),
        .look(step.source.run("domblklist", step.domain, ["--details"])),
      ])
  }

  private static func waitForShutdown(_ step: Step, on host: Virsh) -> RunbookAction {
    .wait(
      host.run("domstate", step.domain), .equals("shut off"), everySeconds: 2,
      tries: GuideFacts.shutdownTries)
  }

  /// An offline migration moves the definition only: files on local disks are copied beside it.
  private func copyDisks(_ step: Step) -> [RunbookPart] {
    guard step.copiesDisks else { return [] }
    let hosts = [step.move.from, step.move.to].map(\.rawValue)
    let note =
      "For each disk that *Check* listed, set `disk` to its path and copy it to the same path on the target."
    guard hosts.allSatisfy({ HostAddress($0).isHostName }) else {
      return [RunbookPart(.note, "Copy disks", [note])]
    }
    let rate = step.move.rateMiBPerSecond > 0 ? ["--bwlimit=\(step.limits.bandwidth)m"] : []
    let words = ["ssh", "--", hosts[0], "rsync", "--sparse", "--inplace"] + rate + ["--"]
    let line = words.map(ShellText.word).joined(separator: " ")
    return [
      RunbookPart(
        .note, "Copy disks",
        [
          note + " "
            + MarkdownText.code("\(line) \"'$disk'\" \"\(ShellText.word(hosts[1])):'$disk'\"", limit: 2000)
        ])
    ]
  }

  private func coldVerify(_ step: Step, state: String) -> RunbookPart {
    RunbookPart(
      .verify, "Verify",
      ["`\(state)` on the target; the source no longer knows the name, which is an error message here."],
      [
        .expect(step.target.run("domstate", step.domain), .equals(state)),
        .look(step.source.run("domstate", step.domain)),
      ])
  }
}
