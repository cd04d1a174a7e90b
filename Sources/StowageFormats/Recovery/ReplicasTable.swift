public import StowageModel

/// The table `replicas.csv`: one row a VM that states an objective, for people with a spreadsheet.
public enum ReplicasTable {
  /// The bytes of the table, in UTF-8 with a comma between cells. Text that a spreadsheet would run as a formula is
  /// disarmed.
  public static func csv(_ plan: RecoveryPlan) -> [UInt8] {
    var writer = CSVWriter(
      header: [
        "vm", "from_site", "site", "host", "datastore", "interval_s", "rate_mib_per_s", "worst_age_s",
        "links",
        "restart_order", "start_s", "ready_s", "refused_because", "remedy",
      ], formulas: .disarmed)
    for replica in plan.replicas {
      writer.row([
        .text(replica.vm.rawValue), .text(replica.fromSite), .text(replica.site),
        .text(replica.host.rawValue), .text(replica.datastore ?? ""), .number(replica.intervalSeconds),
        .number(replica.rateMiBPerSecond), .number(replica.worstAgeSeconds),
        .text(ListCell.cell(replica.links)), .integer(replica.restartOrder), .number(replica.startSeconds),
        .number(replica.readySeconds), .text(""), .text(""),
      ])
    }
    for refusal in plan.refusals {
      let empty = [CSVCell](repeating: .text(""), count: 11)
      writer.row([.text(refusal.vm.rawValue)] + empty + [.text(refusal.because), .text(refusal.remedy)])
    }
    return writer.finish()
  }
}
