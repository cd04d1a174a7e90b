public import StowageDiagnostics

/// A workbook in the format of Excel 2007 and later (ECMA-376: `.xlsx`, `.xlsm`).
///
/// Opening reads the names of the sheets and the shared texts; each sheet is read when it is asked for.
public struct Workbook {
  /// The file as the operator named it.
  public let file: String
  /// The names of the sheets, in the order of the tabs.
  public var sheetNames: [String] { sheets.map(\.name) }

  private let archive: ZipArchive
  private let sheets: [(name: String, part: String)]
  private let strings: SharedStrings
  private let styles: [NumberStyle]
  private let from1904: Bool
  private let limits: WorkbookLimits

  /// Opens the workbook that `bytes` hold; `nil` after reporting why they hold none.
  public static func open(
    _ bytes: [UInt8], file: String, limits: WorkbookLimits = .standard, log: inout DiagnosticLog
  ) -> Workbook? {
    do throws(WorkbookProblem) {
      return try Workbook(bytes, file: file, limits: limits)
    } catch {
      error.report(file: file, to: &log)
      return nil
    }
  }

  private init(_ bytes: [UInt8], file: String, limits: WorkbookLimits) throws(WorkbookProblem) {
    try WorkbookKind.requireWorkbook(bytes)
    self.file = file
    self.limits = limits
    archive = try ZipArchive(bytes, limits: limits)
    let parts = try WorkbookParts(archive, depthLimit: limits.depth)
    sheets = parts.sheets
    from1904 = parts.from1904
    let sharedStrings = SharedStringsHandler()
    if let part = parts.sharedStrings { try archive.parse(part, depthLimit: limits.depth, sharedStrings) }
    strings = sharedStrings.strings
    let stylesHandler = StylesHandler()
    if let part = parts.styles { try archive.parse(part, depthLimit: limits.depth, stylesHandler) }
    styles = stylesHandler.styles
  }

  /// Whether the workbook has a sheet with this name, in any case.
  public func hasSheet(_ name: String) -> Bool {
    sheet(name) != nil
  }

  /// The table on the sheet with this name, in any case: its first row that holds something is the
  /// header. `nil` when there is no such sheet, or after reporting why it cannot be read.
  public func table(_ name: String, log: inout DiagnosticLog) -> Table? {
    guard let sheet = sheet(name) else { return nil }
    let label = "\(file)!\(Diagnostic.quoted(sheet.name).dropFirst().dropLast())"
    do throws(WorkbookProblem) {
      guard let part = archive.part(named: sheet.part) else {
        throw .damaged("'\(sheet.part)' is missing")
      }
      let context = SheetContext(
        file: label, part: sheet.part, strings: strings, styles: styles, from1904: from1904, limits: limits)
      let handler = SheetHandler(context)
      try archive.parse(part, depthLimit: limits.depth, handler)
      return handler.finish(log: &log)
    } catch {
      error.report(file: label, to: &log)
      return nil
    }
  }

  private func sheet(_ name: String) -> (name: String, part: String)? {
    let key = name.lowercased()
    return sheets.first { $0.name.lowercased() == key }
  }
}
