import StowageModel

/// Writes a move as an object.
enum MoveEncoder {
  /// Writes one move.
  static func write(_ move: Move, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("id", move.id.rawValue)
      writer.member("vm", move.vm.rawValue)
      writer.member("from", move.from.rawValue)
      writer.member("to", move.to.rawValue)
      writer.member("technique", move.technique.rawValue)
      if let aid = move.aid { writer.member("aid", aid.rawValue) }
      writer.member("wave", move.wave)
      writer.member("start_s", move.startSeconds)
      writer.member("end_s", move.endSeconds)
      writer.member("source_released_s", move.sourceReleasedSeconds)
      writer.member("target_reserved_s", move.targetReservedSeconds)
      writer.member("rate_mib_per_s", move.rateMiBPerSecond)
      writer.member("links", move.links)
      writer.member("after", move.after.map(\.rawValue))
      if let estimate = move.estimate { writer.object("estimate") { write(estimate, to: &$0) } }
      if let seed = move.seed { writer.object("seed") { write(seed, to: &$0) } }
      if let datastore = move.datastore { writer.member("datastore", datastore) }
      writer.member("reason", move.reason)
      write(move.rejected, to: &writer)
    }
  }

  private static func write(_ estimate: MoveEstimate, to writer: inout JSONWriter) {
    writer.member("bytes_mib", estimate.bytesMiB)
    if let range = estimate.bytesRange {
      writer.member("bytes_low_mib", range.low)
      writer.member("bytes_high_mib", range.high)
    }
    writer.member("downtime_ms", estimate.downtimeMilliseconds)
    if let range = estimate.downtimeRange {
      writer.member("downtime_low_ms", range.low)
      writer.member("downtime_high_ms", range.high)
    }
    writer.member("rounds", estimate.rounds)
    writer.member("low_s", estimate.lowSeconds)
    writer.member("high_s", estimate.highSeconds)
    writer.member("guest_slowdown_s", estimate.guestSlowdownSeconds)
    writer.member("loss_probability", estimate.lossProbability)
    estimate.cutOver?.write(to: &writer)
  }

  private static func write(_ seed: Seed, to writer: inout JSONWriter) {
    writer.member("start_s", seed.startSeconds)
    writer.member("end_s", seed.endSeconds)
    writer.member("rate_mib_per_s", seed.rateMiBPerSecond)
    writer.member("change_mib_per_s", seed.changeMiBPerSecond)
    writer.member("mib", seed.mib)
    writer.member("delta_mib", seed.deltaMiB)
  }

  private static func write(_ rejected: [RejectedTechnique], to writer: inout JSONWriter) {
    writer.array("rejected") { writer in
      for technique in rejected {
        writer.object { writer in
          writer.member("technique", technique.technique.rawValue)
          writer.member("because", technique.because)
        }
      }
    }
  }
}
