import StowageModel

/// Azure Site Recovery by Az.RecoveryServices (learn.microsoft.com: Start-AzRecoveryServicesAsrTestFailoverJob,
/// -UnplannedFailoverJob, -CommitFailoverJob, -TestFailoverCleanupJob, Update-AzRecoveryServicesAsrProtectionDirection).
struct AzureSiteRecoveryGuide: RecoveryGuide {
  let preconditions = [
    "`Connect-AzAccount`; the vault's context is set (`Set-AzRecoveryServicesAsrVaultContext`), and `$container` holds the protection container of the lost site (`Get-AzRecoveryServicesAsrFabric` piped to `Get-AzRecoveryServicesAsrProtectionContainer`).",
    "`$network` holds the id of the isolated network of tests.",
  ]

  /// Only the VM's name comes from the inventory, as a literal.
  private func lines(_ copy: CopyFacts, _ commands: [String]) -> [RecoveryStep] {
    guard GuideFacts.isLiteral(copy.vm) else { return [CopyFacts.withheld] }
    let item =
      "$item = Get-AzRecoveryServicesAsrReplicationProtectedItem -ProtectionContainer $container -FriendlyName "
      + PowerShellText.literal(copy.vm)
    return [.powerShell([item] + commands)]
  }

  func setUp(_ copy: CopyFacts) -> [RecoveryStep] {
    [
      .words(
        "In the vault: Site Recovery, Enable replication, for this VM, with a policy whose recovery points are no further apart than its objective asks. Changes of more than 54 MB/s ask for High Churn."
      )
    ]
  }

  func look(_ copy: CopyFacts) -> [RecoveryStep] {
    lines(copy, ["$item | Select-Object FriendlyName, ReplicationHealth, ProtectionState"])
  }

  func failOver(_ copy: CopyFacts) -> [RecoveryStep] {
    lines(
      copy,
      [
        "Start-AzRecoveryServicesAsrUnplannedFailoverJob -ReplicationProtectedItem $item -Direction PrimaryToRecovery"
      ]) + [
        .words("When its owner has seen that it is well (until then another recovery point can be taken):")
      ]
      + lines(copy, ["Start-AzRecoveryServicesAsrCommitFailoverJob -ReplicationProtectedItem $item"])
  }

  func test(_ copy: CopyFacts) -> [RecoveryStep] {
    lines(
      copy,
      [
        "Start-AzRecoveryServicesAsrTestFailoverJob -ReplicationProtectedItem $item -Direction PrimaryToRecovery -AzureVMNetworkId $network"
      ])
  }

  func cleanUp(_ copy: CopyFacts) -> [RecoveryStep] {
    lines(copy, ["Start-AzRecoveryServicesAsrTestFailoverCleanupJob -ReplicationProtectedItem $item"])
  }

  func failBack(_ copy: CopyFacts) -> [RecoveryStep] {
    [
      .words(
        "Re-protect it towards its old site (`Update-AzRecoveryServicesAsrProtectionDirection`), wait until the copies are in step, and fail over back."
      )
    ]
  }
}
