import StowageModel

/// Hyper-V Replica by its PowerShell module (MicrosoftDocs, Hyper-V: Enable-VMReplication, Start-VMFailover,
/// Set-VMReplication, Complete-VMFailover).
struct HyperVReplicaGuide: RecoveryGuide {
  let preconditions = [
    "Each replica host is a replica server (`Set-VMReplicationServer -ReplicationEnabled $true`), its firewall lets port 80 (Kerberos) or 443 (certificates) in.",
    "A clustered replica host is addressed by the name of its Replica Broker instead of its own.",
  ]

  private func lines(_ copy: CopyFacts, _ commands: [(String, [Cmdlet.Argument])]) -> [RecoveryStep] {
    guard GuideFacts.isLiteral(copy.vm), GuideFacts.isPlain(copy.host), GuideFacts.isPlain(copy.home) else {
      return [CopyFacts.withheld]
    }
    return [
      .powerShell(commands.map { PowerShellText.line(.pipeline([Cmdlet($0.0, $0.1)])) })
    ]
  }

  private func at(_ host: String, _ copy: CopyFacts) -> [Cmdlet.Argument] {
    [.text("ComputerName", host), .text("VMName", copy.vm)]
  }

  func setUp(_ copy: CopyFacts) -> [RecoveryStep] {
    lines(
      copy,
      [
        (
          "Enable-VMReplication",
          at(copy.home, copy) + [
            .text("ReplicaServerName", copy.host), .number("ReplicaServerPort", 80),
            .text("AuthenticationType", "Kerberos"),
            .number("ReplicationFrequencySec", Int(copy.replica.intervalSeconds)),
          ]
        ),
        ("Start-VMInitialReplication", at(copy.home, copy)),
      ])
  }

  func look(_ copy: CopyFacts) -> [RecoveryStep] {
    lines(copy, [("Measure-VMReplication", at(copy.home, copy))])
  }

  func failOver(_ copy: CopyFacts) -> [RecoveryStep] {
    lines(
      copy,
      [
        ("Start-VMFailover", at(copy.host, copy) + [.off("Confirm")]),
        ("Start-VM", [.text("ComputerName", copy.host), .text("Name", copy.vm)]),
      ]) + [
        .words("When its owner has seen that it is well (until then another recovery point can be taken):")
      ] + lines(copy, [("Complete-VMFailover", at(copy.host, copy) + [.off("Confirm")])])
  }

  func test(_ copy: CopyFacts) -> [RecoveryStep] {
    lines(copy, [("Start-VMFailover", at(copy.host, copy) + [.flag("AsTest"), .off("Confirm")])]) + [
      .words(
        "The test VM is named like the VM with “ - Test” behind; connect it to the isolated network and start it."
      )
    ]
  }

  func cleanUp(_ copy: CopyFacts) -> [RecoveryStep] {
    lines(copy, [("Stop-VMFailover", at(copy.host, copy))])
  }

  func failBack(_ copy: CopyFacts) -> [RecoveryStep] {
    lines(copy, [("Set-VMReplication", at(copy.host, copy) + [.flag("Reverse")])]) + [
      .words(
        "When the copies are in step: stop the VM, `Start-VMFailover -Prepare` here, fail over there, and reverse once more."
      )
    ]
  }
}
