import StowageDiagnostics
import StowageModel

/// Reads a document `{ "schema": "stowage.rules/v1", "rules": […] }`.
struct RuleDocument {
  /// The name and version of the form.
  static let schema = "stowage.rules/v1"

  /// The rules that could be read, in the order of the document.
  private(set) var rules: [PlacedRule] = []
  private var firstPlaces: [Rule.ID: SourcePlace] = [:]

  /// Reads a whole rules file.
  mutating func read(document: DocumentNode, into log: inout DiagnosticLog) {
    guard case .object(let members) = document.value else {
      log.report(
        .ruleSchema, .error, at: document.place, "the rules are \(document.noun), not an object",
        remedy: "write {\"schema\": \"\(Self.schema)\", \"rules\": [ … ]}")
      return
    }
    readSchema(members, at: document.place, into: &log)
    for member in members where member.key != "schema" && member.key != "rules" && member.key != "comment" {
      log.report(
        .ruleUnknownKey, .error, at: member.place, "a rules file has no \(Diagnostic.quoted(member.key))",
        remedy: Suggestion.remedy(
          for: member.key, among: ["schema", "rules", "comment"], otherwise: "remove it"))
    }
    guard let list = members.first(where: { $0.key == "rules" }) else {
      log.report(
        .ruleBadValue, .error, at: document.place, "there is no list 'rules'",
        remedy: "add \"rules\": [ … ], empty if there are none")
      return
    }
    read(list: list.value, into: &log)
  }

  /// Reads a list of rules, as `inventory.json` holds it.
  mutating func read(list: DocumentNode, into log: inout DiagnosticLog) {
    switch list.value {
    case .null:
      return
    case .list(let items):
      for item in items { read(rule: item, into: &log) }
    default:
      log.report(
        .ruleBadValue, .error, at: list.place, "'rules' is \(list.noun), not a list",
        remedy: "write \"rules\": [ {…}, {…} ]")
    }
  }

  private func readSchema(
    _ members: [DocumentNode.Member], at place: SourcePlace, into log: inout DiagnosticLog
  ) {
    let remedy = "write \"schema\": \"\(Self.schema)\""
    guard let member = members.first(where: { $0.key == "schema" }) else {
      log.report(.ruleSchema, .error, at: place, "there is no 'schema'", remedy: remedy)
      return
    }
    guard case .text(let text) = member.value.value else {
      log.report(
        .ruleSchema, .error, at: member.value.place, "'schema' is \(member.value.noun), not text",
        remedy: remedy)
      return
    }
    if text != Self.schema {
      log.report(
        .ruleSchema, .error, at: member.value.place,
        "the schema is \(Diagnostic.quoted(text)); this version reads '\(Self.schema)'", remedy: remedy)
    }
  }

  private mutating func read(rule node: DocumentNode, into log: inout DiagnosticLog) {
    var decoder = RuleDecoder(log: log)
    let rule = decoder.decode(node)
    log = decoder.log
    guard let rule else { return }
    if let first = firstPlaces[rule.id] {
      log.report(
        .ruleDuplicateID, .error, at: node.place,
        "rule \(Diagnostic.quoted(rule.id.rawValue)) is there twice, first on line \(first.line ?? 0)",
        remedy: "give one of the two another id, or remove it")
      return
    }
    firstPlaces[rule.id] = node.place
    rules.append(PlacedRule(rule: rule, place: node.place))
  }
}
