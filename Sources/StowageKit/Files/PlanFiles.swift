import StowageFormats
import StowageModel
public import StowageReports

/// The files that `stowage plan --out` writes.
public enum PlanFiles {
  /// `plan.json`, `moves.csv`, `report.html` and `runbook.md`; and `tradeoffs.csv` where somebody asked for the curve.
  public static func all(_ input: ReportInput) -> [(name: String, bytes: [UInt8])] {
    var files: [(name: String, bytes: [UInt8])] = [
      ("plan.json", PlanDocument.encode(input.plan)), ("moves.csv", MovesTable.csv(input.plan)),
    ]
    files.append(("report.html", Array(HTMLReport(input).html.utf8)))
    files.append(("runbook.md", Array(Runbook(input).markdown().utf8)))
    if !input.tradeoffs.isEmpty { files.append(("tradeoffs.csv", Array(csv(input.tradeoffs).utf8))) }
    return files
  }

  /// Nothing but numbers, an empty cell for what is not proved.
  private static func csv(_ tradeoffs: [Tradeoff]) -> String {
    let header = "hosts_on,moves,moved_mib,least_moved_mib,makespan_s,least_makespan_s,is_this_plan\n"
    return tradeoffs.reduce(into: header) { text, one in
      let least = one.leastMovedMiB.map { "\($0)" } ?? ""
      text += "\(one.hostsOn),\(one.moves),\(one.movedMiB),\(least),\(one.makespanSeconds),"
      text += "\(one.leastMakespanSeconds),\(one.isChosen)\n"
    }
  }
}
