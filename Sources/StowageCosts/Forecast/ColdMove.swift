import StowageModel

/// A VM moved while it does not run: numbers only.
///
/// Running: shut down, [copy, convert], take over, boot. Off: [copy, convert], take over. The pause of a VM that runs
/// is the whole move, and until clients follow and it was seen to; a VM that is off has none.
struct ColdMove {
  let setUpSeconds: Double
  let isRunning: Bool
  /// Disk to copy, in MiB.
  let diskMiB: Double
  let rate: Double
  let shutdownSeconds: Double
  let bootSeconds: Double
  /// What is added where disks go along.
  var policy = CutOverPolicy()

  private var shutdown: Double { isRunning ? shutdownSeconds : 0 }
  private var boot: Double { isRunning ? bootSeconds : 0 }
  private var copy: Double { PostCopy.seconds(toSend: diskMiB, rate: rate) }

  var totalSeconds: Double { shutdown + setUpSeconds + copy + policy.convertSeconds + boot }
  var downtimeSeconds: Double {
    isRunning ? totalSeconds + policy.networkSeconds + policy.validationSeconds : 0
  }

  /// The parts of the pause of a VM that runs.
  var cutOver: CutOver? {
    guard isRunning, totalSeconds.isFinite else { return nil }
    return CutOver(
      shutdownSeconds: shutdown, deltaSeconds: setUpSeconds + copy, convertSeconds: policy.convertSeconds,
      bootSeconds: boot, networkSeconds: policy.networkSeconds,
      validationSeconds: policy.validationSeconds)
  }

  /// After the shutdown, or after the copy when there is one: until then the source keeps the disk,
  /// and the VM can start there again when the copy fails.
  var sourceReleasedAfterSeconds: Double { diskMiB > 0 ? shutdown + setUpSeconds + copy : shutdown }

  /// When the VM boots at the target, or is registered there.
  var targetReservedAfterSeconds: Double { shutdown + setUpSeconds + copy + policy.convertSeconds }
}
