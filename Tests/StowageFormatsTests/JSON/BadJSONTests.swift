import StowageDiagnostics
import StowageFormats
import Testing

/// Texts that are no JSON, and what is said about them.
@Suite("Bad JSON")
struct BadJSONTests {
  @Test(
    "is reported with its place and a remedy that fits",
    arguments: [
      ("", "error file.syntax 1:1", "export"),
      (" \n ", "error file.syntax 2:2", "export"),
      ("{\"a\": 1", "error file.truncated 1:8", "copy all"),
      ("{\"a\": [1, 2", "error file.truncated 1:12", "copy all"),
      ("{\"a\":", "error file.truncated 1:6", "copy all"),
      ("{\"a", "error file.truncated 1:4", "copy all"),
      ("[\"a\\", "error file.truncated 1:5", "copy all"),
      ("[1, 2,]", "error file.syntax 1:7", "remove the comma"),
      ("{\"a\": 1,}", "error file.syntax 1:9", "remove the comma"),
      ("[1 2]", "error file.syntax 1:4", "missing comma"),
      ("{\"a\" 1}", "error file.syntax 1:6", "missing"),
      ("{a: 1}", "error file.syntax 1:2", "missing comma or quote"),
      ("{'a': 1}", "error file.syntax 1:2", "double quotes"),
      ("{1: 1}", "error file.syntax 1:2", "missing"),
      ("// x\n{}", "error file.syntax 1:1", "comment"),
      ("{} x", "error file.syntax 1:4", "remove it"),
      ("{}{}", "error file.syntax 1:3", "one list"),
      ("[NaN]", "error file.syntax 1:2", "null"),
      ("[-Infinity]", "error file.syntax 1:2", "12.5"),
      ("[True]", "error file.syntax 1:2", "lower case"),
      ("[nullx]", "error file.syntax 1:2", "missing"),
      ("[+1]", "error file.syntax 1:2", "plus"),
      ("[.5]", "error file.syntax 1:2", "0.5"),
      ("[01]", "error file.syntax 1:2", "leading zeros"),
      ("[1.]", "error file.syntax 1:2", "12.0"),
      ("[1e]", "error file.syntax 1:2", "1e9"),
      ("[1e999]", "error file.syntax 1:2", "1e308"),
      ("[\"a\nb\"]", "error file.syntax 1:4", "\\n"),
      ("[\"a\u{1}\"]", "error file.syntax 1:4", "\\u00"),
      ("[\"\\x\"]", "error file.syntax 1:3", "double the backslash"),
      ("[\"\\u12g4\"]", "error file.syntax 1:3", "four"),
      ("[\"\\uD83D\"]", "error file.syntax 1:3", "both halves"),
      ("[\"\\uD83D\\u0041\"]", "error file.syntax 1:3", "both halves"),
      ("[\"é\", \"\\uDE00\"]", "error file.syntax 1:8", "both halves"),
      ("]", "error file.syntax 1:1", "missing"),
    ])
  func isReported(text: String, problem: String, remedy: String) {
    var log = DiagnosticLog()
    #expect(JSONValue.parse(SourceText(text, file: "plan.json"), log: &log) == nil)
    #expect(log.brief == [problem])
    #expect(log.kept.first?.remedy?.contains(remedy) == true, "\(String(describing: log.kept.first))")
  }

  @Test("says where the thing began that is cut off")
  func saysWhereItBegan() {
    var log = DiagnosticLog()
    _ = JSONValue.parse(SourceText("{\n  \"moves\": [\n", file: "plan.json"), log: &log)
    #expect(log.kept.first?.summary == "the text ends within the list that starts on line 2, column 12")
  }

  @Test("never crashes on any text cut anywhere, or with any byte replaced")
  func survivesCuts() {
    let sound = "{\"a\": [1.5e3, \"x\\u00e9\\n\", {\"b\": null, \"é\": [true, false]}], \"c\": -0}"
    var outcomes: Set<Bool> = []
    let bytes = Array(sound.utf8)
    for index in bytes.indices {
      var cut = DiagnosticLog()
      outcomes.insert(parse(Array(bytes[..<index]), &cut) == nil && cut.hasErrors)
      for byte in Array("\"\\{}[],:e-0 \u{1}".utf8) {
        var replaced = bytes
        replaced[index] = byte
        var log = DiagnosticLog()
        let value = parse(replaced, &log)
        outcomes.insert(value != nil || log.hasErrors)
      }
    }
    #expect(outcomes == [true])
  }

  private func parse(_ bytes: [UInt8], _ log: inout DiagnosticLog) -> JSONValue? {
    SourceText.decode(bytes, file: "plan.json", log: &log).flatMap { JSONValue.parse($0, log: &log) }
  }
}
