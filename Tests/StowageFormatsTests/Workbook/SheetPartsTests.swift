import Testing

@testable import StowageFormats

@Suite("CellReference")
struct CellReferenceTests {
  @Test(
    "reads and writes the names of cells",
    arguments: [("A1", 1, 0), ("Z9", 9, 25), ("AA10", 10, 26), ("XFD1048576", 1_048_576, 16_383)])
  func converts(name: String, row: Int, column: Int) {
    #expect(CellReference(name.utf8) == CellReference(row: row, column: column))
    #expect(CellReference(row: row, column: column).description == name)
  }

  @Test(
    "refuses what names no cell",
    arguments: ["", "A", "1", "1A", "A0", "A1B", "XFE1", "A1048577", "AAAAAAAAAAAAAAAAAAAAAA1", "Ä1", "A-1"])
  func refuses(name: String) {
    #expect(CellReference(name.utf8) == nil)
  }
}

@Suite("NumberStyle")
struct NumberStyleTests {
  @Test(
    "tells dates and times from numbers by the letters of the format",
    arguments: [
      ("General", NumberStyle.number), ("#,##0.00", .number), ("0\" days\"", .number), ("0\\d", .number),
      ("@", .number),
      ("[Red]0", .number), ("[h]:mm", .number), ("yyyy-mm-dd", .date), ("d/m/yy", .date), ("mmm", .date),
      ("[$-407]d. mmmm yyyy", .date),
      ("hh:mm", .time), ("mm:ss", .time), ("h:mm AM/PM", .time), ("yyyy/mm/dd\\ hh:mm:ss", .dateTime),
      ("0;\"d\"", .number),
    ])
  func tells(format: String, style: NumberStyle) {
    #expect(NumberStyle(format: format) == style)
  }
}

@Suite("SheetDate")
struct SheetDateTests {
  /// Excel's own examples: day 1 is 1900-01-01, day 61 is 1900-03-01, and day 45292 is 2024-01-01.
  @Test(
    "counts days as spreadsheets do, with the leap day that 1900 never had",
    arguments: [
      (1.0, "1900-01-01"), (59, "1900-02-28"), (60, nil), (61, "1900-03-01"), (45_292, "2024-01-01"),
      (45_351, "2024-02-29"),
      (2_958_465, "9999-12-31"), (2_958_466, nil), (-1, nil),
    ] as [(Double, String?)])
  func countsDays(count: Double, date: String?) {
    #expect(SheetDate.text(count, .date, from1904: false) == date)
  }

  @Test("counts from 1904 as old Macintoshes do")
  func countsFrom1904() {
    #expect(SheetDate.text(0, .date, from1904: true) == "1904-01-01")
    #expect(SheetDate.text(43_830, .date, from1904: true) == "2024-01-01")
  }

  @Test("rounds to the second, and carries")
  func rounds() {
    #expect(SheetDate.text(45_292.999999999, .dateTime, from1904: false) == "2024-01-02T00:00:00")
    #expect(SheetDate.text(45_292.5, .date, from1904: false) == "2024-01-01T12:00:00")
    #expect(SheetDate.text(0.25, .time, from1904: false) == "06:00:00")
  }
}
