// Problems of the rules file.
extension DiagnosticCode {
  /// The document's `schema` is missing or not `stowage.rules/v1`.
  public static let ruleSchema = DiagnosticCode(rawValue: "rules.schema")
  /// A key that no rule has; it may be misspelt.
  public static let ruleUnknownKey = DiagnosticCode(rawValue: "rules.unknown-key")
  /// A kind that Stowage does not know.
  public static let ruleUnknownKind = DiagnosticCode(rawValue: "rules.unknown-kind")
  /// A value of a rule is missing, of the wrong type or out of range.
  public static let ruleBadValue = DiagnosticCode(rawValue: "rules.bad-value")
  /// Two rules share an id.
  public static let ruleDuplicateID = DiagnosticCode(rawValue: "rules.duplicate-id")
  /// A rule selects no VM or no host.
  public static let ruleSelectsNobody = DiagnosticCode(rawValue: "rules.selects-nobody")
  /// Rules that cannot hold together whatever the placement.
  public static let ruleContradiction = DiagnosticCode(rawValue: "rules.contradiction")
  /// A rule is broken by the fleet as it is.
  public static let ruleBroken = DiagnosticCode(rawValue: "rules.broken")

  static let ruleCodes: [DiagnosticCode] = [
    .ruleSchema, .ruleUnknownKey, .ruleUnknownKind, .ruleBadValue, .ruleDuplicateID, .ruleSelectsNobody,
    .ruleContradiction, .ruleBroken,
  ]
}
