import StowageModel

// What concerns hosts: reach, room, power.
extension LibvirtGuide {
  /// Hosts for which reach is spelled out; the rest is counted.
  private static let hostLimit = 100

  var preconditions: [RunbookPart] {
    [reach, peers] + strangeNames + postCopyAbility
  }

  private var hosts: [Host.ID] {
    Set(input.plan.moves.flatMap { [$0.from, $0.to] } + input.plan.poweredOffHosts).sorted()
  }

  private var reach: RunbookPart {
    RunbookPart(
      "Reach",
      [
        "From where the commands are typed, every host answers with its versions;",
        "no target is older than its sources.",
      ], commands: hosts.prefix(Self.hostLimit).map { Virsh($0).run("version --daemon") })
  }

  /// A peer-to-peer migration is driven by the source, which must reach the target by itself.
  private var peers: RunbookPart {
    let live = input.plan.moves.filter { $0.technique.isLive }
    let pairs = Set(live.map { Pair(from: $0.from, to: $0.to) }).sorted()
    let commands = pairs.prefix(Self.hostLimit).compactMap { pair -> String? in
      guard HostAddress(pair.from.rawValue).isHostName, let source = ShellWord(pair.from.rawValue) else {
        return nil
      }
      return "ssh -- \(source) virsh -c \(Virsh.uri(of: pair.to)) hostname"
    }
    return RunbookPart(
      "Source to target",
      [
        "Live moves are driven by the source (`--p2p`): its libvirt must reach each target with a key of its own.",
        "If migrations have a network of their own, add `--migrateuri tcp://ADDRESS` with the target's address on it",
        "to every live move; the planned rates count on it.",
        pairs.count > Self.hostLimit
          ? "The first \(Self.hostLimit) of \(Units.count(pairs.count)) pairs:" : "",
      ].filter { !$0.isEmpty }, commands: commands)
  }

  private struct Pair: Hashable, Comparable {
    let from: Host.ID
    let to: Host.ID

    static func < (left: Self, right: Self) -> Bool {
      (left.from, left.to) < (right.from, right.to)
    }
  }

  private var strangeNames: [RunbookPart] {
    let strange = hosts.filter { !HostAddress($0.rawValue).isHostName }
    guard !strange.isEmpty else { return [] }
    let listed = Summary.list(strange.map { MarkdownText.code($0.rawValue) }, limit: 12)
    return [
      RunbookPart(
        "Not host names",
        ["These ids are not names by which a host can be reached, and are percent-encoded below: \(listed)."])
    ]
  }

  /// Post-copy needs userfaultfd on the target (QEMU documentation, postcopy).
  private var postCopyAbility: [RunbookPart] {
    let targets = Set(input.plan.moves.filter(\.technique.hasPointOfNoReturn).map(\.to)).sorted()
    let commands = targets.prefix(Self.hostLimit).compactMap { host -> String? in
      guard HostAddress(host.rawValue).isHostName, let word = ShellWord(host.rawValue) else { return nil }
      return "ssh -- \(word) sysctl vm.unprivileged_userfaultfd"
    }
    guard !targets.isEmpty else { return [] }
    return [
      RunbookPart(
        "Post-copy",
        [
          "Targets of post-copy and hybrid moves allow userfaultfd: `1`, or QEMU has the privilege otherwise."
        ],
        commands: commands)
    ]
  }

  func goChecks(of wave: Wave) -> RunbookPart {
    let targets = Set(wave.moves.map(\.to)).sorted()
    return RunbookPart(
      "Room on the targets", ["Free memory, and the VMs that are there now:"],
      commands: targets.prefix(Self.hostLimit).flatMap { host in
        [Virsh(host).run("nodememstats"), Virsh(host).run("list --all")]
      })
  }

  func switchOff(_ host: Host.ID) -> RunbookPart {
    let isHostName = HostAddress(host.rawValue).isHostName
    var commands = [Virsh(host).run("list --all --name"), Virsh(host).run("pool-list --all")]
    if isHostName, let word = ShellWord(host.rawValue) {
      commands.append("ssh -- \(word) sudo systemctl poweroff")
    }
    return RunbookPart(
      "Switch off",
      [
        "The first command must print nothing but an empty line; local pools hold nothing that is still needed.",
        isHostName ? "" : "No power-off command is printed: the id is not a host name.",
        "Silence its monitoring, switch it off, and see in its management controller that it is off.",
        "Way back: switch it on there; VMs return by the way back of their steps.",
      ].filter { !$0.isEmpty }, commands: commands)
  }
}
