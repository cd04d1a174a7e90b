import StowageModel

/// QEMU's block mirror by virsh (virsh(1): blockcopy; qemu-nbd(8)): every write goes on to the copy.
///
/// One copy needs a port of its own at its host. Disks are named by the operator: an inventory does not say them.
struct BlockMirrorGuide: RecoveryGuide {
  /// Ports from here on, one a copy.
  private static let firstPort = 10_809
  private static let folder = "/var/lib/stowage"

  let preconditions = [
    "Every host answers by ssh with a key, and `/var/lib/stowage` exists on every replica host. `DISK`, `SIZE` and `TARGET` below are the operator's: `virsh domblklist` and `virsh domblkinfo` show disks and sizes of a VM.",
    "The mirror goes unencrypted unless a tunnel or TLS is set up: lead it through the network between the sites that is meant for it.",
    "The mirror ends when the VM is stopped; begin it again after each stop. What was written since the last write that reached the copy is lost, and guests recover as after a power cut.",
  ]

  private func port(_ copy: CopyFacts) -> String { String(Self.firstPort + copy.number % 50_000) }
  private func file(_ copy: CopyFacts) -> String { "\(Self.folder)/\(copy.label).xml" }

  private func pidFile(_ copy: CopyFacts) -> String { "\(Self.folder)/\(copy.label).pid" }

  /// What the commands need: a host that ssh takes for a host, and a name that virsh takes for a domain.
  private func checked(_ copy: CopyFacts, _ steps: [RecoveryStep]) -> [RecoveryStep] {
    let isNumber = copy.vm.utf8.allSatisfy { (0x30...0x39).contains($0) }
    guard GuideFacts.isPlain(copy.host), GuideFacts.isPlain(copy.home), VisibleText.isVisible(copy.vm),
      !isNumber
    else { return [CopyFacts.withheld] }
    return steps
  }

  private func ssh(_ host: String, _ words: String...) -> RecoveryStep {
    .shell([ShellText.line(.call("ssh", "--", host, words.map(ShellText.word).joined(separator: " ")))])
  }

  private func virsh(_ host: String, _ words: String...) -> RecoveryStep {
    .shell([ShellText.line(.program(["virsh", "-c", Virsh.uri(of: Host.ID(host))] + words))])
  }

  func setUp(_ copy: CopyFacts) -> [RecoveryStep] {
    checked(
      copy,
      [
        .words("Its definition goes to the replica host:"),
        .shell([
          ShellText.line(
            .program([
              "virsh", "-c", Virsh.uri(of: Host.ID(copy.home)), "dumpxml", "--domain", copy.vm, "--inactive",
              "--security-info",
            ]))
            + " | " + ShellText.line(.call("ssh", "--", copy.host, "cat > \(file(copy))"))
        ]),
        .words(
          "For each disk: an empty image of its size at the replica host, served there; then the mirror:"),
        virsh(copy.home, "domblklist", "--domain", copy.vm, "--details"),
        ssh(copy.host, "qemu-img", "create", "-f", "raw", "TARGET", "SIZE"),
        ssh(
          copy.host, "qemu-nbd", "--fork", "--persistent", "--pid-file", pidFile(copy), "--format", "raw",
          "--port", port(copy), "--export-name", copy.label, "TARGET"),
        .shell(
          [
            "printf '%s' \"<disk type='network'><source protocol='nbd' name='\(copy.label)'>"
              + "<host name='\(HostAddress(copy.host).uriHost)' port='\(port(copy))'/></source>"
              + "<driver type='raw'/></disk>\" > \(copy.label)-disk.xml",
            ShellText.line(
              .program(
                [
                  "virsh", "-c", Virsh.uri(of: Host.ID(copy.home)), "blockcopy", "--domain", copy.vm,
                  "--path", "DISK",
                ]
                  + ["--xml", "\(copy.label)-disk.xml", "--transient-job", "--reuse-external", "--verbose"])),
          ]),
      ])
  }

  func look(_ copy: CopyFacts) -> [RecoveryStep] {
    checked(copy, [virsh(copy.home, "blockjob", "--domain", copy.vm, "--path", "DISK", "--info")])
  }

  func failOver(_ copy: CopyFacts) -> [RecoveryStep] {
    checked(
      copy,
      [
        .words("Stop serving its images, let its definition name them as disks, then start it:"),
        .shell([ShellText.line(.call("ssh", "--", copy.host, "kill \"$(cat \(pidFile(copy)))\""))]),
        virsh(copy.host, "define", file(copy)),
        virsh(copy.host, "start", "--domain", copy.vm),
        virsh(copy.host, "domstate", "--domain", copy.vm),
      ])
  }

  func test(_ copy: CopyFacts) -> [RecoveryStep] {
    checked(
      copy,
      [
        .words(
          "The mirror writes on: the test runs on a snapshot over it, from a moment at which the mirror rests. Under another name, on the isolated network:"
        ),
        ssh(copy.host, "qemu-img", "create", "-f", "qcow2", "-F", "raw", "-b", "TARGET", "TARGET.test"),
        .words(
          "Define a copy of its definition with the name and UUID changed, `TARGET.test` as its disk and the isolated network as its only one, and start it."
        ),
      ])
  }

  func cleanUp(_ copy: CopyFacts) -> [RecoveryStep] {
    checked(
      copy,
      [
        .words("Destroy and undefine the test domain, then remove its snapshot:"),
        ssh(copy.host, "rm", "--", "TARGET.test"),
      ])
  }

  func failBack(_ copy: CopyFacts) -> [RecoveryStep] {
    [
      .words(
        "Mirror it the other way by the steps of its set-up with the hosts exchanged; when it is in step, shut it down here and start it there."
      )
    ]
  }
}
