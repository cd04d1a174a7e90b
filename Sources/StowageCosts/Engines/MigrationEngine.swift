public import StowageModel

/// How a platform migrates: its constants, as data. The values and their sources are in
/// `MigrationEngine+Table.swift`.
public struct MigrationEngine: Hashable, Sendable {
  /// Whether the platform can switch a VM over before its memory has arrived.
  public enum PostCopySupport: String, Hashable, Sendable {
    /// On request, for each move.
    case onRequest
    /// A setting of the hosts, off by default; taken as off.
    case hostSetting
    /// Not at all.
    case none
  }

  /// The platform.
  public let platform: Platform
  /// Between the command and the first byte, in s: orchestration, start of the receiving process.
  public let setUpSeconds: Double
  /// Device state and network announcement at the end of pre-copy, in s.
  public let switchoverSeconds: Double
  /// The longest last copy that pre-copy accepts, in s.
  public let downtimeLimitSeconds: Double
  /// Whether a move can be given a shorter limit than ``downtimeLimitSeconds``.
  public let takesDowntimeLimitPerMove: Bool
  /// Whether pre-copy pauses the VM as soon as the rest fits into the limit, not only at the end of a
  /// round: the pause then is about the limit, however little is left.
  public let pausesAtTheLimit: Bool
  /// What pre-copy does when rounds do not shrink.
  public let stalling: PreCopy.Stalling
  /// When pre-copy looks whether the rest fits into the limit.
  public let stopRule: StopRule
  /// Whether post-copy and hybrid are on offer.
  public let postCopySupport: PostCopySupport
  /// Whether disks can be copied under a running VM.
  public let copiesStorageLive: Bool
  /// The most that one stream carries, in MiB/s of payload; `nil` when no such limit is known.
  public let streamMiBPerSecond: Double?
  /// Streams that pre-copy opens between two hosts.
  public let preCopyStreams: Int
  /// Cap on a move that the platform sets by default, in MiB/s; `nil` for none.
  public let capMiBPerSecond: Double?
  /// How many moves may run at once.
  public let concurrency: Concurrency

  /// Whether post-copy and hybrid may be planned.
  public var supportsPostCopy: Bool { postCopySupport == .onRequest }

  /// Whether a guest that dirties memory too fast is slowed down.
  var slowsGuestsDown: Bool { stalling == .throttles || stalling == .throttlesAndDoublesLimit }

  /// How the downtime limit grows on this platform.
  ///
  /// Nova: ten steps, `live_migration_downtime_delay` 75 s for each GiB apart, counted for at least 2 GiB
  /// (nova/conf/libvirt.py, virt/libvirt/migration.py); the others keep theirs.
  func limitSchedule(memoryMiB: Double) -> LimitSchedule {
    guard platform == .openstack else { return .fixed }
    return .steps(count: 10, secondsEach: 75 * max(2, memoryMiB / 1024))
  }

  /// When the platform gives a pre-copy up, in s: Nova after 800 s for each GiB, at least two
  /// (`live_migration_completion_timeout`); the others never.
  func abortSeconds(memoryMiB: Double) -> Double {
    platform == .openstack ? 800 * max(2, memoryMiB / 1024) : .infinity
  }

  /// The most that a move by `technique` takes of its path, in MiB/s; infinite where no limit is known.
  ///
  /// Several streams carry memory only: a disk travels in one.
  public func rateLimit(_ technique: Technique, storage: StorageCopy = .none) -> Double {
    let streams = technique == .preCopy && storage == .none ? preCopyStreams : 1
    let streamed = streamMiBPerSecond.map { $0 * Double(streams) } ?? .infinity
    return min(streamed, capMiBPerSecond ?? .infinity)
  }
}
