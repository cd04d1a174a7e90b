public import StowageDiagnostics

extension Table {
  /// The table that delimited text holds; `nil` after reporting that it holds none.
  ///
  /// Problems of rows are reported and the rest is read on, so that the operator sees all of them;
  /// whether the table can be used is what the log says.
  public static func parse(_ source: SourceText, log: inout DiagnosticLog) -> Table? {
    var parser = TableParser(source)
    return parser.parse(log: &log)
  }
}
