import StowageModel

// What concerns hosts: reach, room, power.
extension LibvirtGuide {
  var preconditions: [RunbookPart] {
    [reach, peers] + strangeNames + postCopyAbility
  }

  private var reach: RunbookPart {
    RunbookPart(
      .note, "Reach",
      [
        "From where the commands are typed, every host answers with its versions;",
        "no target is older than its sources.",
      ], facts.hosts.prefix(GuideFacts.hostLimit).map { .look(Virsh($0).onHost("version", "--daemon")) })
  }

  /// A peer-to-peer migration is driven by the source, which must reach the target by itself.
  private var peers: RunbookPart {
    let live = facts.input.plan.moves.filter { $0.technique.isLive }
    let pairs = Set(live.map { Pair(from: $0.from, to: $0.to) }).sorted()
    let actions = pairs.prefix(GuideFacts.hostLimit).compactMap { pair -> RunbookAction? in
      guard HostAddress(pair.from.rawValue).isHostName else { return nil }
      let remote = ["virsh", "-c", Virsh.uri(of: pair.to), "hostname"].map(ShellText.word).joined(
        separator: " ")
      return .look(.program(["ssh", "--", pair.from.rawValue, remote]))
    }
    return RunbookPart(
      .note, "Source to target",
      [
        "Live moves are driven by the source (`--p2p`): its libvirt must reach each target with a key of its own.",
        "If migrations have a network of their own, add `--migrateuri tcp://ADDRESS` with the target's address on it",
        "to every live move; the planned rates count on it.",
        pairs.count > GuideFacts.hostLimit
          ? "The first \(GuideFacts.hostLimit) of \(Units.count(pairs.count)) pairs:" : "",
      ].filter { !$0.isEmpty }, actions)
  }

  private struct Pair: Hashable, Comparable {
    let from: Host.ID
    let to: Host.ID

    static func < (left: Self, right: Self) -> Bool {
      (left.from, left.to) < (right.from, right.to)
    }
  }

  private var strangeNames: [RunbookPart] {
    let strange = facts.hosts.filter { !HostAddress($0.rawValue).isHostName }
    guard !strange.isEmpty else { return [] }
    let listed = Summary.list(strange.map { MarkdownText.code($0.rawValue) }, limit: 12)
    return [
      RunbookPart(
        .note, "Not host names",
        ["These ids are not names by which a host can be reached, and are percent-encoded below: \(listed)."])
    ]
  }

  /// Post-copy needs userfaultfd on the target (QEMU documentation, postcopy).
  private var postCopyAbility: [RunbookPart] {
    let targets = Set(facts.input.plan.moves.filter(\.technique.hasPointOfNoReturn).map(\.to)).sorted()
    let actions = targets.prefix(GuideFacts.hostLimit).compactMap { host -> RunbookAction? in
      guard HostAddress(host.rawValue).isHostName else { return nil }
      return .look(.call("ssh", "--", host.rawValue, "sysctl vm.unprivileged_userfaultfd"))
    }
    guard !targets.isEmpty else { return [] }
    return [
      RunbookPart(
        .note, "Post-copy",
        [
          "Targets of post-copy and hybrid moves allow userfaultfd: `1`, or QEMU has the privilege otherwise."
        ], actions)
    ]
  }

  func goChecks(of wave: Wave) -> RunbookPart {
    let targets = Set(wave.moves.map(\.to)).sorted()
    return RunbookPart(
      .check, "Room on the targets", ["Free memory, and the VMs that are there now:"],
      targets.prefix(GuideFacts.hostLimit).flatMap { host in
        [.look(Virsh(host).onHost("nodememstats")), .look(Virsh(host).onHost("list", "--all"))]
      })
  }

  func close(_ host: Host.ID) -> RunbookPart {
    RunbookPart(
      .note, "Close",
      [
        "libvirt has no maintenance mode: whoever places VMs by hand or by another tool must know that the host is closed."
      ])
  }

  func switchOff(_ host: Host.ID) -> RunbookPart {
    let isHostName = HostAddress(host.rawValue).isHostName
    var actions: [RunbookAction] = [
      .expect(Virsh(host).onHost("list", "--all", "--name"), .isEmpty),
      .look(Virsh(host).onHost("pool-list", "--all")),
    ]
    if isHostName { actions.append(.run(.call("ssh", "--", host.rawValue, "sudo systemctl poweroff"))) }
    return RunbookPart(
      .act, "Switch off",
      [
        "The first command must print nothing but an empty line; local pools hold nothing that is still needed.",
        isHostName ? "" : "No power-off command is printed: the id is not a host name.",
        "Silence its monitoring, switch it off, and see in its management controller that it is off.",
      ].filter { !$0.isEmpty }, actions)
  }

  func bringBack(_ host: Host.ID) -> RunbookPart {
    RunbookPart(
      .note, "Return",
      [
        "Switch it on in its management controller; it answers, and VMs return by the way back of their steps."
      ],
      [.look(Virsh(host).onHost("version", "--daemon"))])
  }
}
