public import StowageModel

extension PreCopyAid {
  /// What a platform's pre-copy can be helped by that it does not do by itself.
  ///
  /// libvirt: options of a move. Nova, KubeVirt and Ganeti: settings of the site (`live_migration_permit_auto_converge`,
  /// `allowAutoConverge`, `migration_caps`). Proxmox has auto-converge and XBZRLE on; VMware and Hyper-V adapt by
  /// themselves.
  public static func offered(by platform: Platform) -> [PreCopyAid] {
    switch platform {
    case .libvirt: [.streams, .zstd, .xbzrle, .autoConverge, .dirtyLimit]
    case .ganeti: [.xbzrle, .autoConverge]
    case .openstack, .kubevirt: [.autoConverge]
    case .vmware, .hyperv, .proxmox, .xcpng: []
    }
  }

  /// Those of them that a plan may rely on, in the order in which equal ones are taken.
  ///
  /// A move must be able to ask for it: virsh(1) has `--parallel-connections` and `--auto-converge`; elsewhere it is a setting
  /// of the site. And what it does must follow from the inventory: how far pages pack (zstd, XBZRLE) is in none. For
  /// dirty-limit virsh has no option.
  public static func planned(on engine: MigrationEngine) -> [PreCopyAid] {
    guard engine.platform == .libvirt else { return [] }
    return engine.areStreamsStated ? [.autoConverge] : [.streams, .autoConverge]
  }
}

extension MigrationEngine {
  /// The engine with an aid for a VM.
  func aided(by aid: PreCopyAid, _ vm: VM, _ memory: MemoryProfile) -> MigrationEngine {
    var engine = self
    switch aid {
    case .streams: engine.preCopyStreams = PreCopyAid.streamCount
    case .zstd:
      engine.preCopyStreams = PreCopyAid.streamCount
      engine.reduction = zstd(threads: PreCopyAid.streamCount)
    case .xbzrle:
      // It and multifd exclude each other.
      engine.preCopyStreams = 1
      engine.reduction = xbzrle(memory)
    case .autoConverge: engine.stalling = .throttles
    case .dirtyLimit:
      engine.stalling = .limitsDirtying(
        mibPerSecond: constants.aid.dirtyLimitMiBPerSecond * max(1, vm.vCPUs.isFinite ? vm.vCPUs : 1))
    }
    return engine
  }

  private func zstd(threads: Int) -> PageReduction {
    PageReduction(
      firstRatio: constants.aid.zstdRatio, againRatio: constants.aid.zstdRatio,
      mostMiBPerSecond: constants.aid.zstdMiBPerSecond * Double(threads),
      cpuSecondsPerMiB: 1 / constants.aid.zstdMiBPerSecond, encodesFirst: true)
  }

  /// What lies in the cache is sent as what changed; of a working set that is larger, only as much as fits. One that is
  /// swept through in order throws out of the cache what it needs next.
  private func xbzrle(_ memory: MemoryProfile) -> PageReduction {
    let cache = constants.aid.deltaCacheMiB
    let set = memory.workingSetMiB
    let isSwept = memory.pattern == .sequential
    let hits = set <= cache ? 1 : isSwept ? 0 : cache / set
    return PageReduction(
      firstRatio: 1, againRatio: 1 / (1 - hits + hits / constants.aid.deltaRatio),
      mostMiBPerSecond: constants.aid.deltaMiBPerSecond,
      cpuSecondsPerMiB: 1 / constants.aid.deltaMiBPerSecond, encodesFirst: false)
  }
}

extension MigrationModel {
  /// The model of moves of a VM that are helped along by an aid; of `nil`, this one.
  public func aided(by aid: PreCopyAid?, _ vm: VM) -> MigrationModel {
    guard let aid else { return self }
    let memory = MigrationSubject(vm, unknown: engine.constants.unknown).memory
    return MigrationModel(engine: engine.aided(by: aid, vm, memory))
  }
}
