import StowageModel

/// vSphere Replication, in its client: it has no command line of its own.
struct VSphereReplicationGuide: RecoveryGuide {
  let isUniform = true
  let preconditions = [
    "The vSphere Replication appliances of both sites are paired; with Site Recovery Manager, make recovery plans of the order below and run those.",
    "Round trips above 100 ms and lost packets slow the copies down by much: look at the link first.",
  ]

  func setUp(_ copy: CopyFacts) -> [RecoveryStep] {
    return [
      .words(
        "Site Recovery, Replications, New: this VM, the target site, host and datastore of the table, recovery point objective of the table. A seed (disks that were shipped) may be given."
      )
    ]
  }

  func look(_ copy: CopyFacts) -> [RecoveryStep] {
    [.words("Site Recovery, Replications: status OK, last sync no older than its objective.")]
  }

  func failOver(_ copy: CopyFacts) -> [RecoveryStep] {
    [
      .words(
        "Site Recovery, Replications, Recover with the latest available data; choose folder and host; connect its network; power it on."
      )
    ]
  }

  func test(_ copy: CopyFacts) -> [RecoveryStep] {
    [
      .words(
        "With Site Recovery Manager: Test of the recovery plan, on its bubble network. Without: recover a clone of the replica on an isolated port group; the replication itself is left alone."
      )
    ]
  }

  func cleanUp(_ copy: CopyFacts) -> [RecoveryStep] {
    [.words("Cleanup of the recovery plan, or delete the clone.")]
  }

  func failBack(_ copy: CopyFacts) -> [RecoveryStep] {
    [
      .words(
        "Configure the replication the other way (the old disks serve as seed), wait until it is in step, recover back with a planned sync."
      )
    ]
  }
}

/// VMware HCX disaster recovery, in its interface.
struct HCXGuide: RecoveryGuide {
  let isUniform = true
  let preconditions = [
    "The service mesh is up. At most 300 VMs at once in one manager and 200 over one mesh; 1 Gb/s for one copy, 1.6 Gb/s for one interconnect appliance (knowledge.broadcom.com 321604)."
  ]

  func setUp(_ copy: CopyFacts) -> [RecoveryStep] {
    return [
      .words(
        "HCX, Disaster Recovery, Protect VMs: this VM, the site, host and datastore of the table, RPO of the table."
      )
    ]
  }

  func look(_ copy: CopyFacts) -> [RecoveryStep] {
    [.words("HCX, Disaster Recovery, Local VMs: status Protected, last sync no older than its objective.")]
  }

  func failOver(_ copy: CopyFacts) -> [RecoveryStep] {
    [.words("At the surviving site: HCX, Disaster Recovery, Recover VM, latest instance.")]
  }

  func test(_ copy: CopyFacts) -> [RecoveryStep] {
    [.words("HCX, Disaster Recovery, Test Recover VM, onto the isolated network.")]
  }

  func cleanUp(_ copy: CopyFacts) -> [RecoveryStep] {
    [.words("HCX, Disaster Recovery, Test Cleanup.")]
  }

  func failBack(_ copy: CopyFacts) -> [RecoveryStep] {
    [.words("HCX, Disaster Recovery, Reverse; when in step, recover back.")]
  }
}

/// Zerto, in its interface.
struct ZertoGuide: RecoveryGuide {
  let isUniform = true
  let preconditions = [
    "A Virtual Replication Appliance runs on every host of both sites. VMs of one application are in one Virtual Protection Group, so that their checkpoints are of one moment."
  ]

  func setUp(_ copy: CopyFacts) -> [RecoveryStep] {
    [
      .words(
        "VPGs, New: this VM with those of its application, recovery host and datastore of the table, target RPO alert at its objective; preseeded disks may be given."
      )
    ]
  }

  func look(_ copy: CopyFacts) -> [RecoveryStep] {
    [.words("VPGs: status Meeting SLA, actual RPO below its objective.")]
  }

  func failOver(_ copy: CopyFacts) -> [RecoveryStep] {
    [
      .words(
        "Failover, Live, latest checkpoint; commit policy None (commit by hand), or auto-rollback after the minutes in which its owner answers."
      )
    ]
  }

  func test(_ copy: CopyFacts) -> [RecoveryStep] {
    [.words("Failover, Test: starts it on the failover test network, the VM and its protection run on.")]
  }

  func cleanUp(_ copy: CopyFacts) -> [RecoveryStep] { [.words("Stop Test.")] }

  func failBack(_ copy: CopyFacts) -> [RecoveryStep] {
    [.words("Commit with Reverse Protection; when in step, Move back.")]
  }
}
