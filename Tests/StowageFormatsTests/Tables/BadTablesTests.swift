import StowageDiagnostics
import StowageFormats
import Testing

/// Tables that hold a problem, the problem, and what is read all the same.
@Suite("Bad tables")
struct BadTablesTests {
  @Test(
    "report each problem at its place, and read on",
    arguments: [
      ("", ["error table.empty"], nil),
      ("\n \r\n", ["error table.empty"], nil),
      ("sep=;\n", ["error table.empty"], nil),
      ("id,\"na\nx,y\n", ["error table.unclosed-quote 1:4"], nil),
      ("id,name\na,x\nb,\"y\nc,z\n", ["error table.unclosed-quote 3:3"], 1),
      ("id,name\na,\"x\"y\nb,z\n", ["error file.syntax 2:3"], 2),
      ("id,name\n\"a\"b,\"x\"y\nb,z\n", ["error file.syntax 2:1"], 2),
      ("id,name\na,x, y\nb,z\n", ["error table.ragged-row 2"], 2),
      ("id,name\na\nb,z\n", ["warning table.ragged-row 2"], 2),
      ("id,name\na,x\nb", ["error file.truncated 3"], 2),
      ("id,name\na,x\nb,\"y", ["error table.unclosed-quote 3:3"], 1),
    ] as [(String, [String], Int?)])
  func report(text: String, problems: [String], rowCount: Int?) {
    var log = DiagnosticLog()
    let table = Table.parse(SourceText(text, file: "vms.csv"), log: &log)
    #expect(log.brief == problems)
    #expect(table?.rowCount == rowCount)
  }

  @Test("stop a header of more columns than any spreadsheet has")
  func limitsColumns() {
    var log = DiagnosticLog()
    let text = String(repeating: "a,", count: 16_384) + "b\n"
    #expect(Table.parse(SourceText(text, file: "vms.csv"), log: &log) == nil)
    #expect(log.brief == ["error file.too-large 1"])
  }

  @Test("name an unclosed quote by its own place after a megabyte, without reading all of the rest")
  func boundsQuotes() {
    var log = DiagnosticLog()
    let text = "id,name\na,\"x" + String(repeating: "\nb,c", count: 500_000)
    #expect(Table.parse(SourceText(text, file: "vms.csv"), log: &log)?.rowCount == 0)
    #expect(log.brief == ["error table.unclosed-quote 2:3"])
  }

  @Test("keep the first twenty of a million problems, and count the rest")
  func countsProblems() {
    var log = DiagnosticLog()
    let text = "id,name\n" + String(repeating: "\"a\"b,c\n", count: 100_000)
    #expect(Table.parse(SourceText(text, file: "vms.csv"), log: &log)?.rowCount == 100_000)
    #expect(log.kept.count == 20)
    #expect(log.counts[.fileSyntax] == 100_000)
  }
}
