import Foundation
import StowageDiagnostics
import StowageFormats
import Testing

/// Where real exports lie beside the repository.
private enum ExportSamples {
  static let folder = URL(filePath: FileManager.default.currentDirectoryPath)
    .appending(path: "../shared/samples/rvtools").standardized
  static let arePresent = FileManager.default.fileExists(atPath: folder.path)
}

/// Real exports, where they lie beside the repository; skipped elsewhere.
@Suite(
  "Shared samples", .enabled(if: ExportSamples.arePresent, "no ../shared/samples beside the package"))
struct SharedSamplesTests {
  @Test("a workbook of nine VMs and seven hosts, most of whose rows are blank")
  func readsWorkbook() throws {
    var log = DiagnosticLog()
    let path = ExportSamples.folder.appending(path: "example1.xlsx").path
    let bytes = try #require(FileBytes.read(path, log: &log))
    let workbook = try #require(Workbook.open(bytes, file: path, log: &log))
    #expect(workbook.table("vInfo", log: &log)?.rowCount == 9)
    #expect(workbook.table("vHost", log: &log)?.rowCount == 7)
    #expect(log.kept.isEmpty)
  }

  @Test(
    "three ways of writing one CSV export give the same cells",
    arguments: ["vInfo", "vCPU", "vHost", "vMemory"])
  func readsCSV(tab: String) throws {
    let comma = try cells("rvtools-4.7-csv", tab)
    #expect(!comma.isEmpty)
    #expect(try cells("rvtools-4.7-csv-semicolon-utf8bom", tab) == comma)
    #expect(try cells("rvtools-4.7-csv-utf16le", tab) == comma)
  }

  /// The cells of a table, numbers as numbers.
  private func cells(_ variant: String, _ tab: String) throws -> [[String]] {
    var log = DiagnosticLog()
    let path = ExportSamples.folder.appending(path: "\(variant)/RVTools_tab\(tab).csv").path
    let source = try #require(SourceText.read(path, log: &log))
    let table = try #require(Table.parse(source, log: &log))
    #expect(log.kept.isEmpty)
    let reader = TableReader(table, numbers: NumberConvention(inferredFrom: [table]))
    return table.rows.map { row in
      table.columns.map { column in
        var scratch = DiagnosticLog()
        let number = reader.number(row, column, in: -1e15...1e15, log: &scratch)
        return number.map { "\($0)" } ?? table.text(row, column)
      }
    }
  }
}
