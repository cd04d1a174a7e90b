public import StowageModel

extension MigrationEngine {
  /// The engine of a platform.
  public static func of(_ platform: Platform) -> MigrationEngine {
    switch platform {
    case .libvirt: libvirt
    case .vmware: vmware
    case .hyperv: hyperv
    case .proxmox: proxmox
    case .openstack: openstack
    case .ganeti: ganeti
    case .xcpng: xcpng
    case .kubevirt: kubevirt
    }
  }

  /// One QEMU channel carries 3.6 Gb/s of payload: slope of about 1 000 timed Nova/KVM migrations on
  /// 10 GbE, 2.35 s for each GiB (osic/benchmarking_live-migration, Apache-2.0), rounded down.
  static let qemuStream = PayloadRate.streamMiBPerSecond(gbps: 3.6)

  /// Set-up where nobody published one. Chosen: between 1.5 s (libvirt) and 7 s (Nova).
  static let setUpWhenUnpublished = 3.0

  /// Switch-over of every platform: 0.1 s, chosen within what QEMU shows for device state.
  static let switchover = 0.1

  /// libvirt with QEMU.
  ///
  /// Downtime limit 300 ms: QEMU `migration/options.c`; per move: `virsh migrate-setmaxdowntime`.
  /// Without `--timeout` a move runs for ever; auto-converge comes only on request and is not relied
  /// on. Post-copy: `--postcopy`. Four connections: `--parallel --parallel-connections 4`; post-copy
  /// and multifd exclude each other before QEMU 10.1. libvirt lifts QEMU's 128 MiB/s cap.
  /// The engine sets no limit on moves at once.
  static let libvirt = MigrationEngine(
    platform: .libvirt, setUpSeconds: 1.5, switchoverSeconds: switchover, downtimeLimitSeconds: 0.3,
    takesDowntimeLimitPerMove: true, pausesAtTheLimit: true, stalling: .endless, stopRule: .qemuUncapped,
    postCopySupport: .onRequest, copiesStorageLive: true, streamMiBPerSecond: qemuStream,
    preCopyStreams: 4, capMiBPerSecond: nil,
    concurrency: Concurrency(cold: 1, live: 1, withStorage: 1))

  /// VMware vSphere.
  ///
  /// One stream about 15 Gb/s (VMware's documentation of vMotion helpers; streams are added by
  /// themselves since 7.0 U2, which is not counted on). Target pause about 1 s (recalled). SDPS slows
  /// a VM that dirties faster than the link carries. Host limit 8: vMotion and cold 1, with storage 4
  /// (docs.vmware.com GUID-25EA5833); the lower network limit of 1 GbE hosts, 4, is not modelled.
  static let vmware = MigrationEngine(
    platform: .vmware, setUpSeconds: setUpWhenUnpublished, switchoverSeconds: switchover,
    downtimeLimitSeconds: 1, takesDowntimeLimitPerMove: false, pausesAtTheLimit: false,
    stalling: .throttles, stopRule: .endOfRound, postCopySupport: .none, copiesStorageLive: true,
    streamMiBPerSecond: PayloadRate.streamMiBPerSecond(gbps: 15), preCopyStreams: 1,
    capMiBPerSecond: nil,
    concurrency: Concurrency(perHostTotal: 8, cold: 1, live: 1, withStorage: 4))

  /// Microsoft Hyper-V.
  ///
  /// Pauses of 1 to 2 s are typical; the longer is taken. A move that does not converge ends with a
  /// longer one, which is not planned. On recent clusters `MaximumParallelMigrations` is 1 and
  /// overrides the hosts' own 2; the lower holds everywhere.
  static let hyperv = MigrationEngine(
    platform: .hyperv, setUpSeconds: setUpWhenUnpublished, switchoverSeconds: switchover,
    downtimeLimitSeconds: 2, takesDowntimeLimitPerMove: false, pausesAtTheLimit: false,
    stalling: .endless, stopRule: .endOfRound, postCopySupport: .none, copiesStorageLive: true,
    streamMiBPerSecond: nil,
    preCopyStreams: 1, capMiBPerSecond: nil,
    concurrency: Concurrency(perHostTotal: 1, cold: 0, live: 1, withStorage: 1))

