import StowageModel

/// Ganeti by `gnt-instance` and `gnt-node` on the master node (their manual pages).
struct GanetiGuide: VerbGuide {
  let facts: GuideFacts

  init(_ facts: GuideFacts) { self.facts = facts }

  let hasPostCopy = true
  let nameRule = "Ganeti knows instances and nodes by host names, and this is none"
  let abortNote =
    "Ganeti has no abort: if the move fails, `gnt-instance migrate --cleanup INSTANCE` finds out where the instance is."

  var preconditions: [RunbookPart] {
    [
      RunbookPart(
        .note, "Reach",
        [
          "The commands are typed on the master node, and the cluster verifies. Rate (32 MiB/s by default) and pause",
          "limit (30 ms by default) are the hypervisor's `migration_bandwidth` and `migration_downtime`: set them to the planned figures.",
        ], [.look(.call("gnt-cluster", "verify"))])
    ]
  }

  func liveNotes(_ move: Move) -> [String] {
    [
      "Ganeti limits rate and pause by `migration_bandwidth` and `migration_downtime` of the instance's hypervisor parameters, "
        + "not by the command: see that they allow what is planned."
    ]
      + (move.technique.hasPointOfNoReturn
        ? [
          "**Point of no return**: with `postcopy-ram` among the `migration_caps` it switches over after one pass."
        ]
        : [])
  }

  func byHand(_ move: Move, copiesDisks: Bool) -> String? { nil }

  func subject(_ vm: VM.ID) -> String? { GuideFacts.isPlain(vm.rawValue) ? vm.rawValue : nil }
  func place(_ host: Host.ID) -> String? { GuideFacts.isPlain(host.rawValue) ? host.rawValue : nil }

  private func column(_ name: String, of vm: String) -> Command {
    .call("gnt-instance", "list", "--no-headers", "-o", name, vm)
  }

  func state(_ vm: String, at host: String, runs: Bool) -> (Command, Expectation) {
    (column("status", of: vm), .equals(runs ? "running" : "ADMIN_down"))
  }

  func location(_ vm: String, at host: String) -> (Command, Expectation)? {
    (column("pnode", of: vm), .equals(host))
  }

  func before(_ vm: String, from: String, to: String) -> [RunbookAction] {
    [.look(column("disk_template,snodes", of: vm))]
  }

  func shutDown(_ vm: String, at host: String) -> Command { .call("gnt-instance", "shutdown", vm) }
  func start(_ vm: String, at host: String) -> Command { .call("gnt-instance", "start", vm) }

  /// DRBD moves to the secondary only: another target is made the secondary first.
  private func isMirrored(_ move: Move) -> Bool {
    let attributes = facts.names.vm(move.vm)?.attributes ?? [:]
    return ["disk_template", "x.disk_template"].contains { attributes[$0] == "drbd" }
  }

  func moveRunning(_ move: Move, _ vm: String, from: String, to: String) -> [Command] {
    guard isMirrored(move) else { return [.call("gnt-instance", "migrate", "-f", "-n", to, vm)] }
    return [
      .call("gnt-instance", "replace-disks", "-n", to, vm), .call("gnt-instance", "migrate", "-f", vm),
    ]
  }

  func moveStopped(_ move: Move, _ vm: String, from: String, to: String) -> [Command] {
    if isMirrored(move) {
      return [
        .call("gnt-instance", "replace-disks", "-n", to, vm), .call("gnt-instance", "failover", "-f", vm),
      ]
    }
    let verb = facts.copiesDisks(move) ? "move" : "failover"
    return [.call("gnt-instance", verb, "-f", "-n", to, vm)]
  }

  func progress(_ vm: String, from: String) -> [Command] { [.call("gnt-job", "list", "--running")] }

  func goChecks(of wave: Wave) -> RunbookPart {
    RunbookPart(
      .check, "Room on the targets", ["Free memory and instances:"],
      Set(wave.moves.map(\.to)).sorted().prefix(GuideFacts.hostLimit).compactMap(place).map {
        .look(.call("gnt-node", "list", "-o", "name,mfree,dfree,pinst_cnt", $0))
      })
  }

  func close(_ host: Host.ID) -> RunbookPart { drained(host, "yes", "Close", .act) }

  func switchOff(_ host: Host.ID) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld("Switch off") }
    return RunbookPart(
      .act, "Switch off", ["It holds no primary and no secondary instance: both figures must be 0."],
      [
        .expect(
          .call("gnt-node", "list", "--no-headers", "-o", "pinst_cnt", name), .equals("0")),
        .expect(.call("gnt-node", "list", "--no-headers", "-o", "sinst_cnt", name), .equals("0")),
        .run(HostCommands.ssh(name, "systemctl", "poweroff")),
      ])
  }

  func bringBack(_ host: Host.ID) -> RunbookPart { drained(host, "no", "Return", .note) }

  private func drained(
    _ host: Host.ID, _ flag: String, _ title: String, _ kind: RunbookPart.Kind
  ) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld(title) }
    return RunbookPart(
      kind, title, ["A drained node takes no new instances."],
      [.run(.call("gnt-node", "modify", "--drained", flag, name))])
  }
}
