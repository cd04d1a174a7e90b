import StowageModel

/// Proxmox VE by `qm` on the node that holds the VM (pve-docs, qm(1) and ha-manager(1)).
struct ProxmoxGuide: VerbGuide {
  let facts: GuideFacts

  init(_ facts: GuideFacts) { self.facts = facts }

  let hasPostCopy = false
  let nameRule = "qm knows VMs by their numbers and nodes by plain names, and this is neither"
  let abortNote =
    "Stop its task in the web interface, or with `pvesh delete /nodes/NODE/tasks/UPID`; the VM has not left its source."

  var preconditions: [RunbookPart] {
    [
      RunbookPart(
        .note, "Reach",
        [
          "Every node answers by ssh with a key, and is in the quorum. `qm migrate` hands VMs under high availability",
          "to the HA manager by itself. `migration: network=` in datacenter.cfg names the migration network that the rates count on.",
        ],
        facts.hosts.prefix(GuideFacts.hostLimit).compactMap(place).map {
          .look(HostCommands.ssh($0, "pveversion"))
        })
    ]
  }

  func liveNotes(_ move: Move) -> [String] {
    [
      "Proxmox doubles the pause limit (100 ms at first) each time the move stalls: it always ends, perhaps with a longer pause."
    ]
  }

  func byHand(_ move: Move, copiesDisks: Bool) -> String? { nil }

  /// `101`, or the last part of `qemu/101`.
  func subject(_ vm: VM.ID) -> String? {
    let text = vm.rawValue.hasPrefix("qemu/") ? String(vm.rawValue.dropFirst(5)) : vm.rawValue
    let isNumber = (3...9).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return isNumber ? text : nil
  }

  func place(_ host: Host.ID) -> String? { GuideFacts.isPlain(host.rawValue) ? host.rawValue : nil }

  func state(_ vm: String, at host: String, runs: Bool) -> (Command, Expectation) {
    (HostCommands.ssh(host, "qm", "status", vm), .field("status", equals: runs ? "running" : "stopped"))
  }

  func location(_ vm: String, at host: String) -> (Command, Expectation)? { nil }

  func before(_ vm: String, from: String, to: String) -> [RunbookAction] {
    [
      .look(HostCommands.ssh(from, "pvesh", "get", "/nodes/\(from)/qemu/\(vm)/migrate", "--target", to)),
      .look(HostCommands.ssh(from, "qm", "listsnapshot", vm)),
    ]
  }

  func shutDown(_ vm: String, at host: String) -> Command {
    HostCommands.ssh(host, "qm", "shutdown", vm, "--timeout", "\(2 * GuideFacts.shutdownTries)")
  }

  func start(_ vm: String, at host: String) -> Command { HostCommands.ssh(host, "qm", "start", vm) }

  func moveRunning(_ move: Move, _ vm: String, from: String, to: String) -> [Command] {
    migrate(
      move, vm, from: from, to: to, ["--online"] + (facts.copiesDisks(move) ? ["--with-local-disks"] : []))
  }

  func moveStopped(_ move: Move, _ vm: String, from: String, to: String) -> [Command] {
    migrate(move, vm, from: from, to: to, [])
  }

  /// `--bwlimit` is in KiB/s.
  private func migrate(
    _ move: Move, _ vm: String, from: String, to: String, _ options: [String]
  ) -> [Command] {
    let limit = facts.bandwidth(of: move).map { ["--bwlimit", "\($0 * 1024)"] } ?? []
    let words = ["qm", "migrate", vm, to] + options + limit
    return [.call("ssh", "--", from, words.map(ShellText.word).joined(separator: " "))]
  }

  func progress(_ vm: String, from: String) -> [Command] {
    [HostCommands.ssh(from, "pvesh", "get", "/nodes/\(from)/tasks", "--source", "active")]
  }

  func goChecks(of wave: Wave) -> RunbookPart {
    RunbookPart(
      .check, "Room on the targets", ["Memory and load:"],
      Set(wave.moves.map(\.to)).sorted().prefix(GuideFacts.hostLimit).compactMap(place).map {
        .look(HostCommands.ssh($0, "pvesh", "get", "/nodes/\($0)/status"))
      })
  }

  func close(_ host: Host.ID) -> RunbookPart { maintenance(host, "enable", "Close", .act) }

  func switchOff(_ host: Host.ID) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld("Switch off") }
    return RunbookPart(
      .act, "Switch off",
      ["No VM runs there any more, and the cluster keeps its quorum without it."],
      [
        .look(HostCommands.ssh(name, "qm", "list")), .look(HostCommands.ssh(name, "pvecm", "status")),
        .run(HostCommands.ssh(name, "systemctl", "poweroff")),
      ])
  }

  func bringBack(_ host: Host.ID) -> RunbookPart { maintenance(host, "disable", "Return", .note) }

  private func maintenance(
    _ host: Host.ID, _ verb: String, _ title: String, _ kind: RunbookPart.Kind
  ) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld(title) }
    return RunbookPart(
      kind, title, ["Maintenance of the HA manager, given on any node of the cluster:"],
      [.run(HostCommands.ssh(name, "ha-manager", "crm-command", "node-maintenance", verb, name))])
  }
}