  /// Proxmox VE.
  ///
  /// `QemuMigrate.pm`: downtime 100 ms, doubled each time the move stalls, up to 2 000 s;
  /// auto-converge always on; one QEMU channel; no post-copy. `migrate_downtime` is a setting of the
  /// VM. Four workers on a node (`max_workers`, recalled).
  static let proxmox = MigrationEngine(
    platform: .proxmox, setUpSeconds: setUpWhenUnpublished, switchoverSeconds: switchover,
    downtimeLimitSeconds: 0.1, takesDowntimeLimitPerMove: true, pausesAtTheLimit: true,
    stalling: .throttlesAndDoublesLimit, stopRule: .qemuUncapped, postCopySupport: .none,
    copiesStorageLive: true,
    streamMiBPerSecond: qemuStream, preCopyStreams: 1, capMiBPerSecond: nil,
    concurrency: Concurrency(perHostOut: 4, cold: 1, live: 1, withStorage: 1))

  /// OpenStack Nova on libvirt.
  ///
  /// Set-up 7 s: intercept of the timed migrations named at ``qemuStream`` (6.0 to 9.1 s). Downtime
  /// 500 ms, reached in ten steps; `max_concurrent_live_migrations` 1 (nova/conf/libvirt.py,
  /// compute.py). Post-copy and auto-converge are settings of nova.conf, off by default.
  static let openstack = MigrationEngine(
    platform: .openstack, setUpSeconds: 7, switchoverSeconds: switchover, downtimeLimitSeconds: 0.5,
    takesDowntimeLimitPerMove: false, pausesAtTheLimit: true, stalling: .endless, stopRule: .qemuUncapped,
    postCopySupport: .hostSetting, copiesStorageLive: true, streamMiBPerSecond: qemuStream,
    preCopyStreams: 1, capMiBPerSecond: nil,
    concurrency: Concurrency(perHostOut: 1, cold: 0, live: 1, withStorage: 1), completionSecondsPerGiB: 800)

  /// Ganeti with KVM.
  ///
  /// `Constants.hs`: 32 MiB/s and 30 ms by default, both parameters of the instance. Post-copy and
  /// auto-converge only where the operator sets `migration_caps`. Node locks let only moves
  /// run at once that share no node. Disks are never copied under a running VM (`gnt-instance move`).
  static let ganeti = MigrationEngine(
    platform: .ganeti, setUpSeconds: setUpWhenUnpublished, switchoverSeconds: switchover,
    downtimeLimitSeconds: 0.03, takesDowntimeLimitPerMove: true, pausesAtTheLimit: true,
    stalling: .endless, stopRule: .qemuCapped, postCopySupport: .hostSetting, copiesStorageLive: false,
    streamMiBPerSecond: qemuStream, preCopyStreams: 1, capMiBPerSecond: 32,
    concurrency: Concurrency(perHostTotal: 1, cold: 1, live: 1, withStorage: 1))

  /// XCP-ng and XenServer.
  ///
  /// Pauses below a second (documentation); 1 s is taken. Under extreme load the VM is suspended for
  /// a while, which is not planned. Three storage migrations on a host (recalled); no published limit
  /// on others, and none on the rate of a stream.
  static let xcpng = MigrationEngine(
    platform: .xcpng, setUpSeconds: setUpWhenUnpublished, switchoverSeconds: switchover,
    downtimeLimitSeconds: 1, takesDowntimeLimitPerMove: false, pausesAtTheLimit: false,
    stalling: .endless, stopRule: .endOfRound, postCopySupport: .none, copiesStorageLive: true,
    streamMiBPerSecond: nil,
    preCopyStreams: 1, capMiBPerSecond: nil,
    concurrency: Concurrency(perHostTotal: 3, cold: 0, live: 0, withStorage: 1))

  /// KubeVirt.
  ///
  /// User guide, "Live Migration", and `pkg/virt-config`: 2 moves out of a node and 5 in the cluster, no cap
  /// (`bandwidthPerMigration` 0), auto-converge and post-copy off (`allowAutoConverge`, `allowPostCopy`), QEMU's limit
  /// of 300 ms for all moves. Eight channels (`parallelMultifdMigrationThreads`), one for a VM with a CPU limit, which
  /// an inventory does not say: four are counted on, what libvirt's runbook opens. Disks are copied under no running VM:
  /// volumes that a node does not share (not ReadWriteMany) make a VM not migratable.
  static let kubevirt = MigrationEngine(
    platform: .kubevirt, setUpSeconds: 7, switchoverSeconds: switchover, downtimeLimitSeconds: 0.3,
    takesDowntimeLimitPerMove: false, pausesAtTheLimit: true, stalling: .endless, stopRule: .qemuUncapped,
    postCopySupport: .atTimeout, copiesStorageLive: false, streamMiBPerSecond: qemuStream,
    preCopyStreams: 4, capMiBPerSecond: nil,
    concurrency: Concurrency(perHostOut: 2, fleetTotal: 5, cold: 0, live: 1, withStorage: 1),
    completionSecondsPerGiB: 150)
}
