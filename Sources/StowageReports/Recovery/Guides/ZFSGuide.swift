import StowageModel

/// Snapshots from ZFS to ZFS (zfs-send(8), zfs-receive(8)), by cron or a tool of the operator's choice.
struct ZFSGuide: RecoveryGuide {
  let preconditions = [
    "Every host answers by ssh with a key and may `zfs send` and `zfs receive` (`zfs allow`). `DATASET` below is the operator's: the one that holds the VM's disks, of the same name at both ends."
  ]

  private func steps(_ copy: CopyFacts, _ make: (_ home: String, _ host: String) -> [RecoveryStep])
    -> [RecoveryStep]
  {
    guard let home = copy.plain(copy.home), let host = copy.plain(copy.host) else {
      return [CopyFacts.withheld]
    }
    return make(home, host)
  }

  private func ssh(_ host: String, _ command: String) -> String {
    ShellText.line(.call("ssh", "--", host, command))
  }

  func setUp(_ copy: CopyFacts) -> [RecoveryStep] {
    steps(copy) { home, host in
      let label = copy.label
      let send = ssh(home, "zfs snapshot -r DATASET@\(label)-0 && zfs send -R DATASET@\(label)-0")
      let next = ssh(
        home, "zfs snapshot -r DATASET@\(label)-NEW && zfs send -R -I @\(label)-OLD DATASET@\(label)-NEW")
      let minutes = Units.decimal(max(1, (copy.replica.intervalSeconds / 60).rounded(.down)))
      return [
        .words("The first copy:"),
        .shell(["\(send) | \(ssh(host, "zfs receive -u -s DATASET"))"]),
        .words("Then every \(minutes) minutes, from the last snapshot (OLD) to a new one (NEW):"),
        .shell(["\(next) | \(ssh(host, "zfs receive -u -F DATASET"))"]),
      ]
    }
  }

  func look(_ copy: CopyFacts) -> [RecoveryStep] {
    steps(copy) { _, host in
      [.shell([ssh(host, "zfs list -r -t snapshot -o name,creation -s creation DATASET")])]
    }
  }

  func failOver(_ copy: CopyFacts) -> [RecoveryStep] {
    steps(copy) { _, host in
      [
        .shell([ssh(host, "zfs set readonly=off DATASET")]),
        .words("Define the VM there from its saved configuration, with these disks, and start it."),
      ]
    }
  }

  func test(_ copy: CopyFacts) -> [RecoveryStep] {
    steps(copy) { _, host in
      [
        .shell([ssh(host, "zfs clone DATASET@\(copy.label)-NEW DATASET-test")]),
        .words("Define a test VM on the clone, under another name, on the isolated network, and start it."),
      ]
    }
  }

  func cleanUp(_ copy: CopyFacts) -> [RecoveryStep] {
    steps(copy) { _, host in
      [.words("Remove the test VM, then its clone:"), .shell([ssh(host, "zfs destroy DATASET-test")])]
    }
  }

  func failBack(_ copy: CopyFacts) -> [RecoveryStep] {
    [
      .words(
        "Send snapshots the other way from the last one that both sites hold; when in step, stop the VM, send the last, start it at home."
      )
    ]
  }
}
