import StowageModel

/// Hyper-V by its PowerShell module (MicrosoftDocs, Hyper-V: Move-VM, Compare-VM; FailoverClusters).
struct HyperVGuide: VerbGuide {
  let facts: GuideFacts

  init(_ facts: GuideFacts) { self.facts = facts }

  let hasPostCopy = false
  let nameRule = "PowerShell would read a name with a pattern as several names"
  let abortNote =
    "Cancel it in Hyper-V Manager, or for a clustered VM `Move-ClusterVirtualMachineRole -Name VM -Cancel`; it has not left its source."

  var preconditions: [RunbookPart] {
    [
      RunbookPart(
        .note, "Reach",
        [
          "Every host answers, allows live migration, and takes at least as many at once as the plan runs",
          "(`Set-VMHost -MaximumVirtualMachineMigrations`). Where a cluster owns a VM, use",
          "`Move-ClusterVirtualMachineRole -Name VM -Node HOST -MigrationType Live` instead of `Move-VM`.",
        ],
        facts.hosts.prefix(GuideFacts.hostLimit).compactMap(place).map {
          .look(.cmdlet("Get-VMHost", .text("ComputerName", $0)))
        })
    ]
  }

  func liveNotes(_ move: Move) -> [String] {
    ["Hyper-V limits all live migrations of a host together, not one VM's: see the host's SMB or QoS limit."]
  }

  func byHand(_ move: Move, copiesDisks: Bool) -> String? {
    copiesDisks
      ? "its disks move too: add `-IncludeStorage -DestinationStoragePath PATH` with a path that the target has"
      : nil
  }

  func subject(_ vm: VM.ID) -> String? { GuideFacts.isLiteral(vm.rawValue) ? vm.rawValue : nil }
  func place(_ host: Host.ID) -> String? { GuideFacts.isPlain(host.rawValue) ? host.rawValue : nil }

  private func named(_ vm: String, at host: String) -> [Cmdlet.Argument] {
    [.text("ComputerName", host), .text("Name", vm)]
  }

  func state(_ vm: String, at host: String, runs: Bool) -> (Command, Expectation) {
    (
      .pipeline([
        Cmdlet("Get-VM", named(vm, at: host)), Cmdlet("Select-Object", [.text("ExpandProperty", "State")]),
      ]), .equals(runs ? "Running" : "Off")
    )
  }

  func location(_ vm: String, at host: String) -> (Command, Expectation)? { nil }

  func before(_ vm: String, from: String, to: String) -> [RunbookAction] {
    [
      .expect(
        .pipeline([
          Cmdlet("Compare-VM", named(vm, at: from) + [.text("DestinationHost", to)]),
          Cmdlet("Select-Object", [.text("ExpandProperty", "Incompatibilities")]),
        ]), .isEmpty),
      .look(
        .pipeline([
          Cmdlet("Get-VM", named(vm, at: from)), Cmdlet("Get-VMSnapshot"),
        ])),
    ]
  }

  func shutDown(_ vm: String, at host: String) -> Command {
    .pipeline([Cmdlet("Stop-VM", named(vm, at: host) + [.off("Confirm")])])
  }

  func start(_ vm: String, at host: String) -> Command {
    .pipeline([Cmdlet("Start-VM", named(vm, at: host))])
  }

  func moveRunning(_ move: Move, _ vm: String, from: String, to: String) -> [Command] {
    [
      .pipeline([
        Cmdlet("Move-VM", named(vm, at: from) + [.text("DestinationHost", to), .off("Confirm")])
      ])
    ]
  }

  func moveStopped(_ move: Move, _ vm: String, from: String, to: String) -> [Command] {
    moveRunning(move, vm, from: from, to: to)
  }

  func progress(_ vm: String, from: String) -> [Command] {
    [
      .pipeline([
        Cmdlet("Get-VM", named(vm, at: from)), Cmdlet("Format-List", [.text("Property", "Status")]),
      ])
    ]
  }

  func goChecks(of wave: Wave) -> RunbookPart {
    RunbookPart(
      .check, "Room on the targets", ["The VMs that are there now and their memory:"],
      Set(wave.moves.map(\.to)).sorted().prefix(GuideFacts.hostLimit).compactMap(place).map {
        .look(.cmdlet("Get-VM", .text("ComputerName", $0)))
      })
  }

  func close(_ host: Host.ID) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld("Close") }
    return RunbookPart(
      .act, "Close",
      ["For a cluster's node. Without `-Drain`: the plan has emptied it."],
      [.run(.cmdlet("Suspend-ClusterNode", .text("Name", name)))])
  }

  func switchOff(_ host: Host.ID) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld("Switch off") }
    return RunbookPart(
      .act, "Switch off", ["The first command must print nothing."],
      [
        .expect(.cmdlet("Get-VM", .text("ComputerName", name)), .isEmpty),
        .run(.cmdlet("Stop-Computer", .text("ComputerName", name), .off("Confirm"))),
      ])
  }

  func bringBack(_ host: Host.ID) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld("Return") }
    return RunbookPart(
      .note, "Return", ["Switch it on in its management controller, wait until it answers, then:"],
      [.run(.cmdlet("Resume-ClusterNode", .text("Name", name), .text("Failback", "NoFailback")))])
  }
}
