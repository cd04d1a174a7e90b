public import StowageDiagnostics
public import StowageFormats
public import StowageModel
public import StowageReports

/// The files that `stowage protect --out` writes.
public enum RecoveryFiles {
  /// `recovery.json`, `replicas.csv`, `recovery.html`, `setup.md`, `failover.md` and `test-failover.md`.
  public static func all(_ input: RecoveryInput) -> [(name: String, bytes: [UInt8])] {
    let runbook = RecoveryRunbook(input)
    return [
      ("recovery.json", RecoveryDocument.encode(input.plan)),
      ("replicas.csv", ReplicasTable.csv(input.plan)),
      ("recovery.html", Array(RecoveryReport(input).html.utf8)),
      ("setup.md", Array(runbook.setUp.utf8)),
      ("failover.md", Array(runbook.failover.utf8)),
      ("test-failover.md", Array(runbook.test.utf8)),
    ]
  }
}

extension RecoveryDocument {
  /// Whether the file at a path is a recovery plan, by the name of its form near its start.
  public static func isRecoveryPlan(at path: String) -> Bool {
    DocumentFile.names("stowage.recovery/", at: path)
  }

  /// The recovery plan in a file, and all that is to be told about it.
  public static func read(path: String) -> (plan: RecoveryPlan?, log: DiagnosticLog) {
    DocumentFile.read(path) { decode($0, file: $1) }
  }
}
