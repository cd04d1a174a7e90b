public import StowageDiagnostics

/// Reads the values of a JSON or YAML document as what they must be, and reports those that are not.
///
/// A member that is absent or `null` is `nil`: unknown. Nothing is thrown: every problem goes to the
/// log with its place, and the value is `nil`.
public struct DocumentReader: Sendable {
  /// The file as the operator named it.
  public let file: String
  /// The code under which values of a wrong type or range are reported, such as `rules.bad-value`.
  public let badValue: DiagnosticCode

  /// A reader of the document in `file`.
  public init(file: String, badValue: DiagnosticCode) {
    self.file = file
    self.badValue = badValue
  }

  /// The place of a position in the document.
  public func place(_ position: TextPosition) -> SourcePlace {
    SourcePlace(file: file, line: position.line, column: position.column)
  }

  /// Reports a value that is not what it must be; `expected` completes "must be …".
  public func reportBadValue(
    _ value: JSONValue, _ key: String, mustBe expected: String, log: inout DiagnosticLog
  ) {
    log.report(
      badValue, .error, at: place(value.position),
      "\(Diagnostic.quoted(key)) must be \(expected), and \(shown(value)) stands there",
      remedy: "write \(expected)")
  }

  /// Reports a member that must be there and is not.
  public func reportMissing(_ key: String, in value: JSONValue, log: inout DiagnosticLog) {
    log.report(
      badValue, .error, at: place(value.position), "\(Diagnostic.quoted(key)) is missing", remedy: "add it")
  }

  private func shown(_ value: JSONValue) -> String {
    switch value.content {
    case .string(let text): Diagnostic.quoted(text)
    case .number(let number): number.text.utf8.count <= 30 ? number.text : value.kindName
    case .boolean(let flag): "\(flag)"
    default: value.kindName
    }
  }
}

extension DocumentReader {
  /// The members of a value that must be an object.
  public func object(_ value: JSONValue, named name: String, log: inout DiagnosticLog) -> JSONObject? {
    if let object = value.object { return object }
    reportBadValue(value, name, mustBe: "an object", log: &log)
    return nil
  }

  /// The member of an object; `nil` when it is absent or `null`.
  public func member(_ object: JSONObject, _ key: String) -> JSONValue? {
    guard let value = object[key], !value.isNull else { return nil }
    return value
  }

  /// The text of a member.
  public func string(_ object: JSONObject, _ key: String, log: inout DiagnosticLog) -> String? {
    guard let value = member(object, key) else { return nil }
    if let text = value.string { return text }
    reportBadValue(value, key, mustBe: "a text", log: &log)
    return nil
  }

  /// The boolean of a member.
  public func boolean(_ object: JSONObject, _ key: String, log: inout DiagnosticLog) -> Bool? {
    guard let value = member(object, key) else { return nil }
    if let flag = value.boolean { return flag }
    reportBadValue(value, key, mustBe: "true or false", log: &log)
    return nil
  }

  /// The number of a member, within `range`.
  public func number(
    _ object: JSONObject, _ key: String, in range: ClosedRange<Double> = 0...1e15, log: inout DiagnosticLog
  ) -> Double? {
    guard let value = member(object, key) else { return nil }
    if let number = value.number, range.contains(number) { return number }
    let bounds = "\(DecimalText.of(range.lowerBound)) to \(DecimalText.of(range.upperBound))"
    reportBadValue(value, key, mustBe: "a number from \(bounds)", log: &log)
    return nil
  }

  /// The whole number of a member, within `range`.
  public func integer(
    _ object: JSONObject, _ key: String, in range: ClosedRange<Int> = 0...1_000_000_000_000_000,
    log: inout DiagnosticLog
  ) -> Int? {
    guard let value = member(object, key) else { return nil }
    if let number = value.number, let whole = Int(exactly: number), range.contains(whole) { return whole }
    reportBadValue(
      value, key, mustBe: "a whole number from \(range.lowerBound) to \(range.upperBound)", log: &log)
    return nil
  }

  /// The elements of a member.
  public func array(_ object: JSONObject, _ key: String, log: inout DiagnosticLog) -> [JSONValue]? {
    guard let value = member(object, key) else { return nil }
    if let values = value.array { return values }
    reportBadValue(value, key, mustBe: "a list", log: &log)
    return nil
  }

  /// The texts of a member that is a list of texts; elements that are none are reported and left out.
  public func strings(_ object: JSONObject, _ key: String, log: inout DiagnosticLog) -> [String]? {
    array(object, key, log: &log)?.compactMap { value in
      if let text = value.string { return text }
      reportBadValue(value, key, mustBe: "a list of texts", log: &log)
      return nil
    }
  }

  /// The value whose name a member holds.
  ///
  /// The names are listed in a report in their order.
  public func choice<Value>(
    _ object: JSONObject, _ key: String, _ names: [(name: String, value: Value)], log: inout DiagnosticLog
  ) -> Value? {
    guard let word = string(object, key, log: &log), let value = member(object, key) else { return nil }
    if let match = names.first(where: { $0.name == word }) { return match.value }
    let all = names.map(\.name)
    let nearest = Suggestion.nearest(to: word, among: all)
    log.report(
      badValue, .error, at: place(value.position),
      "\(Diagnostic.quoted(key)) is \(Diagnostic.quoted(word)), and none of \(all.joined(separator: ", "))",
      remedy: nearest.map { "write '\($0)', if that is what is meant" } ?? "write one of them")
    return nil
  }

  /// Reports, under `code`, the keys of an object that are none of `known`.
  public func checkKeys(
    _ object: JSONObject, known: [String], code: DiagnosticCode, severity: Severity = .error,
    log: inout DiagnosticLog
  ) {
    let names = Set(known)
    for member in object.members where !names.contains(member.key) {
      let nearest = log.keeps(code) ? Suggestion.nearest(to: member.key, among: known) : nil
      log.report(
        code, severity, at: place(member.keyPosition),
        "the key \(Diagnostic.quoted(member.key)) is not known",
        remedy: nearest.map { "write '\($0)', if that is what is meant" } ?? "remove it")
    }
  }
}
