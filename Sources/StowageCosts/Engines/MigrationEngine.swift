public import StowageModel

/// How a platform migrates: its constants, as data. The values and their sources are in
/// `MigrationEngine+Table.swift`.
public struct MigrationEngine: Hashable, Sendable {
  /// Whether the platform can switch a VM over before its memory has arrived.
  public enum PostCopySupport: String, Hashable, Sendable {
    /// On request, for each move.
    case onRequest
    /// A setting of the hosts, off by default; taken as off unless both hosts say that it is on.
    case hostSetting
    /// Such a setting, and the platform switches by itself when a pre-copy has not ended in time (``abortSeconds``);
    /// no move begins with post-copy.
    case atTimeout
    /// Not at all.
    case none
  }

  /// The platform.
  public let platform: Platform
  /// Between the command and the first byte, in s: orchestration, start of the receiving process.
  public var setUpSeconds: Double
  /// Device state and network announcement at the end of pre-copy, in s.
  public var switchoverSeconds: Double
  /// The longest last copy that pre-copy accepts, in s.
  public var downtimeLimitSeconds: Double
  /// Whether a move can be given a shorter limit than ``downtimeLimitSeconds``.
  public var takesDowntimeLimitPerMove: Bool
  /// Whether pre-copy pauses the VM as soon as the rest fits into the limit, not only at the end of a
  /// round: the pause then is about the limit, however little is left.
  public var pausesAtTheLimit: Bool
  /// What pre-copy does when rounds do not shrink.
  public var stalling: PreCopy.Stalling
  /// When pre-copy looks whether the rest fits into the limit.
  public var stopRule: StopRule
  /// Whether post-copy and hybrid are on offer.
  public var postCopySupport: PostCopySupport
  /// Whether disks can be copied under a running VM.
  public var copiesStorageLive: Bool
  /// The most that one stream carries, in MiB/s of payload; `nil` when no such limit is known.
  public var streamMiBPerSecond: Double?
  /// Streams that pre-copy opens between two hosts.
  public var preCopyStreams: Int
  /// Whether a site has said how many streams pre-copy opens: then no move opens more.
  public var areStreamsStated = false
  /// Cap on a move that the platform sets by default, in MiB/s; `nil` for none.
  public var capMiBPerSecond: Double?
  /// How many moves may run at once.
  public var concurrency: Concurrency
  /// When the platform gives a pre-copy up, in s for each GiB that it counts (``abortSeconds(countedMiB:)``); `nil` for never.
  public var completionSecondsPerGiB: Double?
  /// What is done to pages of a pre-copy on their way.
  public var reduction = PageReduction.none
  /// CPU and device state before a post-copy switch-over, in s: 0.1 to 0.3 is published, 0.15 is taken.
  public var postCopyStateSeconds = 0.15
  /// Payload that arrives for each MiB of a rate as links are counted (``PayloadRate/efficiency``): 1 until a site
  /// has measured its own.
  public var goodput = 1.0
  /// What cold moves with disks add to downtimes; where it is there, forecasts tell the parts of a cut-over.
  public var cutOver: CutOverPolicy?
  /// Numbers that are no platform's own.
  public var constants = ModelConstants.standard

  /// The longest round trip in ms over which the platform moves running VMs; `nil` where none is stated.
  ///
  /// VMware: "a RTT (round-trip time) latency of 150 milliseconds or less, between hosts" (knowledge.broadcom.com
  /// 336244). Proxmox VE: a cluster "requires a reliable network with latencies under 5 milliseconds" (pve-docs, pvecm),
  /// and VMs move live within one.
  public var mostRoundTripMilliseconds: Double? {
    switch platform {
    case .vmware: 150
    case .proxmox: 5
    case .libvirt, .hyperv, .openstack, .ganeti, .xcpng, .kubevirt: nil
    }
  }

  /// Whether a guest that dirties memory too fast is slowed down.
  var slowsGuestsDown: Bool {
    switch stalling {
    case .throttles, .throttlesAndDoublesLimit, .limitsDirtying: true
    case .endless, .aborts, .stops: false
    }
  }

  /// How the downtime limit grows on this platform.
  ///
  /// Nova: ten steps, `live_migration_downtime_delay` 75 s for each GiB apart, counted for at least 2 GiB
  /// (nova/conf/libvirt.py, virt/libvirt/migration.py); the others keep theirs.
  func limitSchedule(countedMiB: Double) -> LimitSchedule {
    guard platform == .openstack else { return .fixed }
    return .steps(count: 10, secondsEach: 75 * max(2, countedMiB / 1024))
  }

  /// When the platform gives a pre-copy up, in s: Nova after 800 s for each GiB, at least two
  /// (`live_migration_completion_timeout`); KubeVirt after 150 s for each GB begun (`completionTimeoutPerGiB`,
  /// `pkg/virt-config/virt-config.go`; 800 in older versions), unless it switches to post-copy then; the others never. A site
  /// may have set other numbers (``completionSecondsPerGiB``).
  ///
  /// Both count the memory that the VM is given, used or not, and disks that travel along
  /// (nova/virt/libvirt/migration.py; `getVMIMigrationDataSize` in `pkg/virt-launcher/virtwrap`). KubeVirt's `progressTimeout` of
  /// 150 s ends moves whose rest has not fallen from one look to the next for so long: one that is dirtied again falls in every round.
  func abortSeconds(countedMiB: Double) -> Double {
    guard let each = completionSecondsPerGiB else { return .infinity }
    return platform == .kubevirt
      ? each * max(1, (countedMiB * 1_048_576 / 1e9).rounded(.up)) : each * max(2, countedMiB / 1024)
  }

  /// What arrives at a rate that links are charged, in MiB/s.
  func payload(_ charged: Double) -> Double { charged * goodput }

  /// The most that a move by `technique` takes of its path, in MiB/s; infinite where no limit is known.
  ///
  /// Counted as links are: where more or less of a link arrives than ``PayloadRate/efficiency``, that much less or
  /// more of it carries the same stream.
  /// Several streams carry memory only: a disk travels in one.
  public func rateLimit(_ technique: Technique, storage: StorageCopy = .none) -> Double {
    let streams = technique == .preCopy && storage == .none ? preCopyStreams : 1
    let streamed = streamMiBPerSecond.map { $0 * Double(streams) } ?? .infinity
    return min(streamed, capMiBPerSecond ?? .infinity) / goodput
  }
}
