import StowageDiagnostics
import StowageFormats
import Testing

@Suite("Workbook")
struct WorkbookTests {
  private func table(_ sample: SampleWorkbook, _ sheet: String = "vInfo", log: inout DiagnosticLog) -> Table?
  {
    Workbook.open(sample.bytes, file: "book.xlsx", log: &log)?.table(sheet, log: &log)
  }

  /// The cells of a sheet without problems, row by row.
  private func cells(_ sample: SampleWorkbook) throws -> [[String]] {
    var log = DiagnosticLog()
    let table = try #require(table(sample, log: &log))
    #expect(log.kept.isEmpty)
    return table.rows.map { row in table.columns.map { table.text(row, $0) } }
  }

  private static let header = """
    <row r="1"><c r="A1" t="inlineStr"><is><t>VM</t></is></c><c r="B1" t="inlineStr"><is><t>Memory</t></is></c></row>
    """

  @Test("reads shared and inline texts, runs joined and phonetic guides left out")
  func readsTexts() throws {
    var sample = SampleWorkbook(
      rows: """
        <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
        <row r="2"><c r="A2" t="inlineStr"><is><r><t>in</t></r><r><t>line</t></r></is></c><c r="B2" t="str"><f>A1</f><v>x</v></c></row>
        """)
    sample.sharedStrings = """
      <si><t xml:space="preserve"> VM </t></si>
      <si><r><t>Mem</t></r><r><rPr/><t>ory</t></r><rPh sb="0" eb="1"><t>GUIDE</t></rPh></si>
      """
    var log = DiagnosticLog()
    let table = try #require(table(sample, log: &log))
    #expect(table.columns.map(\.name) == ["VM", "Memory"])
    #expect(try cells(sample) == [["inline", "x"]])
    #expect(table.file == "book.xlsx!vInfo")
  }

  @Test("reads numbers, booleans and error values")
  func readsValues() throws {
    let sample = SampleWorkbook(
      rows: Self.header + """
        <row r="2"><c r="A2" t="b"><v>1</v></c><c r="B2"><v>16384</v></c></row>
        <row r="3"><c r="A3" t="b"><v>0</v></c><c r="B3" t="n"><v>0.10000000000000001</v></c></row>
        <row r="4"><c r="A4" t="e"><v>#N/A</v></c><c r="B4"><v>1.6384E4</v></c></row>
        """)
    #expect(try cells(sample) == [["true", "16384"], ["false", "0.1"], ["#N/A", "16384"]])
  }

  @Test(
    "takes a number of a sheet as it is, with three digits after the dot too, and text by the file's signs")
  func readsTypedNumbers() throws {
    let sample = SampleWorkbook(
      rows: Self.header + """
        <row r="2"><c r="B2"><v>1.234</v></c></row><row r="3"><c r="B3" t="inlineStr"><is><t>1.234</t></is></c></row>
        """)
    var log = DiagnosticLog()
    let table = try #require(table(sample, log: &log))
    let reader = TableReader(table, numbers: NumberConvention(inferredFrom: [table]))
    let values = reader.rows.map { reader.number($0, reader.column("memory"), log: &log) }
    #expect(values == [1.234, nil])
    #expect(log.brief == ["error table.ambiguous-number 3:2"])
    #expect(log.kept.first?.summary.contains("(cell B3)") == true)
  }

  @Test(
    "turns numbers of a date format into RFC 3339 text, from 1900 and from 1904", arguments: [false, true])
  func readsDates(from1904: Bool) throws {
    var sample = SampleWorkbook(
      rows: Self.header + """
        <row r="2"><c r="A2" s="1"><v>46146.300358796296</v></c><c r="B2" s="2"><v>46146</v></c></row>
        <row r="3"><c r="A3" s="3"><v>0.5</v></c><c r="B3" s="0"><v>46146</v></c></row>
        """)
    sample.styles = """
      <numFmts><numFmt numFmtId="166" formatCode="yyyy/mm/dd\\ hh:mm:ss"/></numFmts>
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="166"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs>
      """
    sample.from1904 = from1904
    let day = from1904 ? "2030-05-05" : "2026-05-04"
    #expect(try cells(sample) == [["\(day)T07:12:31", day], ["12:00:00", "46146"]])
  }

