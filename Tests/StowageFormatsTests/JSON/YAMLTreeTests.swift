import StowageDiagnostics
import StowageFormats
import Testing

@Suite("YAMLTree")
struct YAMLTreeTests {
  private func parse(_ text: String, log: inout DiagnosticLog) -> JSONValue? {
    YAMLTree.parse(SourceText(text, file: "rules.yaml"), log: &log)
  }

  @Test("gives the same tree as JSON")
  func agreesWithJSON() throws {
    var log = DiagnosticLog()
    let yaml = try #require(
      parse(
        """
        schema: stowage.rules/v1
        rules:
          - id: nights
            kind: window
            vms: ["*", 'db-*']
            weight: 1.5
            hard: true
            limit: 20
            comment: ~
        """, log: &log))
    let json = """
      {"schema": "stowage.rules/v1", "rules": [{"id": "nights", "kind": "window", "vms": ["*", "db-*"], "weight": 1.5,
       "hard": true, "limit": 20, "comment": null}]}
      """
    #expect(yaml == JSONValue.parse(SourceText(json, file: "a"), log: &log))
    #expect(log.kept.isEmpty)
  }

  @Test(
    "reads scalars as people mean them: 'no' is a text, so is a time of the day and an id with zeros",
    arguments: [
      "no", "on", "22:00", "007", "0x10", "1_000", "1.2.3", "e5", ".inf", ".nan", "2026-05-04", "'5'",
      "\"true\"",
    ])
  func readsTexts(scalar: String) throws {
    var log = DiagnosticLog()
    let value = try #require(parse("k: \(scalar)", log: &log)?.object?["k"])
    #expect(value.string == scalar.trimmingQuotes())
    #expect(log.kept.isEmpty)
  }

  @Test(
    "reads numbers, booleans and nothing",
    arguments: ["5", "-5", "+5", "1.5", "1e3", "true", "False", "null", "~", ""])
  func readsOthers(scalar: String) throws {
    var log = DiagnosticLog()
    #expect(try #require(parse("k: \(scalar)", log: &log)?.object?["k"]).string == nil)
  }

  @Test("keeps the digits of numbers as written, and writes them as JSON")
  func keepsDigits() throws {
    var log = DiagnosticLog()
    let value = try #require(parse("[1.10, +5, .5, 1e3]", log: &log))
    let texts = value.array?.compactMap {
      if case .number(let number) = $0.content { number.text } else { nil }
    }
    #expect(texts == ["1.10", "+5", ".5", "1e3"])
    let json = String(decoding: JSONWriter.document { $0.value(value) }, as: UTF8.self)
    #expect(json == "[\n  1.10,\n  5,\n  0.5,\n  1e3\n]\n")
  }

  @Test("knows line and column of keys and values")
  func knowsPositions() throws {
    var log = DiagnosticLog()
    let value = try #require(parse("rules:\n  - id: a\n    vms: [x, yy]\n", log: &log))
    let rule = try #require(value.object?["rules"]?.array?.first?.object)
    #expect(rule.members[1].keyPosition == TextPosition(line: 3, column: 5))
    #expect(rule["vms"]?.array?[1].position == TextPosition(line: 3, column: 14))
  }

  @Test("follows aliases")
  func followsAliases() throws {
    var log = DiagnosticLog()
    let value = parse("a: &x [1, 2]\nb: *x\n", log: &log)
    #expect(value?.object?["b"]?.array?.count == 2)
    #expect(log.kept.isEmpty)
  }

  @Test(
    "reports what cannot be read, at its place",
    arguments: [
      ("", "error file.syntax"), ("a: [1, 2\n", "error file.syntax 2:1"),
      ("a: 1\na: 2\n", "error file.syntax 1:1"),
      ("a: *nobody\n", "error file.syntax 1:4"), ("a: 1\n---\nb: 2\n", "error file.syntax 2:1"),
      ("a:\n\t- b\n", "error file.syntax 2:1"), ("<<: {a: 1}\n", "error file.syntax 1:1"),
      ("? [a]\n: b\n", "error file.syntax 1:3"),
    ])
  func reports(text: String, problem: String) {
    var log = DiagnosticLog()
    #expect(parse(text, log: &log) == nil)
    #expect(log.brief == [problem])
    #expect(log.kept.first?.remedy != nil)
  }

  @Test("refuses a text whose aliases unfold to a thousand million values")
  func refusesBombs() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let parts = [String](repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(parts)]\n"
    }
    var log = DiagnosticLog()
    #expect(parse(text, log: &log) == nil)
    #expect(log.brief == ["error file.too-large"])
  }

  @Test("refuses a text that is nested without end")
  func refusesDepth() {
    var log = DiagnosticLog()
    #expect(parse(String(repeating: "[", count: 5000), log: &log) == nil)
    #expect(parse(String(repeating: "[", count: 600) + String(repeating: "]", count: 600), log: &log) == nil)
    #expect(log.kept.count == 2)
  }
}

extension String {
  fileprivate func trimmingQuotes() -> String {
    String(drop { "'\"".contains($0) }.reversed().drop { "'\"".contains($0) }.reversed())
  }
}
