import StowageDiagnostics

/// Reads an inventory in any form that Stowage knows.
public enum InventoryReader {
  /// Reads the inventory at `path`.
  ///
  /// - Parameters:
  ///   - path: A folder or file.
  ///   - format: The form that the operator says it has; found by looking at the content otherwise.
  ///   - rules: A rules file that replaces the inventory's own rules.
  /// - Returns: The inventory, unless there were errors, and what is to be said about the files.
  public static func read(
    _ path: String, from format: InventoryFormat? = nil, rules: String? = nil
  ) -> ReadResult {
    var log = DiagnosticLog()
    guard let source = SourceDetector(wanted: format).detect(path, into: &log) else {
      return ReadResult(inventory: nil, log: log)
    }
    switch source {
    case .nativeFolder(let folder):
      var reader = NativeFolder(folder, log: log)
      return reader.read(rules: rules)
    case .nativeDocument(let file):
      var reader = NativeDocument(file, log: log)
      return reader.read(rules: rules)
    case .rvtoolsFolder(let folder):
      var reader = RVToolsReader(folder, log: log)
      return reader.readFolder(rules: rules)
    case .rvtoolsWorkbook(let file):
      var reader = RVToolsReader(file, log: log)
      return reader.readWorkbook(rules: rules)
    }
  }
}
