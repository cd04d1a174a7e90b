public import StowageDiagnostics

extension JSONValue {
  /// The deepest nesting of arrays and objects that is read. Stowage's own documents nest six deep.
  public static let depthLimit = 512

  /// The value that a JSON text (RFC 8259) holds; `nil` after reporting why it holds none.
  ///
  /// Keys that repeat within an object are reported as errors, all of them; the first value counts.
  public static func parse(_ source: SourceText, log: inout DiagnosticLog) -> JSONValue? {
    take(source, log: &log) { parser in parser.document() }
  }

  /// The values of a text that may have several, one after the other; `nil` after reporting why it
  /// cannot be read.
  static func parseAll(_ source: SourceText, log: inout DiagnosticLog) -> [JSONValue]? {
    take(source, log: &log) { parser in parser.documents() }
  }

  private static func take<Parsed>(
    _ source: SourceText, log: inout DiagnosticLog,
    _ parse: (inout JSONParser) -> Result<Parsed, JSONProblem>
  ) -> Parsed? {
    let (outcome, duplicates) = source.bytes.withUnsafeBufferPointer { buffer in
      var parser = JSONParser(buffer)
      return (parse(&parser), parser.duplicates)
    }
    for duplicate in duplicates {
      let summary =
        log.keeps(.fileSyntax)
        ? "the key \(Diagnostic.quoted(duplicate.key)) is there twice, first on line \(duplicate.first.line)"
        : ""
      log.report(
        .fileSyntax, .error, at: source.place(duplicate.position), summary, remedy: "remove one of the two")
    }
    switch outcome {
    case .success(let value):
      return value
    case .failure(let problem):
      log.report(
        problem.isTruncation ? .fileTruncated : .fileSyntax, .error, at: source.place(problem.position),
        problem.summary, remedy: problem.remedy)
      return nil
    }
  }
}

extension SourceText {
  /// The place of a position in this text.
  public func place(_ position: TextPosition) -> SourcePlace {
    SourcePlace(file: file, line: position.line, column: position.column)
  }
}