  @Test("places cells by their references, leaves gaps empty, and counts blank rows instead of reading them")
  func readsSparseRows() throws {
    let blank = (5...803).map {
      "<row r=\"\($0)\"><c r=\"A\($0)\" s=\"0\"/><c r=\"B\($0)\" t=\"inlineStr\"><is><t> </t></is></c></row>"
    }
    let sample = SampleWorkbook(
      rows: Self.header + "<row r=\"4\"><c r=\"B4\"><v>7</v></c></row>" + blank.joined())
    var log = DiagnosticLog()
    let table = try #require(table(sample, log: &log))
    #expect(table.rows.map(\.line) == [4])
    #expect(table.blankRowCount == 799)
    #expect(try cells(sample) == [["", "7"]])
    #expect(
      table.place(try #require(table.rows.first), table.columns[1]).description == "book.xlsx!vInfo:4:2")
  }

  @Test("counts rows and cells on when they carry no references, and ignores prefixes")
  func readsWithoutReferences() throws {
    var sample = SampleWorkbook(rows: "")
    sample.sheets = [
      (
        "vInfo",
        "<x:row><x:c t=\"inlineStr\"><x:is><x:t>VM</x:t></x:is></x:c></x:row><x:row><x:c><x:v>5</x:v></x:c></x:row>"
      )
    ]
    sample.prologue = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
    var zip = sample.zip
    for index in zip.parts.indices where zip.parts[index].name.hasSuffix("sheet1.xml") {
      let text = String(decoding: zip.parts[index].bytes, as: UTF8.self)
      let prefixed = text.replacing("<worksheet>", with: "<worksheet xmlns:x=\"http://x\">")
      zip.parts[index].bytes = Array(prefixed.utf8)
    }
    var log = DiagnosticLog()
    let table = try #require(Workbook.open(zip.archive(), file: "b", log: &log)?.table("VINFO", log: &log))
    #expect(table.rows.map { table.text($0, table.columns[0]) } == ["5"])
    #expect(log.kept.isEmpty)
  }

  @Test("drops headers that are blank at the end, and warns of cells under no header")
  func handlesHeaders() throws {
    let sample = SampleWorkbook(
      rows: """
        <row r="2"><c r="A2" t="inlineStr"><is><t>VM</t></is></c><c r="C2" t="inlineStr"><is><t> </t></is></c></row>
        <row r="3"><c r="A3" t="inlineStr"><is><t>a</t></is></c><c r="C3"><v>5</v></c></row>
        """)
    var log = DiagnosticLog()
    let table = try #require(table(sample, log: &log))
    #expect(table.columns.map(\.name) == ["VM"])
    #expect(table.headerLine == 2)
    #expect(table.rowCount == 1)
    #expect(log.brief == ["warning table.ragged-row 3:3"])
  }

  @Test("undoes the escapes of characters that XML cannot hold")
  func undoesEscapes() throws {
    let sample = SampleWorkbook(
      rows: Self.header + """
        <row r="2"><c r="A2" t="inlineStr"><is><t>a_x000D_\nb_x005F_x0041_ _xD800_ _x00_</t></is></c></row>
        """)
    #expect(try cells(sample) == [["a\r\nb_x0041_ _xD800_ _x00_", ""]])
  }

  @Test("warns of a formula whose result was never stored")
  func warnsOfFormulas() throws {
    let sample = SampleWorkbook(
      rows: Self.header + "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\"><f>A2*2</f></c></row>")
    var log = DiagnosticLog()
    #expect(table(sample, log: &log)?.rowCount == 1)
    #expect(log.brief == ["warning table.missing-value 2:2"])
  }

  @Test("finds sheets by name in any case, and says nothing about those that are not there")
  func findsSheets() throws {
    var sample = SampleWorkbook(rows: Self.header)
    sample.sheets.append(("vHost", Self.header))
    var log = DiagnosticLog()
    let workbook = try #require(Workbook.open(sample.bytes, file: "book.xlsx", log: &log))
    #expect(workbook.sheetNames == ["vInfo", "vHost"])
    #expect(workbook.hasSheet("VHOST") && !workbook.hasSheet("vCPU"))
    #expect(workbook.table("vCPU", log: &log) == nil)
    #expect(log.kept.isEmpty)
  }

  @Test("escapes a hostile sheet name")
  func escapesSheetNames() throws {
    var sample = SampleWorkbook(rows: Self.header)
    sample.sheets[0].name = "v&#x9;\u{202E}I"
    var log = DiagnosticLog()
    let table = try #require(table(sample, "v\t\u{202E}I", log: &log))
    #expect(table.file == "book.xlsx!v\\t\\u{202e}I")
  }
}
