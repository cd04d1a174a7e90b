import StowageDiagnostics

/// What makes a workbook, or a part of it, unreadable.
struct WorkbookProblem: Error {
  var code: DiagnosticCode
  var summary: String
  var remedy: String

  static func damaged(_ what: String) -> WorkbookProblem {
    WorkbookProblem(
      code: .fileSyntax, summary: "the workbook is damaged: \(what)",
      remedy: "export it again, or open and save it in a spreadsheet")
  }

  static func truncated(_ what: String) -> WorkbookProblem {
    WorkbookProblem(
      code: .fileTruncated, summary: "the workbook is cut off: \(what)",
      remedy: "export the file again, and copy all of it")
  }

  static func tooLarge(_ what: String) -> WorkbookProblem {
    WorkbookProblem(
      code: .fileTooLarge, summary: what, remedy: "export the tables as CSV, or split the inventory")
  }

  func report(file: String, to log: inout DiagnosticLog) {
    log.report(code, .error, at: SourcePlace(file: file), summary, remedy: remedy)
  }
}
