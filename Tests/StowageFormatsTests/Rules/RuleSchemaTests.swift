import Foundation
import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

/// The published schema and the decoder say the same.
@Suite("The schema of rules")
struct RuleSchemaTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/StowageKit/StowageKit.docc/Resources/stowage.rules.v1.schema.json")

  private static func definitions() throws -> [String: [String: Any]] {
    let schema = try JSONSerialization.jsonObject(with: Data(RuleSchema.document)) as? [String: Any]
    return try #require(schema?["$defs"] as? [String: [String: Any]])
  }

  private static func properties(of kind: String) throws -> [String: [String: Any]] {
    try #require(try definitions()[kind]?["properties"] as? [String: [String: Any]])
  }

  @Test("the file in the documentation is the schema of this version")
  func isPublished() throws {
    let text = String(decoding: RuleSchema.document, as: UTF8.self)
    if ProcessInfo.processInfo.environment["STOWAGE_RECORD"] != nil {
      try Data(text.utf8).write(to: Self.file)
    }
    let kept = try String(decoding: Data(contentsOf: Self.file), as: UTF8.self)
    #expect(text == kept, "\(Self.file.lastPathComponent) differs; STOWAGE_RECORD=1 records it")
  }

  @Test("it lists the kinds that the decoder reads, which are those of the model")
  func kinds() throws {
    let rule = try Self.definitions()["rule"]?["properties"] as? [String: [String: Any]]
    let kinds = try #require(rule?["kind"]?["enum"] as? [String])
    #expect(kinds.sorted() == Requirement.kinds)
    #expect(kinds.sorted() == RuleKind.allCases.map(\.rawValue).sorted())
  }

  @Test("the decoder knows every member of the schema, and no other", arguments: RuleKind.allCases)
  func members(kind: RuleKind) throws {
    let members = try Self.properties(of: kind.rawValue).keys.sorted()
    #expect(members == kind.keys.sorted())
    let all = Set(RuleKind.allCases.flatMap(\.keys)).union(["nonsense"])
    for key in all where key != "id" && key != "kind" {
      let log = read("{\"id\": \"r\", \"kind\": \"\(kind.rawValue)\", \"\(key)\": null}").log
      let isRefused = log.kept.contains { $0.code == .ruleUnknownKey }
      #expect(isRefused != members.contains(key), "\(kind.rawValue): \(key)")
    }
  }

  @Test("what the schema requires, the decoder requires", arguments: RuleKind.allCases)
  func required(kind: RuleKind) throws {
    let sample = Self.sample(kind)
    let whole = read(Self.text(sample))
    #expect(whole.log.kept.isEmpty, "\(whole.log.kept)")
    #expect(whole.rules.first?.requirement.kind == kind.rawValue)
    let definition = try #require(try Self.definitions()[kind.rawValue])
    let required = definition["required"] as? [String] ?? []
    #expect(required == kind.requiredKeys)
    for key in required {
      #expect(read(Self.text(sample.filter { $0.key != key })).rules.isEmpty, "without \(key)")
    }
    for choice in kind.requiredChoices {
      #expect(read(Self.text(sample.filter { !choice.contains($0.key) })).rules.isEmpty, "without \(choice)")
    }
    #expect((definition["allOf"] as? [Any] ?? []).count == kind.requiredChoices.count)
  }

  @Test("the words that the schema allows for scope and resource are those of the decoder")
  func words() throws {
    #expect(
      try Self.properties(of: "spread")["scope"]?["enum"] as? [String] == Scope.allCases.map(\.rawValue))
    #expect(try Self.properties(of: "failover")["scope"]?["enum"] as? [String] == ["host", "rack"])
    #expect(
      try Self.properties(of: "group_cap")["resource"]?["enum"] as? [String]
        == Resource.allCases.map(\.rawValue))
  }

  /// The least that a rule of a kind has, as JSON by key.
  private static func sample(_ kind: RuleKind) -> [String: String] {
    var sample = ["id": "\"r\"", "kind": "\"\(kind.rawValue)\""]
    for choice in kind.requiredChoices { sample[choice[0]] = value(of: choice[0]) }
    for key in kind.requiredKeys { sample[key] = value(of: key) }
    return sample
  }

  private static func value(of key: String) -> String {
    switch key {
    case "vms", "hosts", "then": "[\"a\"]"
    case "allow": "[\"cold\"]"
    case "from", "to": "\"0\(key.count):00\""
    case "resource": "\"cpu\""
    default: "2"
    }
  }

  private static func text(_ sample: [String: String]) -> String {
    "{" + sample.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ") + "}"
  }

  private func read(_ rule: String) -> (rules: [Rule], log: DiagnosticLog) {
    var log = DiagnosticLog()
    let text = "{\"schema\": \"stowage.rules/v1\", \"rules\": [\(rule)]}"
    let rules = RuleFile.parse(SourceText(text, file: "rules.json"), into: &log)
    return (rules.map(\.rule), log)
  }
}
