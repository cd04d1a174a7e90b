import StowageDiagnostics
import StowageModel

/// Reads calibrations, in files and in plans.
struct CalibrationDecoder {
  /// The name and version of the form.
  static let schema = "stowage.calibration/v1"

  /// What is wrong with the document.
  private(set) var log = DiagnosticLog()

  /// The document, or `nil` when it cannot be used.
  mutating func decode(_ root: DocumentNode) -> CalibrationDocument? {
    let fields = PlanFields(root, "the calibration", code: .calibrationBadValue, into: &log)
    guard !log.hasErrors else { return nil }
    let schema = fields.text("schema", into: &log)
    guard schema == Self.schema else {
      let found = schema.map { "the schema is \(Diagnostic.quoted($0))" } ?? "there is no 'schema'"
      log.report(
        .calibrationSchema, .error, at: fields.node("schema")?.place ?? fields.place,
        "\(found); this version reads '\(Self.schema)'", remedy: "write \"schema\": \"\(Self.schema)\"")
      return nil
    }
    let platform: Platform? = fields.requiredChoice("platform", into: &log)
    let measured = fields.object("measured", into: &log)
    let constants = fields.object("constants", into: &log).map {
      Self.constants($0, isBounded: true, of: platform, into: &log)
    }
    if constants?.isEmpty ?? true {
      log.report(
        .calibrationBadValue, .error, at: fields.place, "the calibration has no constants",
        remedy: "fit them with `stowage calibrate`")
    }
    guard let platform, let constants, !log.hasErrors else { return nil }
    return CalibrationDocument(
      generator: fields.text("generator", into: &log) ?? "", platform: platform,
      measuredSHA256: measured?.text("sha256", into: &log) ?? "",
      moves: measured?.count("moves", into: &log) ?? 0, guests: measured?.count("guests", into: &log) ?? 0,
      constants: constants, errors: errors(fields))
  }

  private mutating func errors(_ fields: PlanFields) -> [CalibrationError] {
    var errors: [CalibrationError] = []
    for node in fields.list("errors", into: &log) {
      let item = PlanFields(node, "an entry of 'errors'", code: .calibrationBadValue, into: &log)
      let technique: Technique? = item.requiredChoice("technique", into: &log)
      let figure: CalibrationError.Figure? = item.requiredChoice("figure", into: &log)
      let moves = item.count("moves", into: &log)
      let before = item.requiredNumber("before", into: &log)
      let fitted = item.requiredNumber("fitted", into: &log)
      let validated = item.requiredNumber("cross_validated", into: &log)
      guard let technique, let figure, let before, let fitted, let validated else { continue }
      errors.append(
        CalibrationError(
          technique: technique, figure: figure, moves: moves ?? 0, before: before, fitted: fitted,
          crossValidated: validated))
    }
    return errors
  }

  /// The constants of an object.
  ///
  /// - Parameters:
  ///   - fields: the object.
  ///   - isBounded: whether what is out of range is reported here; of a plan the verifier says so.
  ///   - platform: whose settings they may be; of a plan the verifier says so.
  ///   - log: where to.
  /// - Returns: what can be used of them.
  static func constants(
    _ fields: PlanFields, isBounded: Bool, of platform: Platform? = nil, into log: inout DiagnosticLog
  ) -> [Calibration.Constant: Double] {
    var constants: [Calibration.Constant: Double] = [:]
    for member in fields.members {
      guard let constant = Calibration.Constant(rawValue: member.key) else {
        let names = Calibration.Constant.allCases.map(\.rawValue)
        log.report(
          fields.code, .error, at: member.place,
          "there is no constant \(Diagnostic.quoted(member.key)) to calibrate",
          remedy: Suggestion.remedy(
            for: member.key, among: names, otherwise: "use \(names.joined(separator: ", "))"))
        continue
      }
      if let platform, !constant.isKnown(to: platform) {
        log.report(
          fields.code, .error, at: member.place,
          "\(member.key) is no setting of a site with \(platform.rawValue)", remedy: "take it out")
      }
      guard let value = fields.number(member.key, into: &log) else { continue }
      let range = constant.range
      if isBounded, !range.contains(value) {
        log.report(
          fields.code, .error, at: member.value.place,
          "\(member.key) is \(DecimalText.of(value))",
          remedy:
            "write a number from \(DecimalText.of(range.lowerBound)) to \(DecimalText.of(range.upperBound))")
        continue
      }
      constants[constant] = value
    }
    return constants
  }
}
