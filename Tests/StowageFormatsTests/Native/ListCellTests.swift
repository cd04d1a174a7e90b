import StowageTestSupport
import Testing

@testable import StowageFormats

@Suite("A list in a cell")
struct ListCellTests {
  @Test(
    "is split at semicolons, without blanks around words and without empty words",
    arguments: [
      ("a;b", ["a", "b"]), (" a ; b c ;; ", ["a", "b c"]), ("", []), (";", []), (#""a;b";c"#, ["a;b", "c"]),
      (#""a""b""#, [#"a"b"#]), (#"" a ""#, [" a "]), (#""a"b"#, [#""a"b"#]), (#""open;x"#, [#""open"#, "x"]),
      (#"a"b;c"#, [#"a"b"#, "c"]), (#"""#, [#"""#]), (#"C:\a;\\srv\b"#, [#"C:\a"#, #"\\srv\b"#]),
    ])
  func words(_ cell: String, _ words: [String]) {
    #expect(ListCell.words(cell) == words)
  }

  @Test(
    "of labels is split at the first equals sign",
    arguments: [
      ("a=1;b=2", ["a": "1", "b": "2"]), ("a=b=c", ["a": "b=c"]), ("a=", ["a": ""]),
      ("a=;b=1", ["a": "", "b": "1"]),
      (#""a=b"="c;d""#, ["a=b": "c;d"]), ("", [:]), (" a = 1 ; ", ["a": "1"]),
    ])
  func labels(_ cell: String, _ labels: [String: String]) {
    #expect(ListCell.labels(cell) == .success(labels))
  }

  @Test("of labels names the part that is none", arguments: [("a=1;gold", "gold"), ("=1", "=1"), ("x", "x")])
  func noLabel(_ cell: String, _ part: String) {
    #expect(ListCell.labels(cell) == .failure(ListCell.NoLabel(text: part)))
  }

  @Test("comes back as it was, whatever the words", arguments: UInt64(0)..<50)
  func roundTrip(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let words = (0..<Int.random(in: 0...4, using: &random)).map { _ in Hostile.text(&random) }
    #expect(ListCell.words(ListCell.cell(words)) == words, "seed \(seed)")
    let labels = Dictionary(
      words.map { ($0, Hostile.text(&random)) }, uniquingKeysWith: { first, _ in first })
    #expect(ListCell.labels(ListCell.cell(labels)) == .success(labels), "seed \(seed)")
  }
}

/// Text that breaks careless readers and writers.
enum Hostile {
  /// A text that is not blank, made of pieces that each mean something to some format.
  static func text(_ random: inout SeededGenerator) -> String {
    let count = Int.random(in: 1...4, using: &random)
    let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "x" }.joined()
    return text.allSatisfy(\.isWhitespace) ? text + "x" : text
  }

  /// A text without blanks at its ends, as headers are.
  static func word(_ random: inout SeededGenerator) -> String {
    "a" + text(&random) + "z"
  }

  private static let pieces = [
    ";", "=", "\"", "'", ",", " ", "\n", "\r\n", "\t", "\\", "a", "B7", "é", "😀", "\u{202E}", "=1+1",
    "-2", "@x", "+3", "</script>", "{{x}}", "*", "?", "true", "null", "1.5", "1,5", "#", ": ", "\u{FEFF}",
    "日本",
    "\u{7F}", "\u{1B}[2J",
  ]
}
