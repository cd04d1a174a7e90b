import StowageDiagnostics
import StowageFormats
import Testing

@Suite("TableReader")
struct TableReaderTests {
  /// A table of one row, whose column `v` holds `cell`.
  private func reader(
    _ cell: String, separator: String = ",", convention: NumberConvention = .native
  ) throws -> (TableReader, TableRow, TableColumn) {
    var log = DiagnosticLog()
    let text = "id\(separator)v\na\(separator)\"\(cell)\"\n"
    let table = try #require(Table.parse(SourceText(text, file: "vms.csv"), log: &log))
    #expect(log.kept.isEmpty)
    let row = try #require(table.rows.first)
    return (TableReader(table, numbers: convention), row, try #require(table.column("v")))
  }

  @Test("reads an empty cell as nil, which is not zero", arguments: ["", " ", "\t", "\u{A0}"])
  func readsEmpty(cell: String) throws {
    var log = DiagnosticLog()
    let (reader, row, column) = try reader(cell)
    #expect(reader.string(row, column) == nil)
    #expect(reader.number(row, column, log: &log) == nil)
    #expect(reader.integer(row, column, log: &log) == nil)
    #expect(reader.boolean(row, column, log: &log) == nil)
    #expect(reader.quantity(row, column, .mebibytes, log: &log) == nil)
    #expect(log.kept.isEmpty)
  }

  @Test("reads an absent column as nil everywhere")
  func readsAbsent() throws {
    var log = DiagnosticLog()
    let (reader, row, _) = try reader("1")
    #expect(reader.number(row, reader.column("memory"), log: &log) == nil)
    #expect(reader.requiredString(row, nil, log: &log) == nil)
    #expect(log.kept.isEmpty)
  }

  @Test("reports a value that must be there at the place where it belongs")
  func requires() throws {
    var log = DiagnosticLog()
    let (reader, row, column) = try reader("")
    #expect(reader.requiredString(row, column, log: &log) == nil)
    #expect(log.brief == ["error table.missing-value 2:3"])
  }

  @Test("trims texts, unless they are asked for exactly")
  func trims() throws {
    let (reader, row, column) = try reader("\u{A0} x y\t")
    #expect(reader.string(row, column) == "x y")
    #expect(reader.exactString(row, column) == "\u{A0} x y\t")
  }

  @Test(
    "reports what is no number of its column, at its place",
    arguments: [
      ("nan", "error table.bad-value 2:3"), ("inf", "error table.bad-value 2:3"),
      ("-5", "error table.bad-value 2:3"), ("1e999", "error table.bad-value 2:3"),
      ("1e16", "error table.bad-value 2:3"), ("12x", "error table.bad-value 2:3"),
      ("1,5", "error table.bad-value 2:3"), ("1,234", "error table.ambiguous-number 2:3"),
      ("16 GiB", "error table.bad-value 2:3"),
    ])
  func reportsNumbers(cell: String, problem: String) throws {
    var log = DiagnosticLog()
    let (reader, row, column) = try reader(cell)
    #expect(reader.number(row, column, log: &log) == nil)
    #expect(log.brief == [problem])
  }

  @Test("says the value, the bound and the unit when a number is out of range")
  func saysBounds() throws {
    var log = DiagnosticLog()
    let (reader, row, column) = try reader("101")
    #expect(reader.number(row, column, in: 0...100, unit: "%", log: &log) == nil)
    #expect(
      log.kept.first?.description == """
        vms.csv:2:3: error: 'v' '101' is above 100 % [table.bad-value]
          try: write a number of at most 100 %, or leave the cell empty
        """)
  }

  @Test(
    "reads whole numbers, and reports what may be one or is none",
    arguments: [
      ("16384", 16_384, nil), ("4.0", 4, nil), ("1e3", 1000, nil),
      ("1.234", nil, "error table.ambiguous-number 2:3"),
      ("4.5", nil, "error table.bad-value 2:3"), ("-1", nil, "error table.bad-value 2:3"),
      ("99999999999999999999", nil, "error table.bad-value 2:3"),
    ] as [(String, Int?, String?)])
  func readsWholeNumbers(cell: String, value: Int?, problem: String?) throws {
    var log = DiagnosticLog()
    let (reader, row, column) = try reader(cell)
    #expect(reader.integer(row, column, log: &log) == value)
    #expect(log.brief == [problem].compactMap { $0 })
  }

  @Test(
    "reads booleans by a fixed set of words",
    arguments: [
      ("true", true), ("TRUE", true), ("yes", true), ("1", true), ("False", false), ("no", false),
      ("0", false),
      ("maybe", nil), ("2", nil), ("on", nil),
    ] as [(String, Bool?)])
  func readsBooleans(cell: String, value: Bool?) throws {
    var log = DiagnosticLog()
    let (reader, row, column) = try reader(cell)
    #expect(reader.boolean(row, column, log: &log) == value)
    #expect(log.brief == (value == nil ? ["error table.bad-value 2:3"] : []))
  }

  @Test(
    "reads numbers with units in the unit that is wanted",
    arguments: [
      ("16 GiB", Quantity.mebibytes, 16_384), ("16GB", .mebibytes, 16_384), ("1.5 TiB", .gibibytes, 1536),
      ("512", .mebibytes, 512), ("2.6 GHz", .megahertz, 2600), ("12.5%", .percent, 12.5),
      ("12.5 %", .percent, 12.5),
      ("10 Gb/s", .megabitsPerSecond, 10_000), ("500 ms", .seconds, 0.5), ("1e3 MB", .mebibytes, 1000),
    ] as [(String, Quantity, Double)])
  func readsQuantities(cell: String, quantity: Quantity, value: Double) throws {
    var log = DiagnosticLog()
    let (reader, row, column) = try reader(cell)
    #expect(reader.quantity(row, column, quantity, log: &log) == value)
    #expect(log.kept.isEmpty)
  }

  @Test("reads a number without a unit in the unit that its column is known to have")
  func readsUnlabelled() throws {
    var log = DiagnosticLog()
    let (reader, row, column) = try reader("2")
    #expect(reader.quantity(row, column, .mebibytes, unlabelled: .gibibytes, log: &log) == 2048)
  }

  @Test(
    "reports a unit that measures something else, and a unit without a number",
    arguments: ["16 GHz", "5 parsecs", "GiB"])
  func reportsUnits(cell: String) throws {
    var log = DiagnosticLog()
    let (reader, row, column) = try reader(cell)
    #expect(reader.quantity(row, column, .mebibytes, log: &log) == nil)
    #expect(log.brief == ["error table.bad-value 2:3"])
  }

  @Test("escapes a hostile value in its report")
  func escapes() throws {
    var log = DiagnosticLog()
    let (reader, row, column) = try reader("\u{1B}[2J\nerror: forged")
    #expect(reader.number(row, column, log: &log) == nil)
    let text = try #require(log.kept.first).description
    #expect(text.contains("'\\u{1b}[2J\\nerror: forged'"))
    #expect(!text.unicodeScalars.contains("\u{1B}"))
  }
}
