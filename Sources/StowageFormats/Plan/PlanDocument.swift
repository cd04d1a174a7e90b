public import StowageDiagnostics
public import StowageModel

/// The document `stowage.plan/v1`.
public enum PlanDocument {
  /// The plan that a document holds, `nil` when it cannot be used, and what is wrong with it.
  ///
  /// What only Stowage writes may be missing: generator, digest, seed, options, outcome, objectives,
  /// estimates, reasons, rejected techniques, links, order, waves, schedule. What says who goes where,
  /// how and when must be there.
  public static func decode(_ bytes: [UInt8], file: String = "plan.json") -> (plan: Plan?, log: DiagnosticLog)
  {
    var log = DiagnosticLog()
    guard let source = SourceText.decode(bytes, file: file, log: &log),
      let root = JSONValue.parse(source, log: &log), !log.hasErrors
    else { return (nil, log) }
    var decoder = PlanDecoder()
    let plan = decoder.decode(DocumentNode(root, file: file))
    log.merge(decoder.log)
    return (log.hasErrors ? nil : plan, log)
  }

  /// The document of a plan: the same bytes for the same plan, on every machine.
  public static func encode(_ plan: Plan) -> [UInt8] {
    PlanEncoder.encode(plan)
  }
}
