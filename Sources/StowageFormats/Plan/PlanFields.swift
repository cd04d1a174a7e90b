import StowageDiagnostics
import StowageModel

/// Takes typed values out of the objects of a plan document, and reports what is missing or wrong.
struct PlanFields {
  private let fields: ObjectFields
  /// What the object is, as a sentence calls it: `move 'm0001'`.
  private let noun: String
  /// What problems are filed under.
  let code: DiagnosticCode

  /// The members of an object; none when the node is no object, which is reported.
  init(
    _ node: DocumentNode, _ noun: String, code: DiagnosticCode = .planBadValue, into log: inout DiagnosticLog
  ) {
    self.noun = noun
    self.code = code
    if case .object(let members) = node.value {
      fields = ObjectFields(members: members, place: node.place)
    } else {
      fields = ObjectFields(members: [], place: node.place)
      log.report(
        code, .error, at: node.place, "\(noun) is \(node.noun), not an object", remedy: "write { … }"
      )
    }
  }

  /// The members, in the order of the document.
  var members: [DocumentNode.Member] { fields.members }

  /// Where the object starts.
  var place: SourcePlace { fields.place }

  /// The value of a key, if it is there and not null.
  func node(_ key: String) -> DocumentNode? { fields[key] }

  /// Words that must be there.
  func requiredText(_ key: String, into log: inout DiagnosticLog) -> String? {
    guard fields[key] != nil else {
      reportMissing(key, into: &log)
      return nil
    }
    return text(key, into: &log)
  }

  /// Words, if they are there.
  func text(_ key: String, into log: inout DiagnosticLog) -> String? {
    guard let node = fields[key] else { return nil }
    if case .text(let text) = node.value { return text }
    report(node, "'\(key)' of \(noun) is \(node.noun), not text", "write it in quotes", into: &log)
    return nil
  }

  /// An instant with its zone, if it is there.
  func instant(_ key: String, into log: inout DiagnosticLog) -> Instant? {
    guard let node = fields[key], let text = text(key, into: &log) else { return nil }
    if let instant = Instant(rfc3339: text) { return instant }
    report(
      node, "'\(key)' of \(noun) is \(Diagnostic.quoted(text))",
      "write an instant with its zone, such as 2026-11-27T22:00:00+01:00", into: &log)
    return nil
  }

  /// One of a few words that must be there.
  func requiredChoice<Choice: CaseIterable & RawRepresentable>(
    _ key: String, into log: inout DiagnosticLog
  ) -> Choice? where Choice.RawValue == String {
    guard fields[key] != nil else {
      reportMissing(key, into: &log)
      return nil
    }
    return choice(key, into: &log)
  }

  /// One of a few words, if it is there.
  func choice<Choice: CaseIterable & RawRepresentable>(
    _ key: String, into log: inout DiagnosticLog
  ) -> Choice? where Choice.RawValue == String {
    guard let node = fields[key], let text = text(key, into: &log) else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let known = Choice.allCases.map(\.rawValue)
    report(
      node, "'\(key)' of \(noun) is \(Diagnostic.quoted(text))",
      Suggestion.remedy(for: text, among: known, otherwise: "write one of \(known.joined(separator: ", "))"),
      into: &log)
    return nil
  }

  /// A number that must be there.
  func requiredNumber(_ key: String, least: Double = 0, into log: inout DiagnosticLog) -> Double? {
    guard fields[key] != nil else {
      reportMissing(key, into: &log)
      return nil
    }
    return number(key, least: least, into: &log)
  }

  /// A number, if it is there.
  func number(
    _ key: String, least: Double = 0, greatest: Double = 1e15, into log: inout DiagnosticLog
  ) -> Double? {
    guard let node = fields[key] else { return nil }
    guard case .number(let number, _) = node.value else {
      report(node, "'\(key)' of \(noun) is \(node.noun), not a number", "write a number", into: &log)
      return nil
    }
    if number >= least && number <= greatest { return number }
    report(
      node, "'\(key)' of \(noun) is \(number)", "write a number from \(Int64(least)) to \(Int64(greatest))",
      into: &log)
    return nil
  }

  /// A number without decimals, if it is there.
  func count(_ key: String, least: Double = 0, into log: inout DiagnosticLog) -> Int? {
    guard let node = fields[key], let number = number(key, least: least, into: &log) else { return nil }
    if number == number.rounded() { return Int(number) }
    report(node, "'\(key)' of \(noun) is \(number)", "write a whole number", into: &log)
    return nil
  }

  /// Yes or no, if it is there.
  func flag(_ key: String, into log: inout DiagnosticLog) -> Bool? {
    guard let node = fields[key] else { return nil }
    if case .flag(let flag) = node.value { return flag }
    report(
      node, "'\(key)' of \(noun) is \(node.noun), not true or false", "write true or false", into: &log)
    return nil
  }

  /// The values of a list; none when it is missing.
  func list(_ key: String, into log: inout DiagnosticLog) -> [DocumentNode] {
    guard let node = fields[key] else { return [] }
    if case .list(let items) = node.value { return items }
    report(node, "'\(key)' of \(noun) is \(node.noun), not a list", "write [ … ]", into: &log)
    return []
  }

  /// The words of a list; none when it is missing.
  func words(_ key: String, into log: inout DiagnosticLog) -> [String] {
    list(key, into: &log).compactMap { item in
      if case .text(let text) = item.value { return text }
      report(
        item, "an entry of '\(key)' of \(noun) is \(item.noun), not text", "write it in quotes", into: &log)
      return nil
    }
  }

  /// The members of an object within this one; `nil` when it is missing.
  func object(_ key: String, into log: inout DiagnosticLog) -> PlanFields? {
    fields[key].map { PlanFields($0, "'\(key)'", code: code, into: &log) }
  }

  private func reportMissing(_ key: String, into log: inout DiagnosticLog) {
    log.report(
      code, .error, at: fields.place, "\(noun) has no '\(key)'", remedy: "add \"\(key)\"")
  }

  private func report(
    _ node: DocumentNode, _ summary: String, _ remedy: String, into log: inout DiagnosticLog
  ) {
    log.report(code, .error, at: node.place, summary, remedy: remedy)
  }
}
