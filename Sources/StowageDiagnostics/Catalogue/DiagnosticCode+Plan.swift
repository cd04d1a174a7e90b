// Problems of a plan document: its form. What is wrong with its content is a verification finding.
extension DiagnosticCode {
  /// The document's `schema` is missing or not `stowage.plan/v1`.
  public static let planSchema = DiagnosticCode(rawValue: "plan.schema")
  /// A value of the plan is missing, of the wrong type or out of range.
  public static let planBadValue = DiagnosticCode(rawValue: "plan.bad-value")
  /// A command-line option contradicts the inventory, such as a host to drain that does not exist.
  public static let planBadRequest = DiagnosticCode(rawValue: "plan.bad-request")

  static let planCodes: [DiagnosticCode] = [.planSchema, .planBadValue, .planBadRequest]
}
