import StowageDiagnostics
import StowageModel

/// Reads a rules file, JSON or YAML.
enum RuleFile {
  /// Chosen: more than a hundred times the rules of the largest known fleet.
  static let sizeLimit = 64 << 20

  /// The rules of the file at `path`; what is wrong is reported.
  static func read(_ path: String, into log: inout DiagnosticLog) -> [PlacedRule] {
    guard let bytes = FileBytes.read(path, sizeLimit: sizeLimit, log: &log),
      let source = SourceText.decode(bytes, file: path, log: &log)
    else { return [] }
    return parse(source, into: &log)
  }

  /// The rules of a text.
  static func parse(_ source: SourceText, into log: inout DiagnosticLog) -> [PlacedRule] {
    var document = RuleDocument()
    guard let root = root(source, into: &log) else { return [] }
    document.read(document: root, into: &log)
    return document.rules
  }

  /// JSON when it starts like JSON, else YAML: every error then speaks of the form that was meant.
  private static func root(_ source: SourceText, into log: inout DiagnosticLog) -> DocumentNode? {
    let first = source.bytes.first { !$0.isBlank }
    let isYAML = [".yaml", ".yml"].contains { source.file.lowercased().hasSuffix($0) }
    let json =
      first == UInt8(ascii: "{") && !isYAML
      ? JSONValue.parse(source, log: &log) : YAMLTree.parse(source, log: &log)
    return json.map { DocumentNode($0, file: source.file) }
  }
}
