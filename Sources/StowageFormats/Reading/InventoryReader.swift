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
    read([path], from: format, rules: rules)
  }

  /// Reads the inventory that several folders or files make together; what they say of the same
  /// platform is read as one export.
  public static func read(
    _ paths: [String], from format: InventoryFormat? = nil, rules: String? = nil
  ) -> ReadResult {
    var log = DiagnosticLog()
    let detector = SourceDetector(wanted: format)
    var parts: [InventorySource] = []
    var exports: [String] = []
    for path in paths {
      guard let source = detector.detect(path, into: &log) else { continue }
      for part in source.flattened {
        if case .exports(let files) = part { exports += files } else { parts.append(part) }
      }
    }
    guard !log.hasErrors else { return ReadResult(inventory: nil, log: log) }
    if parts.count == 1, exports.isEmpty { return read(parts[0], log, rules: rules) }
    var results: [(label: String, result: ReadResult)] = []
    if !exports.isEmpty {
      var reader = ExportReader(paths.joined(separator: ", "), wanted: format, log: log)
      if let result = reader.read(exports, rules: parts.isEmpty ? rules : nil) {
        if parts.isEmpty { return result }
        results.append(("exports", result))
      } else if parts.isEmpty {
        return unknown(paths, detector, log, rules: rules)
      }
    }
    for part in parts { results.append((part.label, read(part, DiagnosticLog(), rules: nil))) }
    return InventoryMerge(log: log).merge(results, rules: rules)
  }

  private static func read(_ source: InventorySource, _ log: DiagnosticLog, rules: String?) -> ReadResult {
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
    case .exports, .parts:
      preconditionFailure("\(source) is no single source")
    }
  }

  /// Nothing was of a form that is known: says what was looked for.
  private static func unknown(
    _ paths: [String], _ detector: SourceDetector, _ log: DiagnosticLog, rules: String?
  ) -> ReadResult {
    var log = log
    for path in paths {
      if detector.mayBeNative(path) { return read(.nativeDocument(path), log, rules: rules) }
      if ExportFolder.isFolder(path) {
        _ = detector.unknown(path, into: &log)
      } else {
        detector.unknownFile(path, into: &log)
      }
    }
    return ReadResult(inventory: nil, log: log)
  }
}

extension InventorySource {
  /// The single sources that it consists of.
  fileprivate var flattened: [InventorySource] {
    if case .parts(let parts) = self { parts.flatMap(\.flattened) } else { [self] }
  }

  /// What tells its ids from those of other parts.
  fileprivate var label: String {
    switch self {
    case .nativeFolder(let path), .nativeDocument(let path), .rvtoolsFolder(let path),
      .rvtoolsWorkbook(let path):
      path.split(separator: "/").last.map(String.init) ?? path
    case .exports, .parts: "exports"
    }
  }
}
