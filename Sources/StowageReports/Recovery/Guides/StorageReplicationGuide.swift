import StowageModel

/// Proxmox VE's storage replication by pvesr (pve-docs, pvesr(1) and "Storage Replication": moving the guest's
/// configuration file when its node is lost).
struct StorageReplicationGuide: RecoveryGuide {
  let preconditions = [
    "Both nodes are of one cluster, which asks for latencies below 5 ms between all nodes, and have a ZFS storage of the same name. The surviving site keeps the quorum (a QDevice at a third place), or gets it by `pvecm expected 1`.",
    "A schedule is a calendar event of whole minutes.",
  ]

  private func id(_ copy: CopyFacts) -> String? {
    let text = copy.vm.hasPrefix("qemu/") ? String(copy.vm.dropFirst(5)) : copy.vm
    let isNumber = (3...9).contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    return isNumber ? text : nil
  }

  private func steps(
    _ copy: CopyFacts, _ make: (_ id: String, _ home: String, _ host: String) -> [RecoveryStep]
  ) -> [RecoveryStep] {
    guard let id = id(copy), let home = copy.plain(copy.home), let host = copy.plain(copy.host) else {
      return [CopyFacts.withheld]
    }
    return make(id, home, host)
  }

  private func ssh(_ host: String, _ words: String...) -> RecoveryStep {
    .shell([ShellText.line(.call("ssh", "--", host, words.map(ShellText.word).joined(separator: " ")))])
  }

  /// `*/15` for every 15 minutes, `0/2:00` for every two hours.
  private func schedule(_ seconds: Double) -> String {
    let minutes = max(1, Int((seconds / 60).rounded(.down)))
    if minutes < 60 { return "*/\(minutes)" }
    return minutes < 1440 ? "0/\(minutes / 60):00" : "0:00"
  }

  func setUp(_ copy: CopyFacts) -> [RecoveryStep] {
    steps(copy) { id, home, host in
      let rate = Units.decimal(max(1, copy.replica.rateMiBPerSecond * 1.048576), digits: 1)
        .replacing(",", with: "")
      return [
        .words("At most the rate that the plan gives it, in MB/s; the first copy may be given more."),
        ssh(
          home, "pvesr", "create-local-job", "\(id)-0", host, "--schedule",
          schedule(copy.replica.intervalSeconds), "--rate", rate),
      ]
    }
  }

  func look(_ copy: CopyFacts) -> [RecoveryStep] {
    steps(copy) { id, home, _ in [ssh(home, "pvesr", "status", "--guest", id)] }
  }

  func failOver(_ copy: CopyFacts) -> [RecoveryStep] {
    steps(copy) { id, home, host in
      [
        .words("Only when its old node is known to be off: two of it would write to one address."),
        ssh(
          host, "mv", "/etc/pve/nodes/\(home)/qemu-server/\(id).conf",
          "/etc/pve/nodes/\(host)/qemu-server/\(id).conf"),
        ssh(host, "qm", "start", id),
        ssh(host, "qm", "status", id),
      ]
    }
  }

  func test(_ copy: CopyFacts) -> [RecoveryStep] {
    steps(copy) { id, _, host in
      [
        .words("A clone of the last replicated snapshot, under a free number, on the isolated bridge:"),
        ssh(host, "zfs", "list", "-t", "snapshot", "-o", "name,creation"),
        .words(
          "`zfs clone` the newest `__replicate_\(id)-0_…` snapshot of each of its disks to `vm-FREE-disk-N`, copy its configuration to FREE.conf with these disks and the isolated bridge, and `qm start FREE`."
        ),
      ]
    }
  }

  func cleanUp(_ copy: CopyFacts) -> [RecoveryStep] {
    steps(copy) { _, _, host in
      [.words("On \(host): `qm stop FREE`, then `qm destroy FREE`, which removes the clones.")]
    }
  }

  func failBack(_ copy: CopyFacts) -> [RecoveryStep] {
    steps(copy) { id, home, host in
      [
        .words(
          "When its old node is back, replicate the other way; when in step, migrate it home, which turns the direction round by itself:"
        ),
        ssh(host, "pvesr", "status", "--guest", id),
        ssh(host, "qm", "migrate", id, home, "--online", "--with-local-disks"),
      ]
    }
  }
}
