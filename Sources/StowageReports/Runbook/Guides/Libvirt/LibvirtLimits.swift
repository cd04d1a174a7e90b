import StowageModel

/// Limits that libvirt is told of a move, by the figures that the cost model reckons with.
struct LibvirtLimits {
  /// QEMU's own limit for the last copy, in ms (qemu/migration/options.c).
  private static let defaultDowntimeMilliseconds = 300.0
  /// What switching over takes on top of the last copy, in ms (chosen: about 0.1 s of device state).
  private static let switchoverMilliseconds = 100.0
  /// Payload of one QEMU stream in MiB/s: 3.6 Gb/s (osic/benchmarking_live-migration, timed moves).
  private static let streamMiBPerSecond = 429.0
  /// Streams that pre-copy opens for faster paths, where the plan's calibration states no other number.
  private static let streams = 4.0

  let move: Move
  let vm: VM?
  let copiesDisks: Bool
  let calibration: Calibration?

  /// `--bandwidth` in whole MiB/s, rounded down: links are shared to the last unit.
  var bandwidth: Int {
    guard move.rateMiBPerSecond.isFinite, move.rateMiBPerSecond < 1e9 else { return 1 }
    return max(1, Int(move.rateMiBPerSecond.rounded(.down)))
  }

  /// The longest last copy, in whole ms: QEMU's limit, or what the VM's own limit leaves for it.
  var downtimeMilliseconds: Int {
    guard let most = vm?.maxDowntimeMilliseconds, most.isFinite else {
      return Int(Self.defaultDowntimeMilliseconds)
    }
    let own = max(1, most - Self.switchoverMilliseconds)
    return Int(min(Self.defaultDowntimeMilliseconds, own).rounded(.down))
  }

  /// Options for several connections, where one stream cannot carry the planned rate. A disk
  /// travels in one stream, and post-copy takes no more than one before QEMU 10.1.
  private var parallelOptions: [String] {
    if move.aid == .streams { return Self.parallel(PreCopyAid.streamCount) }
    let stream = calibration?.constants[.stream] ?? Self.streamMiBPerSecond
    let stated = calibration?.constants[.streams] ?? Self.streams
    let streams = Int(min(255, max(1, stated.isFinite ? stated.rounded() : 1)))
    guard move.technique == .preCopy, !copiesDisks, streams > 1, move.rateMiBPerSecond > stream else {
      return []
    }
    return Self.parallel(streams)
  }

  private static func parallel(_ streams: Int) -> [String] {
    ["--parallel", "--parallel-connections", "\(streams)"]
  }

  /// What a pre-copy is helped along by.
  var aidOptions: [String] {
    parallelOptions + (move.aid == .autoConverge ? ["--auto-converge"] : [])
  }

  /// When to give up on a pre-copy that does not end: twice the longest expected time, at least 60 s.
  var patienceSeconds: Int {
    let longest = move.estimate?.highSeconds ?? (move.endSeconds - move.startSeconds)
    return Int(min(86_400 * 7, max(60, 2 * longest)).rounded(.up))
  }
}
