import StowageDiagnostics
import StowageFormats
import Testing

@Suite("DocumentReader")
struct DocumentReaderTests {
  private let reader = DocumentReader(file: "rules.json", badValue: .ruleBadValue)

  private func object(_ text: String) throws -> JSONObject {
    var log = DiagnosticLog()
    return try #require(JSONValue.parse(SourceText(text, file: "rules.json"), log: &log)?.object)
  }

  @Test("reads members as what they must be, and absent or null ones as nil")
  func reads() throws {
    var log = DiagnosticLog()
    let object = try object(#"{"s": "x", "n": 1.5, "i": 3, "b": true, "l": ["a", "b"], "z": null}"#)
    #expect(reader.string(object, "s", log: &log) == "x")
    #expect(reader.number(object, "n", log: &log) == 1.5)
    #expect(reader.integer(object, "i", log: &log) == 3)
    #expect(reader.boolean(object, "b", log: &log) == true)
    #expect(reader.strings(object, "l", log: &log) == ["a", "b"])
    #expect(reader.string(object, "z", log: &log) == nil)
    #expect(reader.integer(object, "none", log: &log) == nil)
    #expect(log.kept.isEmpty)
  }

  @Test("reports members of another type or range at the place of the value")
  func reports() throws {
    var log = DiagnosticLog()
    let object = try object(#"{"s": 5, "n": -1, "i": 1.5, "b": "yes", "l": ["a", 2], "o": []}"#)
    #expect(reader.string(object, "s", log: &log) == nil)
    #expect(reader.number(object, "n", log: &log) == nil)
    #expect(reader.integer(object, "i", log: &log) == nil)
    #expect(reader.boolean(object, "b", log: &log) == nil)
    #expect(reader.strings(object, "l", log: &log) == ["a"])
    #expect(object["o"].flatMap { reader.object($0, named: "o", log: &log) } == nil)
    #expect(log.kept.compactMap { $0.place?.column } == [7, 15, 24, 34, 52, 61])
    #expect(log.counts == [.ruleBadValue: 6])
    #expect(log.kept.first?.summary == "'s' must be a text, and 5 stands there")
  }

  @Test("suggests the key or the name that was meant")
  func suggests() throws {
    var log = DiagnosticLog()
    let object = try object(#"{"kinds": "afinity", "kind": "afinity"}"#)
    reader.checkKeys(object, known: ["id", "kind"], code: .ruleUnknownKey, log: &log)
    #expect(
      reader.choice(object, "kind", [(name: "affinity", value: 1), (name: "stay", value: 2)], log: &log)
        == nil)
    #expect(log.brief == ["error rules.unknown-key 1:2", "error rules.bad-value 1:30"])
    #expect(
      log.kept.map(\.remedy) == [
        "write 'kind', if that is what is meant", "write 'affinity', if that is what is meant",
      ])
  }
}
