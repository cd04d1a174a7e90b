/// Collects problems while a reader goes on, so that the operator sees all of them at once.
///
/// A file of a million bad lines must not become a million messages: of each code the first
/// ``limitPerCode`` are kept, and the rest are counted.
public struct DiagnosticLog: Sendable {
  /// How many problems of one code are kept in full.
  public static let limitPerCode = 20

  /// The kept problems, in the order in which they were found.
  public private(set) var kept: [Diagnostic] = []
  /// How many problems of each code were found, kept or not.
  public private(set) var counts: [DiagnosticCode: Int] = [:]
  private var errorCount = 0

  /// An empty log.
  public init() {}

  /// Whether any error was found: the input cannot be used.
  public var hasErrors: Bool { errorCount > 0 }

  /// Whether the next problem of `code` is kept in full: if not, its words need not be composed.
  public func keeps(_ code: DiagnosticCode) -> Bool {
    counts[code, default: 0] < Self.limitPerCode
  }

  /// Adds one problem.
  public mutating func report(_ diagnostic: Diagnostic) {
    counts[diagnostic.code, default: 0] += 1
    if diagnostic.severity == .error { errorCount += 1 }
    if counts[diagnostic.code, default: 0] <= Self.limitPerCode { kept.append(diagnostic) }
  }

  /// Adds a problem from its parts.
  public mutating func report(
    _ code: DiagnosticCode, _ severity: Severity, at place: SourcePlace? = nil, _ summary: String,
    remedy: String? = nil
  ) {
    report(Diagnostic(code, severity, at: place, summary, remedy: remedy))
  }

  /// Adds all of another log, its uncounted remainder included.
  public mutating func merge(_ other: DiagnosticLog) {
    var mergedCounts: [DiagnosticCode: Int] = [:]
    for diagnostic in other.kept {
      mergedCounts[diagnostic.code, default: 0] += 1
      let known = counts[diagnostic.code, default: 0] + mergedCounts[diagnostic.code, default: 0]
      if known <= Self.limitPerCode { kept.append(diagnostic) }
    }
    for (code, count) in other.counts { counts[code, default: 0] += count }
    errorCount += other.errorCount
  }

  /// How many problems of each code were found beyond those kept, in alphabetical order.
  public var omitted: [(code: DiagnosticCode, count: Int)] {
    var shown: [DiagnosticCode: Int] = [:]
    for diagnostic in kept { shown[diagnostic.code, default: 0] += 1 }
    return counts.compactMap { code, count in
      let rest = count - shown[code, default: 0]
      return rest > 0 ? (code, rest) : nil
    }.sorted { $0.code < $1.code }
  }
}
