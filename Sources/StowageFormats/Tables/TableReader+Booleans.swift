public import StowageDiagnostics

extension TableReader {
  /// The boolean in a cell: `true`, `yes` or `1`, and `false`, `no` or `0`, in any case; `nil` when
  /// it is empty or, after a report, something else.
  public func boolean(_ row: TableRow, _ column: TableColumn?, log: inout DiagnosticLog) -> Bool? {
    guard let column, let word = string(row, column) else { return nil }
    switch word.lowercased() {
    case "true", "yes", "1": return true
    case "false", "no", "0": return false
    default:
      reportBadValue(row, column, isNot: "true or false", remedy: "write true or false", log: &log)
      return nil
    }
  }
}
