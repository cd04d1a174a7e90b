import StowageModel

// VMs that are stopped for the move, and VMs that are off.
extension LibvirtGuide {
  /// How often the shutdown is looked for, every two seconds.
  private static let shutdownTries = 90

  /// The definition moves; nothing runs meanwhile.
  static let offline = ["--offline", "--persistent", "--undefinesource", "--verbose"]

  func coldParts(_ step: Step) -> [RunbookPart] {
    let minutes = Units.duration(seconds: Double(2 * Self.shutdownTries))
    return [
      coldCheck(step, state: "running"),
      RunbookPart(
        "Stop",
        [
          "The pause begins. If it is not `shut off` after \(minutes), ask its owner; do not pull the plug unasked."
        ],
        commands: [step.source.run("shutdown", step.domain)] + waitForShutdown(step)),
    ] + copyDisks(step) + [
      RunbookPart(
        "Move", [], commands: step.source.migrate(step.domain, to: step.move.to, options: Self.offline)),
      RunbookPart(
        "Start", ["The pause ends when its service answers."],
        commands: [step.target.run("start", step.domain)]),
      coldVerify(step, state: "running"),
      RunbookPart(
        "Abort before the move", ["Start it where it was."], commands: [step.source.run("start", step.domain)]
      ),
      RunbookPart(
        "Way back after the move", [takeBackFirst(step)],
        commands: [step.target.run("shutdown", step.domain)] + waitForShutdown(step, on: step.target)
          + step.target.migrate(step.domain, to: step.move.from, options: Self.offline)
          + [step.source.run("start", step.domain)]),
    ]
  }

  func offParts(_ step: Step) -> [RunbookPart] {
    let isSuspended = step.vm?.powerState == .suspended
    return [
      coldCheck(step, state: "shut off", isSuspended: isSuspended)
    ] + copyDisks(step) + [
      RunbookPart(
        "Move", [], commands: step.source.migrate(step.domain, to: step.move.to, options: Self.offline)),
      coldVerify(step, state: "shut off"),
      RunbookPart(
        "Way back", [takeBackFirst(step)],
        commands: step.target.migrate(step.domain, to: step.move.from, options: Self.offline)),
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
      "Check", notes,
      commands: [
        step.source.run("domstate", step.domain), step.source.run("snapshot-list", step.domain, "--name"),
        step.source.run("domblklist", step.domain, "--details"),
      ])
  }

  private func waitForShutdown(_ step: Step, on host: Virsh? = nil) -> [String] {
    let state = (host ?? step.source).run("domstate", step.domain)
    return [
      "n=0; until [ \"$(\(state))\" = 'shut off' ] || [ \"$n\" -ge \(Self.shutdownTries) ]; do n=$((n+1)); sleep 2; done",
      state,
    ]
  }

  /// An offline migration moves the definition only: files on local disks are copied beside it.
  private func copyDisks(_ step: Step) -> [RunbookPart] {
    guard step.copiesDisks else { return [] }
    let hosts = [step.move.from, step.move.to].map(\.rawValue)
    let words = hosts.compactMap { HostAddress($0).isHostName ? ShellWord($0)?.description : nil }
    let note =
      "For each disk that *Check* listed, set `disk` to its path and copy it to the same path on the target."
    guard words.count == 2 else { return [RunbookPart("Copy disks", [note])] }
    let rate = step.move.rateMiBPerSecond > 0 ? " --bwlimit=\(step.limits.bandwidth)m" : ""
    return [
      RunbookPart(
        "Copy disks", [note],
        commands: [
          "disk='/var/lib/libvirt/images/NAME.qcow2'",
          "ssh -- \(words[0]) rsync --sparse --inplace\(rate) -- \"'$disk'\" \"\(words[1]):'$disk'\"",
        ])
    ]
  }

  private func coldVerify(_ step: Step, state: String) -> RunbookPart {
    RunbookPart(
      "Verify",
      ["`\(state)` on the target; the source no longer knows the name, which is an error message here."],
      commands: [step.target.run("domstate", step.domain), step.source.run("domstate", step.domain)])
  }
}
