import StowageDiagnostics

/// A problem as tests compare it: `error file.syntax 3:7`.
func brief(_ diagnostic: Diagnostic) -> String {
  var place = ""
  if let line = diagnostic.place?.line { place += " \(line)" }
  if let column = diagnostic.place?.column { place += ":\(column)" }
  return "\(diagnostic.severity.rawValue) \(diagnostic.code.rawValue)\(place)"
}

extension DiagnosticLog {
  /// The kept problems in brief.
  var brief: [String] { kept.map { StowageFormatsTests.brief($0) } }
}
