public import StowageDiagnostics
public import StowageModel

/// The document `stowage.recovery/v1`.
public enum RecoveryDocument {
  /// The name and version of the form.
  public static let schema = "stowage.recovery/v1"

  /// The recovery plan that a document holds, `nil` when it cannot be used, and what is wrong with it.
  public static func decode(
    _ bytes: [UInt8], file: String = "recovery.json"
  ) -> (plan: RecoveryPlan?, log: DiagnosticLog) {
    var log = DiagnosticLog()
    guard let source = SourceText.decode(bytes, file: file, log: &log),
      let root = JSONValue.parse(source, log: &log), !log.hasErrors
    else { return (nil, log) }
    var decoder = RecoveryDecoder()
    let plan = decoder.decode(DocumentNode(root, file: file))
    log.merge(decoder.log)
    return (log.hasErrors ? nil : plan, log)
  }

  /// The document of a recovery plan: the same bytes for the same plan, on every machine.
  public static func encode(_ plan: RecoveryPlan) -> [UInt8] {
    RecoveryEncoder.encode(plan)
  }
}
