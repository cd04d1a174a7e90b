/// Makes small workbooks for tests.
struct SampleWorkbook {
  /// Sheets by name, each the XML between `<sheetData>` and its end.
  var sheets: [(name: String, rows: String)] = []
  /// The XML between `<sst>` and its end.
  var sharedStrings = ""
  /// The XML between `<styleSheet>` and its end.
  var styles = ""
  var from1904 = false
  /// Written before the root of each sheet.
  var prologue = ""

  /// A workbook with one sheet `vInfo`.
  init(rows: String) {
    sheets = [("vInfo", rows)]
  }

  /// The archive before it is packed, for tests that damage it.
  var zip: StoredZip {
    var zip = StoredZip()
    zip.add(
      "_rels/.rels",
      "<Relationships><Relationship Id=\"r1\" Type=\"http://x/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>"
    )
    zip.add("xl/workbook.xml", workbook)
    zip.add("xl/_rels/workbook.xml.rels", relations)
    for (index, sheet) in sheets.enumerated() {
      zip.add(
        "xl/worksheets/sheet\(index + 1).xml",
        "\(prologue)<worksheet><sheetData>\(sheet.rows)</sheetData></worksheet>")
    }
    zip.add("xl/sharedStrings.xml", "<sst>\(sharedStrings)</sst>")
    zip.add("xl/styles.xml", "<styleSheet>\(styles)</styleSheet>")
    return zip
  }

  /// The workbook as a file.
  var bytes: [UInt8] { zip.archive() }

  private var workbook: String {
    let list = sheets.enumerated().map {
      "<sheet name=\"\($1.name)\" sheetId=\"\($0 + 1)\" r:id=\"s\($0 + 1)\"/>"
    }
    return """
      <workbook xmlns:r="http://r"><workbookPr date1904="\(from1904 ? 1 : 0)"/><sheets>\(list.joined())</sheets></workbook>
      """
  }

  private var relations: String {
    let list = sheets.indices.map {
      "<Relationship Id=\"s\($0 + 1)\" Type=\"http://x/worksheet\" Target=\"worksheets/sheet\($0 + 1).xml\"/>"
    }
    return """
      <Relationships>\(list.joined())<Relationship Id="a" Type="http://x/sharedStrings" Target="sharedStrings.xml"/>
      <Relationship Id="b" Type="http://x/styles" Target="styles.xml"/></Relationships>
      """
  }
}
