import StowageDiagnostics
import StowageModel

/// Reads the moves of a plan.
struct MoveDecoder {
  private var firstPlaces: [Move.ID: SourcePlace] = [:]
  private var waves: [Move.ID: Int] = [:]

  /// The moves that could be read, in the order of the document.
  mutating func decode(_ nodes: [DocumentNode], into log: inout DiagnosticLog) -> [Move] {
    var moves: [Move] = []
    moves.reserveCapacity(nodes.count)
    for (position, node) in nodes.enumerated() {
      if let move = decode(node, number: position + 1, into: &log) { moves.append(move) }
    }
    return moves
  }

  private mutating func decode(_ node: DocumentNode, number: Int, into log: inout DiagnosticLog) -> Move? {
    let fields = PlanFields(node, "move \(number)", into: &log)
    guard case .object = node.value else { return nil }
    let id = Move.ID(fields.text("id", into: &log) ?? Self.defaultID(number))
    checkUnique(id, at: node.place, into: &log)
    let vm = fields.requiredText("vm", into: &log)
    let from = fields.requiredText("from", into: &log)
    let to = fields.requiredText("to", into: &log)
    let technique: Technique? = fields.requiredChoice("technique", into: &log)
    let start = fields.requiredNumber("start_s", into: &log)
    let end = fields.requiredNumber("end_s", into: &log)
    let rate = fields.requiredNumber("rate_mib_per_s", into: &log)
    let after = fields.words("after", into: &log).map { Move.ID($0) }
    let wave = fields.count("wave", least: 1, into: &log) ?? defaultWave(after)
    waves[id] = wave
    guard let vm, let from, let to, let technique, let start, let end, let rate else { return nil }
    let charges = decodeCharges(fields, technique, start: start, end: end, into: &log)
    var move = Move(
      id: id, vm: VM.ID(vm), from: Host.ID(from), to: Host.ID(to), technique: technique, wave: wave,
      startSeconds: start, endSeconds: end, sourceReleasedSeconds: charges.sourceReleased,
      targetReservedSeconds: charges.targetReserved, rateMiBPerSecond: rate,
      links: fields.words("links", into: &log), after: after, estimate: decodeEstimate(fields, into: &log),
      seed: decodeSeed(fields, into: &log), reason: fields.text("reason", into: &log) ?? "",
      rejected: decodeRejected(fields, into: &log))
    move.aid = fields.choice("aid", into: &log)
    move.datastore = fields.text("datastore", into: &log)
    return move
  }

  /// A live move charges both ends from start to end by definition; for a cold move the plan must
  /// say when the source is free and from when the target is taken.
  private func decodeCharges(
    _ fields: PlanFields, _ technique: Technique, start: Double, end: Double, into log: inout DiagnosticLog
  ) -> (sourceReleased: Double, targetReserved: Double) {
    if technique.isLive {
      return (
        fields.number("source_released_s", into: &log) ?? end,
        fields.number("target_reserved_s", into: &log) ?? start
      )
    }
    return (
      fields.requiredNumber("source_released_s", into: &log) ?? end,
      fields.requiredNumber("target_reserved_s", into: &log) ?? start
    )
  }

  private func decodeEstimate(_ fields: PlanFields, into log: inout DiagnosticLog) -> MoveEstimate? {
    guard let estimate = fields.object("estimate", into: &log) else { return nil }
    let bytes = estimate.requiredNumber("bytes_mib", into: &log)
    let downtime = estimate.requiredNumber("downtime_ms", into: &log)
    let rounds = estimate.count("rounds", into: &log)
    let low = estimate.number("low_s", into: &log)
    let high = estimate.number("high_s", into: &log)
    let slowdown = estimate.number("guest_slowdown_s", into: &log)
    let loss = estimate.number("loss_probability", greatest: 1, into: &log)
    guard let bytes, let downtime else { return nil }
    var decoded = MoveEstimate(
      bytesMiB: bytes, downtimeMilliseconds: downtime, rounds: rounds ?? 0, lowSeconds: low ?? 0,
      highSeconds: high ?? 0, guestSlowdownSeconds: slowdown ?? 0, lossProbability: loss ?? 0)
    decoded.bytesRange = decodeRange(estimate, "bytes_low_mib", "bytes_high_mib", into: &log)
    decoded.downtimeRange = decodeRange(estimate, "downtime_low_ms", "downtime_high_ms", into: &log)
    decoded.cutOver = CutOver.read(estimate, into: &log)
    return decoded
  }

  /// Both ends, or neither: one without the other is no range.
  private func decodeRange(
    _ estimate: PlanFields, _ low: String, _ high: String, into log: inout DiagnosticLog
  ) -> FigureRange? {
    guard estimate.node(low) != nil || estimate.node(high) != nil else { return nil }
    // Both are read before either is missed, so that both are told.
    let least = estimate.requiredNumber(low, into: &log)
    let most = estimate.requiredNumber(high, into: &log)
    guard let least, let most else { return nil }
    return FigureRange(low: least, high: most)
  }

  private func decodeSeed(_ fields: PlanFields, into log: inout DiagnosticLog) -> Seed? {
    guard let seed = fields.object("seed", into: &log) else { return nil }
    let start = seed.requiredNumber("start_s", into: &log)
    let end = seed.requiredNumber("end_s", into: &log)
    let rate = seed.requiredNumber("rate_mib_per_s", into: &log)
    let change = seed.requiredNumber("change_mib_per_s", into: &log)
    let mib = seed.requiredNumber("mib", into: &log)
    let delta = seed.requiredNumber("delta_mib", into: &log)
    guard let start, let end, let rate, let change, let mib, let delta else { return nil }
    return Seed(
      startSeconds: start, endSeconds: end, rateMiBPerSecond: rate, changeMiBPerSecond: change, mib: mib,
      deltaMiB: delta)
  }

  private func decodeRejected(_ fields: PlanFields, into log: inout DiagnosticLog) -> [RejectedTechnique] {
    fields.list("rejected", into: &log).compactMap { node in
      let item = PlanFields(node, "a rejected technique", into: &log)
      guard let technique: Technique = item.requiredChoice("technique", into: &log) else { return nil }
      return RejectedTechnique(technique, because: item.text("because", into: &log) ?? "")
    }
  }

  private mutating func checkUnique(_ id: Move.ID, at place: SourcePlace, into log: inout DiagnosticLog) {
    guard let first = firstPlaces.updateValue(place, forKey: id) else { return }
    firstPlaces[id] = first
    log.report(
      .planBadValue, .error, at: place,
      "move \(Diagnostic.quoted(id.rawValue)) is there twice, first on line \(first.line ?? 0)",
      remedy: "give each move an id of its own")
  }

  /// One more than the highest wave among the moves waited for, as far as those came before.
  private func defaultWave(_ after: [Move.ID]) -> Int {
    1 + (after.compactMap { waves[$0] }.max() ?? 0)
  }

  /// The id of a move that has none: `m0001`, `m0002`, …
  private static func defaultID(_ number: Int) -> String {
    let digits = String(number)
    return "m" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
