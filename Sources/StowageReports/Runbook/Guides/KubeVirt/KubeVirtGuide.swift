import StowageModel

/// KubeVirt by `kubectl` and `virtctl` (KubeVirt user guide, live migration; `virtctl migrate`, from 1.5 on to a named
/// node). The cluster, the namespace and who asks are those of the current context.
struct KubeVirtGuide: VerbGuide {
  let facts: GuideFacts

  init(_ facts: GuideFacts) { self.facts = facts }

  let hasPostCopy = true
  let nameRule = "objects of Kubernetes are named by letters, digits, dashes and dots, and this is not"
  let abortNote = "`virtctl migrate-cancel VM`; the VM has not left its source."

  /// How long the scheduler, the new pod and the move itself may take, for commands that wait.
  private static func timeout(_ seconds: Int) -> String { "--timeout=\(seconds)s" }

  var preconditions: [RunbookPart] {
    [
      RunbookPart(
        .note, "Reach",
        [
          "The current context of `kubectl` names the cluster and the namespace of the VMs, with a role that may migrate.",
          "Every VM of the plan says `LiveMigratable`: volumes are ReadWriteMany, the pod network is not bound as a bridge.",
          "A cold move ties the VM to its target by the node selector `kubernetes.io/hostname` of its template: take it "
            + "out when the wave is over.",
          "Rate, time-outs, auto-converge and post-copy are settings of the cluster or of a migration policy, not of one "
            + "move.",
        ],
        [
          .look(.call("kubectl", "get", "vmi", "-o", "wide")),
          .look(
            .call(
              "kubectl", "get", "kubevirt", "-A", "-o", "jsonpath={.items[*].spec.configuration.migrations}")
          ),
        ])
    ]
  }

  func liveNotes(_ move: Move) -> [String] {
    let rate =
      "The planned rate holds if `bandwidthPerMigration` allows it; the target is named by an added node selector, which "
      + "KubeVirt knows from 1.5 on."
    return switch move.technique {
    case .postCopy, .hybrid:
      [
        rate,
        "**Point of no return**: KubeVirt switches to post-copy by itself (`allowPostCopy` and",
        "`allowWorkloadDisruption`) when `completionTimeoutPerGiB` has passed; nothing asks it to switch sooner.",
      ]
    case .preCopy, .cold: [rate]
    }
  }

  func byHand(_ move: Move, copiesDisks: Bool) -> String? {
    copiesDisks
      ? "its volumes are not shared: copy each claim to a storage class of the target first" : nil
  }

  func subject(_ vm: VM.ID) -> String? { object(vm.rawValue) }
  func place(_ host: Host.ID) -> String? { object(host.rawValue) }

  private func object(_ name: String) -> String? {
    let isLower = name.unicodeScalars.allSatisfy { !("A"..."Z").contains($0) && $0 != "_" }
    return GuideFacts.isPlain(name) && isLower ? name : nil
  }

  private func field(_ path: String, _ kind: String, _ name: String) -> Command {
    .call("kubectl", "get", kind, name, "-o", "jsonpath={\(path)}")
  }

  /// A VM that is off has no instance: its own object says so. The phase of one that runs stays while it migrates.
  func state(_ vm: String, at host: String, runs: Bool) -> (Command, Expectation) {
    runs
      ? (field(".status.phase", "vmi", vm), .equals("Running"))
      : (field(".status.printableStatus", "vm", vm), .equals("Stopped"))
  }

  func location(_ vm: String, at host: String) -> (Command, Expectation)? {
    (field(".status.nodeName", "vmi", vm), .equals(host))
  }

  func before(_ vm: String, from: String, to: String) -> [RunbookAction] {
    [
      .look(field(".status.conditions[?(@.type==\"LiveMigratable\")].status", "vmi", vm)),
      .look(.call("kubectl", "get", "vmim")),
    ]
  }

  func shutDown(_ vm: String, at host: String) -> Command { .call("virtctl", "stop", vm) }
  func start(_ vm: String, at host: String) -> Command { .call("virtctl", "start", vm) }

  func moveRunning(_ move: Move, _ vm: String, from: String, to: String) -> [Command] {
    [
      .call("virtctl", "migrate", vm, "--addedNodeSelector=kubernetes.io/hostname=\(to)"),
      .call(
        "kubectl", "wait", "vmi", vm, "--for=jsonpath={.status.nodeName}=\(to)",
        Self.timeout(facts.patienceSeconds(of: move))),
    ]
  }

  /// A VM that is off belongs to no node. One that is to start again is tied to its target by a node selector.
  func moveStopped(_ move: Move, _ vm: String, from: String, to: String) -> [Command] {
    facts.names.runs(move.vm)
      ? [
        .call(
          "kubectl", "patch", "vm", vm, "--type=merge", "-p",
          "{\"spec\":{\"template\":{\"spec\":{\"nodeSelector\":{\"kubernetes.io/hostname\":\"\(to)\"}}}}}")
      ] : []
  }

  func progress(_ vm: String, from: String) -> [Command] {
    [field(".status.migrationState", "vmi", vm)]
  }

  func goChecks(of wave: Wave) -> RunbookPart {
    RunbookPart(
      .check, "Room on the targets", ["Nodes are ready; what is asked of each:"],
      Set(wave.moves.map(\.to)).sorted().prefix(GuideFacts.hostLimit).compactMap(place).map {
        .look(.call("kubectl", "describe", "node", $0))
      })
  }

  func close(_ host: Host.ID) -> RunbookPart {
    one(host, ["cordon"], "Close", .act, "The scheduler sends nothing more there.")
  }

  func switchOff(_ host: Host.ID) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld("Switch off") }
    return RunbookPart(
      .act, "Switch off", ["The first command must print nothing."],
      [
        .expect(
          .call(
            "kubectl", "get", "vmi", "-A", "-o",
            "jsonpath={.items[?(@.status.nodeName==\"\(name)\")].metadata.name}"), .isEmpty),
        .run(.call("kubectl", "drain", name, "--ignore-daemonsets", "--delete-emptydir-data")),
        .run(HostCommands.ssh(name, "sudo", "systemctl", "poweroff")),
      ])
  }

  func bringBack(_ host: Host.ID) -> RunbookPart {
    one(
      host, ["uncordon"], "Return", .note,
      "Switch it on in its management controller, wait until the node is ready, then:")
  }

  private func one(
    _ host: Host.ID, _ verbs: [String], _ title: String, _ kind: RunbookPart.Kind, _ note: String
  ) -> RunbookPart {
    guard let name = place(host) else { return HostCommands.withheld(title) }
    return RunbookPart(kind, title, [note], [.run(.program(["kubectl"] + verbs + [name]))])
  }
}
