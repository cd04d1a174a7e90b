import StowageModel

extension CutOver {
  /// The parts that take time, in their order: `shutdown 30.0 s, last changes 12.0 s, boot 1 min 00 s`.
  var words: String {
    [
      ("shutdown", shutdownSeconds), ("last changes", deltaSeconds), ("conversion", convertSeconds),
      ("boot", bootSeconds), ("until clients follow", networkSeconds), ("check", validationSeconds),
    ].filter { $0.1 > 0 }.map { "\($0.0) \(Units.duration(seconds: $0.1))" }.joined(separator: ", ")
  }
}
