import StowageModel

/// VMware vSphere by `govc` (vmware/govmomi, govc/USAGE.md). Where vCenter is and who asks comes from
/// the environment (`GOVC_URL` and its like): no secret is printed.
struct GovcGuide: VerbGuide {
  let facts: GuideFacts

  init(_ facts: GuideFacts) { self.facts = facts }

  let hasPostCopy = false
  let nameRule = "govc would read a name with a slash, a pattern or a leading dash as something else"
  let abortNote =
    "Cancel its task in vCenter (`govc tasks`, `govc task.cancel ID`); the VM has not left its source."

  var preconditions: [RunbookPart] {
    [
      RunbookPart(
        .note, "Reach",
        [
          "`GOVC_URL`, `GOVC_USERNAME` and `GOVC_PASSWORD` (or a session) are set in the environment; vCenter answers.",
          "DRS is on manual or partially automated for these clusters, so that nothing else moves VMs.",
        ], [.look(.call("govc", "about"))])
    ]
  }

  func liveNotes(_ move: Move) -> [String] {
    [
      "vMotion has no rate limit of its own for one VM: the planned rate holds if network I/O control or the "
        + "vMotion network enforces it."
    ]
  }

  func byHand(_ move: Move, copiesDisks: Bool) -> String? {
    copiesDisks ? Self.unnamedDatastore(move, facts, option: "-ds") : nil
  }

  /// Why no command says where the disks of a move go; `nil` where one does.
  static func unnamedDatastore(_ move: Move, _ facts: GuideFacts, option: String) -> String? {
    guard datastore(move, facts) == nil else { return nil }
    return move.datastore == nil
      ? "its disks move too, and the inventory does not say to which datastore (`\(option)`)"
      : "its disks move too, to a datastore whose name no command can carry (`\(option)`)"
  }

  /// The datastore that the plan names, else the target's only one, when disks move and there is no choice.
  static func datastore(_ move: Move, _ facts: GuideFacts) -> String? {
    if let planned = move.datastore { return GuideFacts.isLiteral(planned) ? planned : nil }
    guard let stores = facts.names.host(move.to)?.datastores, stores.count == 1,
      GuideFacts.isLiteral(stores[0])
    else { return nil }
    return stores[0]
  }

  /// The datastore for one direction of a move: the target's, or on the way back the one that the disks came from.
  static func datastore(_ move: Move, to host: String, _ facts: GuideFacts) -> String? {
    guard facts.copiesDisks(move) else { return nil }
    if host == move.to.rawValue { return datastore(move, facts) }
    guard let own = facts.names.vm(move.vm)?.datastores, own.count == 1, GuideFacts.isLiteral(own[0]) else {
      return nil
    }
    return own[0]
  }

  func subject(_ vm: VM.ID) -> String? { GuideFacts.isLiteral(vm.rawValue) ? vm.rawValue : nil }
  func place(_ host: Host.ID) -> String? { GuideFacts.isLiteral(host.rawValue) ? host.rawValue : nil }

  func state(_ vm: String, at host: String, runs: Bool) -> (Command, Expectation) {
    (.call("govc", "vm.info", vm), .field("Power state", equals: runs ? "poweredOn" : "poweredOff"))
  }

  func location(_ vm: String, at host: String) -> (Command, Expectation)? {
    (.call("govc", "vm.info", vm), .field("Host", equals: host))
  }

  func before(_ vm: String, from: String, to: String) -> [RunbookAction] {
    [.look(.call("govc", "snapshot.tree", "-vm", vm)), .look(.call("govc", "device.ls", "-vm", vm))]
  }

  func shutDown(_ vm: String, at host: String) -> Command { .call("govc", "vm.power", "-s", vm) }
  func start(_ vm: String, at host: String) -> Command { .call("govc", "vm.power", "-on", vm) }

  func moveRunning(_ move: Move, _ vm: String, from: String, to: String) -> [Command] {
    let store = Self.datastore(move, to: to, facts).map { ["-ds", $0] }
    return [.program(["govc", "vm.migrate", "-host", to] + (store ?? []) + [vm])]
  }

  func moveStopped(_ move: Move, _ vm: String, from: String, to: String) -> [Command] {
    moveRunning(move, vm, from: from, to: to)
  }

  func progress(_ vm: String, from: String) -> [Command] { [.call("govc", "tasks")] }

  func goChecks(of wave: Wave) -> RunbookPart {
    RunbookPart(
      .check, "Room on the targets", ["Memory and CPU in use:"],
      Set(wave.moves.map(\.to)).sorted().prefix(GuideFacts.hostLimit).compactMap(place).map {
        .look(.call("govc", "host.info", "-host", $0))
      })
  }

  func close(_ host: Host.ID) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld("Close") }
    return RunbookPart(
      .act, "Close", ["Only when it is empty: with DRS on, maintenance mode would move VMs by itself."],
      [.run(.call("govc", "host.maintenance.enter", name))])
  }

  func switchOff(_ host: Host.ID) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld("Switch off") }
    return RunbookPart(
      .act, "Switch off",
      ["In maintenance mode, and its local datastores hold nothing that is still needed."],
      [.look(.call("govc", "host.info", "-host", name)), .run(.call("govc", "host.shutdown", name))])
  }

  func bringBack(_ host: Host.ID) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld("Return") }
    return RunbookPart(
      .note, "Return", ["Switch it on in its management controller, wait until it is connected, then:"],
      [.run(.call("govc", "host.maintenance.exit", name))])
  }
}
