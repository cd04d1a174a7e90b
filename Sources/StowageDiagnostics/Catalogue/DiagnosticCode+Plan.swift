// Problems of a plan document: its form. What is wrong with its content is a verification finding.
extension DiagnosticCode {
  /// The document's `schema` is missing or not `stowage.plan/v1`.
  public static let planSchema = DiagnosticCode(rawValue: "plan.schema")
  /// A value of the plan is missing, of the wrong type or out of range.
  public static let planBadValue = DiagnosticCode(rawValue: "plan.bad-value")
  /// A command-line option contradicts the inventory, such as a host to drain that does not exist.
  public static let planBadRequest = DiagnosticCode(rawValue: "plan.bad-request")
  /// A line of a journal is no entry, or its outcome is no outcome.
  public static let journalBadValue = DiagnosticCode(rawValue: "journal.bad-value")
  /// A journal speaks of a step that the plan does not have.
  public static let journalUnknownStep = DiagnosticCode(rawValue: "journal.unknown-step")

  /// The document's `schema` is missing or not `stowage.calibration/v1`.
  public static let calibrationSchema = DiagnosticCode(rawValue: "calibration.schema")
  /// A value of a calibration is missing, of the wrong type or out of range.
  public static let calibrationBadValue = DiagnosticCode(rawValue: "calibration.bad-value")
  /// A calibration is for another platform.
  public static let calibrationPlatform = DiagnosticCode(rawValue: "calibration.platform")
  /// There are too few measured migrations to fit anything to.
  public static let calibrationTooLittle = DiagnosticCode(rawValue: "calibration.too-little")

  static let planCodes: [DiagnosticCode] = [
    .planSchema, .planBadValue, .planBadRequest, .journalBadValue, .journalUnknownStep,
    .calibrationSchema, .calibrationBadValue, .calibrationPlatform, .calibrationTooLittle,
  ]
}
