import StowageDiagnostics
import StowageFormats
import Testing

@Suite("JSONValue")
struct JSONParsingTests {
  private func parse(_ text: String) throws -> JSONValue {
    var log = DiagnosticLog()
    let value = try #require(JSONValue.parse(SourceText(text, file: "plan.json"), log: &log))
    #expect(log.kept.isEmpty)
    return value
  }

  @Test("reads every kind of value, and keeps the order of keys")
  func readsAll() throws {
    let value = try parse(
      " {\"b\": [1, -2.5, 1e3], \"a\": {\"t\": true, \"f\": false, \"n\": null}, \"s\": \"x\"}\n")
    let object = try #require(value.object)
    #expect(object.members.map(\.key) == ["b", "a", "s"])
    #expect(object["b"]?.array?.compactMap(\.number) == [1, -2.5, 1000])
    #expect(object["a"]?.object?["t"]?.boolean == true)
    #expect(object["a"]?.object?["n"]?.isNull == true)
    #expect(object["s"]?.string == "x")
    #expect(object["none"] == nil)
  }

  @Test("knows line and column of every key and value, in characters")
  func knowsPositions() throws {
    let value = try parse("{\n  \"é😀\": [\"ü\",\r\n 7],\r \"k\": \"a\"}")
    let members = try #require(value.object).members
    #expect(
      members.map(\.keyPosition) == [TextPosition(line: 2, column: 3), TextPosition(line: 4, column: 2)])
    let elements = try #require(members[0].value.array)
    #expect(
      elements.map(\.position) == [TextPosition(line: 2, column: 10), TextPosition(line: 3, column: 2)])
    #expect(members[1].value.position == TextPosition(line: 4, column: 7))
  }

  @Test("undoes escapes, surrogate pairs included")
  func undoesEscapes() throws {
    #expect(
      try parse(#""\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00\u0000""#).string == "\"\\/\u{8}\u{c}\n\r\té😀\u{0}")
    #expect(try parse(#"{"\u0061": 1, "b": 2}"#).object?["a"]?.number == 1)
  }

  @Test("keeps the digits of numbers as written, beside the nearest Double")
  func keepsDigits() throws {
    for text in [
      "0", "-0", "0.1", "12345678901234567890", "1.10", "1E+2", "9007199254740993", "0.1234567890123456789",
    ] {
      let value = try parse(text)
      guard case .number(let number) = value.content else {
        Issue.record("\(text) is no number")
        return
      }
      #expect(number.text == text)
      #expect(number.value == Double(text))
    }
  }

  @Test("takes a byte order mark and UTF-16")
  func takesOtherEncodings() throws {
    var log = DiagnosticLog()
    let utf16: [UInt8] = [0xFF, 0xFE] + "{\"é\": 1}".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    for bytes in [[0xEF, 0xBB, 0xBF] + Array("{\"é\": 1}".utf8), utf16] {
      let source = try #require(SourceText.decode(bytes, file: "plan.json", log: &log))
      #expect(JSONValue.parse(source, log: &log)?.object?["é"]?.number == 1)
    }
    #expect(log.kept.isEmpty)
  }

  @Test("nests 512 deep and no deeper")
  func limitsDepth() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(try parse(nested(512)).array != nil)
    var log = DiagnosticLog()
    #expect(JSONValue.parse(SourceText(nested(513), file: "plan.json"), log: &log) == nil)
    #expect(log.brief == ["error file.syntax 1:513"])
  }

  @Test("reports every repeated key, and keeps the first value", arguments: [3, 40])
  func reportsRepeatedKeys(count: Int) throws {
    let members = (0..<count).map { "\"k\($0)\": {\"k0\": \($0)}" }
    let text = "{\(members.joined(separator: ",\n")),\n \"k1\": 7, \"k\\u0030\": 8}"
    var log = DiagnosticLog()
    let value = try #require(JSONValue.parse(SourceText(text, file: "plan.json"), log: &log))
    #expect(log.brief == ["error file.syntax \(count + 1):2", "error file.syntax \(count + 1):11"])
    #expect(value.object?.members.count == count)
    #expect(value.object?["k1"]?.object?["k0"]?.number == 1)
  }

  @Test("values are equal by what they are, not by where they stand")
  func compares() throws {
    #expect(try parse("[1, {\"a\": 2}]") == parse("[\n1,\n{\"a\": 2}]"))
    #expect(try parse("[1]") != parse("[2]"))
  }
}
