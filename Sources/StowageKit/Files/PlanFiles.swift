import StowageFormats
import StowageModel
public import StowageReports

/// The files that `stowage plan --out` writes.
public enum PlanFiles {
  /// `plan.json`, `moves.csv`, `report.html` and `runbook.md`.
  public static func all(_ input: ReportInput) -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = [
      ("plan.json", PlanDocument.encode(input.plan)), ("moves.csv", MovesTable.csv(input.plan)),
    ]
    files.append(("report.html", Array(HTMLReport(input).html.utf8)))
    files.append(("runbook.md", Array(Runbook(input).markdown().utf8)))
    return files
  }
}
