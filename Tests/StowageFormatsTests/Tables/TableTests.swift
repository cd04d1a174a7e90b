import StowageDiagnostics
import StowageFormats
import Testing

@Suite("Table")
struct TableTests {
  private func parse(_ text: String, log: inout DiagnosticLog) -> Table? {
    Table.parse(SourceText(text, file: "vms.csv"), log: &log)
  }

  /// The cells of a table row by row, for tables without problems.
  private func cells(_ text: String) throws -> [[String]] {
    var log = DiagnosticLog()
    let table = try #require(parse(text, log: &log))
    #expect(log.kept.isEmpty)
    return table.rows.map { row in table.columns.map { table.text(row, $0) } }
  }

  @Test("undoes quotes, and keeps separators and line ends within them")
  func undoesQuotes() throws {
    #expect(try cells("id,name\na,\"x, \"\"y\"\"\nz\"\n") == [["a", "x, \"y\"\nz"]])
    #expect(try cells("id,name\n\"\",\"\"\"\"\n") == [["", "\""]])
    #expect(try cells("id,name\na, \"x,y\" \n") == [["a", "x,y"]])
  }

  @Test("takes a quote within a cell as a character")
  func keepsInnerQuotes() throws {
    #expect(try cells("id,name\na,6\" disk\n") == [["a", "6\" disk"]])
  }

  @Test("ends lines with LF, CRLF or CR, the last one with nothing", arguments: ["\n", "\r\n", "\r"])
  func endsLines(lineEnd: String) throws {
    let text = ["id,name", "a,x", "b,y"].joined(separator: lineEnd)
    #expect(try cells(text) == [["a", "x"], ["b", "y"]])
    #expect(try cells(text + lineEnd) == [["a", "x"], ["b", "y"]])
  }

  @Test("finds the separator on the header outside of quotes", arguments: [",", ";", "\t", "|"])
  func sniffs(separator: String) throws {
    let text =
      ["id", "\"x,;\t|y,;\t|\"", "name"].joined(separator: separator) + "\na\(separator)b\(separator)c\n"
    #expect(try cells(text) == [["a", "b", "c"]])
  }

  @Test("reads a table of one column")
  func readsOneColumn() throws {
    #expect(try cells("id\na b\nc\n") == [["a b"], ["c"]])
  }

  @Test("steps over blank lines, Excel's separator line and PowerShell's type line before the header")
  func skipsPreamble() throws {
    #expect(try cells("sep=;\r\nid;a,b,c\r\nx;y\r\n") == [["x", "y"]])
    #expect(try cells("\"sep=|\"\nid|name\nx|y\n") == [["x", "y"]])
    #expect(try cells("#TYPE VMware.VimAutomation.VM\n\"id\",\"name\"\n\"x\",\"y\"\n") == [["x", "y"]])
    #expect(try cells("\n  \n\nid,name\nx,y\n") == [["x", "y"]])
  }

  @Test("leaves blank rows out, counts them, and keeps the lines of the others")
  func skipsBlankRows() throws {
    var log = DiagnosticLog()
    let table = try #require(parse("id,name\n\na,x\n,\n  ,\t\n\"\",\nb,\"1\n2\"\nc,z\n", log: &log))
    #expect(table.blankRowCount == 4)
    #expect(table.rows.map(\.line) == [3, 7, 9])
    #expect(log.kept.isEmpty)
  }

  @Test("finds a column whatever the case of its header and the blanks around it")
  func findsColumns() throws {
    var log = DiagnosticLog()
    let table = try #require(parse("ID, Free % ,\"Größe\nMiB\",\na,b,c,\n", log: &log))
    #expect(table.columns.map(\.name) == ["ID", "Free %", "Größe\nMiB"])
    #expect(table.column("id")?.index == 0)
    #expect(table.column("memory", "FREE %")?.index == 1)
    #expect(table.column("größe\nmib")?.index == 2)
    #expect(table.column("free") == nil)
    #expect(log.kept.isEmpty)
  }

  @Test("takes cells that a row lacks at its end as empty, with a warning")
  func padsShortRows() throws {
    var log = DiagnosticLog()
    let table = try #require(parse("id,name,os\na\nb,x,y\n", log: &log))
    let os = try #require(table.column("os"))
    #expect(table.rows.map { table.text($0, os) } == ["", "y"])
    #expect(log.brief == ["warning table.ragged-row 2"])
  }

  @Test("lets empty cells follow a row")
  func dropsEmptyExtras() throws {
    #expect(try cells("id,name\na,x,,,\n") == [["a", "x"]])
  }

  @Test("knows line and column of every cell, in characters, also after line breaks within the row")
  func knowsPlaces() throws {
    var log = DiagnosticLog()
    let table = try #require(parse("id,name,os\né,\"x\n\"\"y\",z\nb\n", log: &log))
    let rows = Array(table.rows)
    let places = table.columns.map { table.place(rows[0], $0).description }
    #expect(places == ["vms.csv:2:1", "vms.csv:2:3", "vms.csv:3:6"])
    #expect(table.columns.map { table.headerPlace($0).column } == [1, 4, 9])
    #expect(table.place(rows[1], table.columns[2]).description == "vms.csv:4:1")
  }

  @Test("reads a cell of a megabyte, and no longer one")
  func limitsCells() throws {
    let longest = String(repeating: "x", count: 1 << 20)
    #expect(try cells("id\n\(longest)\n\"\(longest)\"\n") == [[longest], [longest]])
    var log = DiagnosticLog()
    let table = try #require(parse("id,os\na,b\nc,\(longest)x\nd,e\n", log: &log))
    #expect(table.rowCount == 1)
    #expect(log.brief == ["error file.too-large 3:3"])
  }
}
