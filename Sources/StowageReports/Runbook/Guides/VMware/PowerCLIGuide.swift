import StowageModel

/// VMware vSphere by PowerCLI. The session is the operator's own (`Connect-VIServer` before, with the
/// credential store): no secret is printed.
struct PowerCLIGuide: VerbGuide {
  let facts: GuideFacts

  init(_ facts: GuideFacts) { self.facts = facts }

  let hasPostCopy = false
  let nameRule = "PowerCLI would read a name with a pattern as several names"
  let abortNote = "Cancel its task (`Get-Task -Status Running`, `Stop-Task`); the VM has not left its source."

  var preconditions: [RunbookPart] {
    [
      RunbookPart(
        .note, "Reach",
        [
          "`Connect-VIServer` finds its credentials in the credential store; vCenter answers.",
          "DRS is on manual or partially automated for these clusters, so that nothing else moves VMs.",
        ], [.look(.cmdlet("Get-VMHost"))])
    ]
  }

  func liveNotes(_ move: Move) -> [String] {
    [
      "vMotion has no rate limit of its own for one VM: the planned rate holds if network I/O control or the "
        + "vMotion network enforces it."
    ]
  }

  func byHand(_ move: Move, copiesDisks: Bool) -> String? {
    copiesDisks ? GovcGuide.unnamedDatastore(move, facts, option: "-Datastore") : nil
  }

  func subject(_ vm: VM.ID) -> String? { GuideFacts.isLiteral(vm.rawValue) ? vm.rawValue : nil }
  func place(_ host: Host.ID) -> String? { GuideFacts.isLiteral(host.rawValue) ? host.rawValue : nil }

  private func vm(_ name: String) -> Cmdlet { Cmdlet("Get-VM", [.text("Name", name)]) }
  private func host(_ name: String) -> Cmdlet { Cmdlet("Get-VMHost", [.text("Name", name)]) }
  private func property(_ name: String) -> Cmdlet {
    Cmdlet("Select-Object", [.text("ExpandProperty", name)])
  }

  func state(_ vm: String, at host: String, runs: Bool) -> (Command, Expectation) {
    (.pipeline([self.vm(vm), property("PowerState")]), .equals(runs ? "PoweredOn" : "PoweredOff"))
  }

  func location(_ vm: String, at host: String) -> (Command, Expectation)? {
    (.pipeline([self.vm(vm), property("VMHost"), property("Name")]), .equals(host))
  }

  func before(_ vm: String, from: String, to: String) -> [RunbookAction] {
    [
      .look(.pipeline([self.vm(vm), Cmdlet("Get-Snapshot")])),
      .look(.pipeline([self.vm(vm), Cmdlet("Get-CDDrive")])),
    ]
  }

  func shutDown(_ vm: String, at host: String) -> Command {
    .pipeline([self.vm(vm), Cmdlet("Stop-VMGuest", [.off("Confirm")])])
  }

  func start(_ vm: String, at host: String) -> Command {
    .pipeline([self.vm(vm), Cmdlet("Start-VM", [.off("Confirm")])])
  }

  func moveRunning(_ move: Move, _ vm: String, from: String, to: String) -> [Command] {
    var arguments: [Cmdlet.Argument] = [.result("Destination", host(to))]
    if let store = GovcGuide.datastore(move, to: to, facts) {
      arguments.append(.result("Datastore", Cmdlet("Get-Datastore", [.text("Name", store)])))
    }
    return [.pipeline([self.vm(vm), Cmdlet("Move-VM", arguments + [.off("Confirm")])])]
  }

  func moveStopped(_ move: Move, _ vm: String, from: String, to: String) -> [Command] {
    moveRunning(move, vm, from: from, to: to)
  }

  func progress(_ vm: String, from: String) -> [Command] {
    [.cmdlet("Get-Task", .text("Status", "Running"))]
  }

  func goChecks(of wave: Wave) -> RunbookPart {
    RunbookPart(
      .check, "Room on the targets", ["Memory and CPU in use:"],
      Set(wave.moves.map(\.to)).sorted().prefix(GuideFacts.hostLimit).compactMap(place).map {
        .look(.pipeline([host($0)]))
      })
  }

  func close(_ host: Host.ID) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld("Close") }
    return RunbookPart(
      .act, "Close", ["Only when it is empty: with DRS on, maintenance mode would move VMs by itself."],
      [.run(state(of: name, "Maintenance"))])
  }

  func switchOff(_ host: Host.ID) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld("Switch off") }
    return RunbookPart(
      .act, "Switch off",
      ["In maintenance mode, and its local datastores hold nothing that is still needed."],
      [
        .expect(.pipeline([self.host(name), Cmdlet("Get-VM")]), .isEmpty),
        .run(.pipeline([self.host(name), Cmdlet("Stop-VMHost", [.off("Confirm")])])),
      ])
  }

  func bringBack(_ host: Host.ID) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld("Return") }
    return RunbookPart(
      .note, "Return", ["Switch it on in its management controller, wait until it is connected, then:"],
      [.run(state(of: name, "Connected"))])
  }

  private func state(of name: String, _ state: String) -> Command {
    .pipeline([host(name), Cmdlet("Set-VMHost", [.text("State", state), .off("Confirm")])])
  }
}
