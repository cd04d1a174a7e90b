public import StowageDiagnostics
import Yams

/// Reads YAML into the same tree as JSON.
///
/// Scalars are read by the core schema of YAML 1.2: `no` and `22:00` are texts, as people mean them,
/// not a boolean and a number in base 60. Tags are ignored. Keys are texts.
public enum YAMLTree {
  /// The longest text that is read, in bytes: rules are written by hand.
  public static let sizeLimit = 16 << 20
  /// The most values of a document, those that aliases repeat counted each time.
  public static let valueLimit = 1_000_000

  /// The value that a YAML text holds; `nil` after reporting why it holds none.
  public static func parse(_ source: SourceText, log: inout DiagnosticLog) -> JSONValue? {
    let place = SourcePlace(file: source.file)
    guard source.bytes.count <= sizeLimit else {
      log.report(
        .fileTooLarge, .error, at: place,
        "has \(source.bytes.count) bytes, and at most \(sizeLimit) are read as YAML",
        remedy: "write it as JSON")
      return nil
    }
    guard YAMLAliases(source.bytes).areHarmless else {
      log.report(
        .fileTooLarge, .error, at: place, "has so many aliases that it may unfold without end",
        remedy: "write the values out instead of '*' and '&'")
      return nil
    }
    return compose(source, log: &log)
  }

  private static func compose(_ source: SourceText, log: inout DiagnosticLog) -> JSONValue? {
    do {
      guard let node = try Yams.compose(yaml: String(decoding: source.bytes, as: UTF8.self)) else {
        throw YAMLProblem(
          position: nil, summary: "the document is empty", remedy: "write at least its schema")
      }
      var conversion = YAMLConversion()
      return try conversion.value(node)
    } catch let problem as YAMLProblem {
      log.report(
        .fileSyntax, .error, at: problem.position.map(source.place) ?? SourcePlace(file: source.file),
        problem.summary, remedy: problem.remedy)
    } catch let error as YamlError {
      report(error, source, &log)
    } catch {
      log.report(.fileSyntax, .error, at: SourcePlace(file: source.file), "is not YAML", remedy: "check it")
    }
    return nil
  }

  private static func report(_ error: YamlError, _ source: SourceText, _ log: inout DiagnosticLog) {
    var place = SourcePlace(file: source.file)
    let summary: String
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      place = SourcePlace(file: source.file, line: mark.line, column: mark.column)
      summary = problem
    case .duplicatedKeysInMapping(let duplicates, let context):
      place = SourcePlace(file: source.file, line: context.mark.line, column: context.mark.column)
      summary = "the key \(Diagnostic.quoted(duplicates.first ?? "")) is there twice"
    case .reader(let problem, _, _, _):
      summary = problem
    default:
      summary = "the text is not YAML"
    }
    log.report(
      .fileSyntax, .error, at: place,
      "not YAML: \(Diagnostic.quoted(summary, limit: 200).dropFirst().dropLast())",
      remedy: "check the indentation and the quotes around this line")
  }
}

/// What makes a document unusable although it is YAML.
struct YAMLProblem: Error {
  var position: TextPosition?
  var summary: String
  var remedy: String
}
