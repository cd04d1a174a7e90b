public import StowageDiagnostics
public import StowageFormats
public import StowageModel

extension PlanDocument {
  /// Whether the file at a path is a plan, by the name of its form near its start.
  public static func isPlan(at path: String) -> Bool { DocumentFile.names("stowage.plan/", at: path) }

  /// The plan in a file, and all that is to be told about it.
  public static func read(path: String) -> (plan: Plan?, log: DiagnosticLog) {
    DocumentFile.read(path) { decode($0, file: $1) }
  }
}
