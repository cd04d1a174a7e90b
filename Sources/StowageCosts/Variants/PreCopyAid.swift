public import StowageModel

/// Something that a platform can do for a pre-copy beside its defaults.
public enum PreCopyAid: Hashable, Sendable {
  /// So many streams (multifd; libvirt's `--parallel-connections`).
  case streams(Int)
  /// Pages packed by so many threads, one for each stream (multifd with zstd).
  case zstd(streams: Int)
  /// Pages sent again as what changed in them (XBZRLE); one stream.
  case xbzrle
  /// The guest slowed down in steps until rounds shrink (`auto-converge`).
  case autoConverge
  /// The vCPUs that write held to a rate (`dirty-limit`).
  case dirtyLimit

  /// What a platform's pre-copy can be helped by that it does not do by itself.
  ///
  /// libvirt: options of a move. Nova, KubeVirt and Ganeti: settings of the site (`live_migration_permit_auto_converge`,
  /// `allowAutoConverge`, `migration_caps`). Proxmox has auto-converge and XBZRLE on; VMware and Hyper-V adapt by
  /// themselves.
  public static func offered(by platform: Platform) -> [PreCopyAid] {
    switch platform {
    case .libvirt: [.streams(8), .zstd(streams: 8), .xbzrle, .autoConverge, .dirtyLimit]
    case .ganeti: [.xbzrle, .autoConverge]
    case .openstack, .kubevirt: [.autoConverge]
    case .vmware, .hyperv, .proxmox, .xcpng: []
    }
  }
}

extension MigrationEngine {
  /// The engine with an aid for a VM.
  func aided(by aid: PreCopyAid, _ vm: VM, _ memory: MemoryProfile) -> MigrationEngine {
    var engine = self
    switch aid {
    case .streams(let count): engine.preCopyStreams = count
    case .zstd(let count):
      engine.preCopyStreams = count
      engine.reduction = zstd(threads: count)
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
