import StowageModel

/// OpenStack Nova by the `openstack` client (Nova administrator guide, live migration and migration).
/// The cloud and who asks come from `OS_CLOUD` or the environment: no secret is printed.
struct OpenStackGuide: VerbGuide {
  let facts: GuideFacts

  init(_ facts: GuideFacts) { self.facts = facts }

  /// Microversion from which a target host may be named in a cold migration.
  private static let version = ["--os-compute-api-version", "2.56"]

  let hasPostCopy = true
  let nameRule = "servers are named by their UUID and hosts by plain names, and this is neither"
  let abortNote =
    "`openstack server migration list --server ID`, then `openstack server migration abort ID MIGRATION`; the server has not left its source."

  var preconditions: [RunbookPart] {
    [
      RunbookPart(
        .note, "Reach",
        [
          "`OS_CLOUD` names a cloud whose role may migrate; every compute service is up.",
          "Rate, pause limit, auto-converge and post-copy are settings of each compute host (nova.conf), not of one move.",
        ], [.look(.call("openstack", "compute", "service", "list"))])
    ]
  }

  func liveNotes(_ move: Move) -> [String] {
    let limits =
      "Nova limits rate and pause for all moves of a compute host, not for one server: the planned rate holds if "
      + "`live_migration_bandwidth` there allows it, the pause is bounded by `live_migration_downtime`."
    return switch move.technique {
    case .postCopy, .hybrid:
      [
        limits,
        "**Point of no return**: Nova switches to post-copy (where `live_migration_permit_post_copy` is set) at its",
        "time-out or by `openstack server migration force complete ID MIGRATION`.",
      ]
    case .preCopy, .cold: [limits]
    }
  }

  func byHand(_ move: Move, copiesDisks: Bool) -> String? { nil }

  func subject(_ vm: VM.ID) -> String? { GuideFacts.isPlain(vm.rawValue) ? vm.rawValue : nil }
  func place(_ host: Host.ID) -> String? { GuideFacts.isPlain(host.rawValue) ? host.rawValue : nil }

  private func column(_ name: String, of vm: String) -> Command {
    .call("openstack", "server", "show", "-f", "value", "-c", name, vm)
  }

  func state(_ vm: String, at host: String, runs: Bool) -> (Command, Expectation) {
    (column("status", of: vm), .equals(runs ? "ACTIVE" : "SHUTOFF"))
  }

  func location(_ vm: String, at host: String) -> (Command, Expectation)? {
    (column("OS-EXT-SRV-ATTR:host", of: vm), .equals(host))
  }

  func before(_ vm: String, from: String, to: String) -> [RunbookAction] {
    [.look(.call("openstack", "server", "migration", "list", "--server", vm))]
  }

  func shutDown(_ vm: String, at host: String) -> Command { .call("openstack", "server", "stop", vm) }
  func start(_ vm: String, at host: String) -> Command { .call("openstack", "server", "start", vm) }

  func moveRunning(_ move: Move, _ vm: String, from: String, to: String) -> [Command] {
    let disks = facts.copiesDisks(move) ? ["--block-migration"] : []
    return [
      .program(
        ["openstack"] + Self.version + ["server", "migrate", "--live-migration", "--host", to] + disks + [
          "--wait", vm,
        ])
    ]
  }

  func moveStopped(_ move: Move, _ vm: String, from: String, to: String) -> [Command] {
    [
      .program(["openstack"] + Self.version + ["server", "migrate", "--host", to, "--wait", vm]),
      .call("openstack", "server", "migrate", "confirm", vm),
    ]
  }

  func progress(_ vm: String, from: String) -> [Command] {
    [.call("openstack", "server", "migration", "list", "--server", vm)]
  }

  func goChecks(of wave: Wave) -> RunbookPart {
    RunbookPart(
      .check, "Room on the targets", ["Services are up and enabled; servers that are there now:"],
      Set(wave.moves.map(\.to)).sorted().prefix(GuideFacts.hostLimit).compactMap(place).map {
        .look(.call("openstack", "server", "list", "--all-projects", "--host", $0))
      })
  }

  func close(_ host: Host.ID) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld("Close") }
    return RunbookPart(
      .act, "Close", ["The scheduler sends nothing more there."],
      [
        .run(
          .call(
            "openstack", "compute", "service", "set", "--disable", "--disable-reason", "emptied by plan",
            name,
            "nova-compute"))
      ])
  }

  func switchOff(_ host: Host.ID) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld("Switch off") }
    return RunbookPart(
      .act, "Switch off", ["The first command must print nothing."],
      [
        .expect(
          .call("openstack", "server", "list", "--all-projects", "--host", name, "-f", "value", "-c", "ID"),
          .isEmpty), .run(HostCommands.ssh(name, "sudo", "systemctl", "poweroff")),
      ])
  }

  func bringBack(_ host: Host.ID) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld("Return") }
    return RunbookPart(
      .note, "Return", ["Switch it on in its management controller, wait until its service is up, then:"],
      [.run(.call("openstack", "compute", "service", "set", "--enable", name, "nova-compute"))])
  }
}
