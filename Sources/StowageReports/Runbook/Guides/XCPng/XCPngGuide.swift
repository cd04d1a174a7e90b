import StowageModel

/// XCP-ng and XenServer by `xe` on the pool's coordinator (XCP-ng documentation, CLI reference).
struct XCPngGuide: VerbGuide {
  let facts: GuideFacts

  init(_ facts: GuideFacts) { self.facts = facts }

  let hasPostCopy = false
  let nameRule = "this name holds characters that cannot be shown"
  let abortNote = "`xe task-list`, then `xe task-cancel uuid=TASK`; the VM has not left its source."

  var preconditions: [RunbookPart] {
    [
      RunbookPart(
        .note, "Reach",
        ["The commands are typed on the pool's coordinator; every host is enabled."],
        [.look(.call("xe", "host-list", "params=name-label,enabled"))])
    ]
  }

  func liveNotes(_ move: Move) -> [String] {
    [
      "XCP-ng has no rate limit for one VM: the planned rate holds if the migration network enforces it.",
      "A VM that writes too fast is suspended for the end of its move: the pause is then longer.",
    ]
  }

  func byHand(_ move: Move, copiesDisks: Bool) -> String? {
    copiesDisks ? "its disks move too: add `vdi:VDI=SR` for each disk with a repository of the target" : nil
  }

  func subject(_ vm: VM.ID) -> String? { named(vm.rawValue) }
  func place(_ host: Host.ID) -> String? { named(host.rawValue) }

  /// Names stand behind `vm=` and `host=`, where no sign has a meaning.
  private func named(_ name: String) -> String? {
    VisibleText.isVisible(name) && !name.isEmpty ? name : nil
  }

  /// `uuid=` or `name-label=`, whichever the name is.
  private func selector(_ name: String) -> String {
    let groups = name.split(separator: "-", omittingEmptySubsequences: false).map(\.utf8.count)
    return groups == [8, 4, 4, 4, 12] ? "uuid=\(name)" : "name-label=\(name)"
  }

  func state(_ vm: String, at host: String, runs: Bool) -> (Command, Expectation) {
    (
      .call("xe", "vm-list", selector(vm), "params=power-state", "--minimal"),
      .equals(runs ? "running" : "halted")
    )
  }

  func location(_ vm: String, at host: String) -> (Command, Expectation)? {
    (
      .call("xe", "vm-list", selector(vm), "params=resident-on", "--minimal"),
      .sameAs(.call("xe", "host-list", selector(host), "--minimal"))
    )
  }

  func before(_ vm: String, from: String, to: String) -> [RunbookAction] {
    [.look(.call("xe", "vm-list", selector(vm), "params=allowed-operations"))]
  }

  func shutDown(_ vm: String, at host: String) -> Command { .call("xe", "vm-shutdown", "vm=\(vm)") }
  func start(_ vm: String, at host: String) -> Command { .call("xe", "vm-start", "vm=\(vm)", "on=\(host)") }

  func moveRunning(_ move: Move, _ vm: String, from: String, to: String) -> [Command] {
    [.call("xe", "vm-migrate", "vm=\(vm)", "host=\(to)", "live=true")]
  }

  /// Within a pool a VM that is off has no host.
  func moveStopped(_ move: Move, _ vm: String, from: String, to: String) -> [Command] { [] }

  func progress(_ vm: String, from: String) -> [Command] {
    [.call("xe", "task-list", "params=name-label,progress,status")]
  }

  func goChecks(of wave: Wave) -> RunbookPart {
    RunbookPart(
      .check, "Room on the targets", ["Free memory in bytes:"],
      Set(wave.moves.map(\.to)).sorted().prefix(GuideFacts.hostLimit).compactMap(place).map {
        .look(.call("xe", "host-compute-free-memory", "host=\($0)"))
      })
  }

  func close(_ host: Host.ID) -> RunbookPart {
    one(host, "host-disable", "Close", .act, "It takes no new VMs.")
  }

  func switchOff(_ host: Host.ID) -> RunbookPart {
    one(host, "host-shutdown", "Switch off", .act, "It is disabled and no VM is resident on it.")
  }

  func bringBack(_ host: Host.ID) -> RunbookPart {
    one(
      host, "host-enable", "Return", .note,
      "Switch it on in its management controller, wait until it answers, then:")
  }

  private func one(
    _ host: Host.ID, _ verb: String, _ title: String, _ kind: RunbookPart.Kind, _ note: String
  ) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld(title) }
    return RunbookPart(kind, title, [note], [.run(.call("xe", verb, "host=\(name)"))])
  }
}
