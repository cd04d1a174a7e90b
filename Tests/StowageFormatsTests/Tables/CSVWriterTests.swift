import StowageDiagnostics
import StowageFormats
import StowageTestSupport
import Testing

@Suite("CSVWriter")
struct CSVWriterTests {
  private func write(_ rows: [[CSVCell]], formulas: CSVWriter.Formulas = .kept) -> String {
    var writer = CSVWriter(header: ["id", "v"], formulas: formulas)
    for row in rows { writer.row(row) }
    return String(decoding: writer.finish(), as: UTF8.self)
  }

  @Test("quotes what needs quotes, and nothing else")
  func quotes() {
    #expect(write([["a", "x y"]]) == "id,v\na,x y\n")
    #expect(write([["a,b", "x\"y"], [" a", "l1\nl2"]]) == "id,v\n\"a,b\",\"x\"\"y\"\n\" a\",\"l1\nl2\"\n")
  }

  @Test("writes numbers and booleans the same everywhere, and nothing for what is unknown")
  func writesNumbers() {
    let row: [CSVCell] = [.number(0.1), .integer(-5)]
    #expect(
      write([row, [.number(1e21), .boolean(true)], [CSVCell(nil as Double?), .number(16_384)]])
        == "id,v\n0.1,-5\n1e+21,true\n,16384\n")
  }

  @Test(
    "disarms text that a spreadsheet would run, and leaves numbers alone",
    arguments: [
      ("=1+1", "'=1+1"), ("+SUM(A1)", "'+SUM(A1)"), ("-cmd|' /C calc'!A0", "\"'-cmd|' /C calc'!A0\""),
      ("@x", "'@x"), ("\tx", "\"'\tx\""), ("-5", "-5"), ("+1.5", "+1.5"), ("-1.2.3", "'-1.2.3"), ("-", "'-"),
      ("a=b", "a=b"),
    ])
  func disarms(text: String, cell: String) {
    #expect(write([["a", .text(text)]], formulas: .disarmed) == "id,v\na,\(cell)\n")
    #expect(!write([["a", .text(text)]], formulas: .kept).contains("a,'"))
  }

  @Test("writes a row of one empty cell so that it is no blank line")
  func writesLoneEmptyCell() {
    var writer = CSVWriter(header: ["id"], formulas: .kept)
    writer.row([.empty])
    #expect(String(decoding: writer.finish(), as: UTF8.self) == "id\n\"\"\n")
  }

  @Test("what is written is read back exactly, whatever the cells hold", arguments: UInt64(0)..<40)
  func roundTrips(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let columnCount = Int.random(in: 1...6, using: &random)
    let rows = (0..<30).map { number in
      ["r\(number)"] + (1..<columnCount).map { _ in Self.hostileText(&random) }
    }
    var writer = CSVWriter(header: (0..<columnCount).map { "c\($0)" }, formulas: .kept)
    for row in rows { writer.row(row.map { .text($0) }) }
    var log = DiagnosticLog()
    let source = try #require(SourceText.decode(writer.finish(), file: "a.csv", log: &log), "seed \(seed)")
    let table = try #require(Table.parse(source, log: &log), "seed \(seed)")
    #expect(log.kept.isEmpty, "seed \(seed)")
    #expect(table.rows.map { row in table.columns.map { table.text(row, $0) } } == rows, "seed \(seed)")
  }

  /// Up to eight pieces of what breaks readers.
  private static func hostileText(_ random: inout SeededGenerator) -> String {
    let pieces = [
      "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r\n", "\r", " ", "a", "é", "😀", "=", "'", "\u{FEFF}",
      "\u{2028}", "sep=;",
      "#TYPE", "1.234", "\u{1B}[2J", "\u{202E}", "\\",
    ]
    let count = Int.random(in: 0...8, using: &random)
    return (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
  }
}
