import StowageDiagnostics
import StowageFormats
import Testing

/// Files that are no readable workbook, and what is said about them.
@Suite("Bad workbooks")
struct BadWorkbooksTests {
  private static let row = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>VM</t></is></c></row>"

  /// The problems of opening `bytes` and reading every sheet.
  private func problems(_ bytes: [UInt8], _ limits: WorkbookLimits = .standard) -> [Diagnostic] {
    var log = DiagnosticLog()
    if let workbook = Workbook.open(bytes, file: "book.xlsx", limits: limits, log: &log) {
      for name in workbook.sheetNames { _ = workbook.table(name, log: &log) }
    }
    return log.kept
  }

  /// The problems of a sheet with these rows.
  private func problems(rows: String) -> [String] {
    problems(SampleWorkbook(rows: rows).bytes).map { brief($0) }
  }

  /// A sample whose parts were changed.
  private func changed(_ change: (inout StoredZip.Part) -> Void) -> [UInt8] {
    var zip = SampleWorkbook(rows: Self.row).zip
    for index in zip.parts.indices { change(&zip.parts[index]) }
    return zip.archive()
  }

  @Test("a sound one has no problem")
  func soundOne() {
    #expect(problems(rows: Self.row).isEmpty)
  }

  @Test("tells a workbook with a password from one of an old format, with a remedy for each")
  func tellsOldFormats() {
    let start: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600)
    let name = "EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(problems(start + name).first?.remedy == "save a copy without the password, and give that")
    #expect(problems(start).first?.remedy == "save it as .xlsx")
    #expect(Workbook.looksLikeWorkbook(start))
    #expect(problems(changed { $0.isEncrypted = true }).map { brief($0) } == ["error file.unreadable"])
  }

  @Test("says that a file is cut off, wherever it is cut")
  func saysTruncated() {
    let bytes = SampleWorkbook(rows: Self.row).bytes
    for count in [4, 100, bytes.count / 2, bytes.count - 30, bytes.count - 1] {
      #expect(problems(Array(bytes.prefix(count))).map { brief($0) } == ["error file.truncated"], "\(count)")
    }
  }

  @Test("says what is no workbook at all")
  func saysUnknown() {
    #expect(problems(Array("VM,Host\n".utf8)).map { brief($0) } == ["error file.unknown-format"])
    #expect(problems([]).map { brief($0) } == ["error file.unknown-format"])
    var zip = StoredZip()
    zip.add("a.txt", "x")
    #expect(problems(zip.archive()).map { brief($0) } == ["error file.unknown-format"])
    #expect(!Workbook.looksLikeWorkbook(Array("VM,Host\n".utf8)))
  }

  @Test("says that parts are damaged: checksum, missing, no XML, no sheet")
  func saysDamaged() {
    let damaged = ["error file.syntax"]
    #expect(
      problems(changed { if $0.name.hasSuffix("sheet1.xml") { $0.checksum = 1 } }).map { brief($0) }
        == damaged)
    #expect(
      problems(changed { if $0.name.hasSuffix("sheet1.xml") { $0.name = "xl/x.xml" } }).map { brief($0) }
        == damaged)
    #expect(
      problems(changed { if $0.name.hasSuffix("workbook.xml") { $0.bytes = Array("<a>".utf8) } }).map {
        brief($0)
      } == damaged)
    #expect(
      problems(changed { if $0.name.hasSuffix("workbook.xml.rels") { $0.bytes = Array("<a/>".utf8) } }).map {
        brief($0)
      } == damaged)
    #expect(problems(changed { $0.packed = [0xFF, 0xFF, 0xFF] }).map { brief($0) } == damaged)
  }

  @Test(
    "says what is wrong within a sheet",
    arguments: [
      ("<row r=\"1\"><c r=\"A1\"><v>abc</v></c></row>", "error file.syntax"),
      ("<row r=\"1\"><c r=\"A1\"><v>1e999</v></c></row>", "error file.syntax"),
      ("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>", "error file.syntax"),
      ("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>-1</v></c></row>", "error file.syntax"),
      ("<row r=\"1\"><c r=\"1A\"><v>1</v></c></row>", "error file.syntax"),
      ("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>", "error file.syntax"),
      ("<row r=\"1048577\"><c><v>1</v></c></row>", "error file.syntax"),
      ("<row r=\"0\"><c><v>1</v></c></row>", "error file.syntax"),
      ("<row r=\"1\"><c></row>", "error file.syntax"),
      ("<row r=\"1\">\u{1}</row>", "error file.syntax"),
      ("&undefined;", "error file.syntax"),
      ("", "error table.empty"),
      ("<row r=\"1\"/><row r=\"2\"><c r=\"A2\"/></row>", "error table.empty"),
    ])
  func saysBadSheets(rows: String, problem: String) {
    #expect(problems(rows: rows) == [problem])
  }

  @Test("refuses document types, and with them entities that fetch files or unfold without end")
  func refusesDoctypes() {
    for type in [
      "<!DOCTYPE a SYSTEM \"file:///etc/passwd\">",
      "<!DOCTYPE a [<!ENTITY b \"x\"><!ENTITY c \"&b;&b;\">]>",
      "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://example.invalid/x\"> %p;]>",
    ] {
      var sample = SampleWorkbook(rows: Self.row)
      sample.prologue = type
      let found = problems(sample.bytes)
      #expect(found.map { brief($0) } == ["error file.syntax"])
      #expect(found.first?.summary.contains("document type") == true)
    }
  }

  @Test("refuses XML that is nested without end")
  func refusesDepth() {
    #expect(problems(rows: String(repeating: "<a>", count: 300)) == ["error file.syntax"])
  }

  @Test("keeps within its limits: parts, bytes, cells, and the ratio of a packed part")
  func keepsLimits() {
    let bytes = SampleWorkbook(rows: Self.row + "<row r=\"2\"><c r=\"XFD2\"><v>1</v></c></row>").bytes
    let tooLarge = ["error file.too-large"]
    func problems(_ change: (inout WorkbookLimits) -> Void) -> [String] {
      var limits = WorkbookLimits.standard
      change(&limits)
      return self.problems(bytes, limits).map { brief($0) }
    }
    #expect(problems { $0.partCount = 3 } == tooLarge)
    #expect(problems { $0.partBytes = 100 } == tooLarge)
    #expect(problems { $0.totalBytes = 500 } == tooLarge)
    #expect(problems { $0.cellCount = 100 } == tooLarge)
  }

  @Test("stops unpacking a part that turns out hundreds of times larger than it is")
  func stopsBombs() {
    let count = 1 + 258 * 20_000
    let packed = StoredZip.packedSpaces(count)
    #expect(count / packed.count > 150)
    let bytes = changed { part in
      guard part.name.hasSuffix("sheet1.xml") else { return }
      part.bytes = [UInt8](repeating: 0x20, count: count)
      part.packed = packed
    }
    var limits = WorkbookLimits.standard
    limits.ratioFreeBytes = 1 << 20
    limits.ratio = 100
    #expect(problems(bytes, limits).map { brief($0) } == ["error file.too-large"])
    // Within the ratio it is unpacked, and found to be no XML.
    limits.ratio = 200
    #expect(problems(bytes, limits).map { brief($0) } == ["error file.syntax"])
  }

  @Test("never crash when any byte of a sound one is changed", arguments: UInt64(0)..<8)
  func survivesChanges(seed: UInt64) {
    let sound = SampleWorkbook(rows: Self.row).bytes
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
    for _ in 0..<100 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var bytes = sound
      bytes[Int(state >> 33) % bytes.count] ^= UInt8(truncatingIfNeeded: state >> 24) | 1
      // Whatever it says, the same bytes must give the same answer.
      #expect(problems(bytes) == problems(bytes), "seed \(seed)")
    }
  }
}
