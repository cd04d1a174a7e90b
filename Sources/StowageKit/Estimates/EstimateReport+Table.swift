import StowageCosts
import StowageModel
public import StowageReports

extension EstimateReport {
  /// The table as a page.
  public init(_ table: TechniqueTable) {
    self.init(
      rows: table.rows.map { row in
        Row(
          technique: row.technique,
          seconds: (row.forecast.lowSeconds, row.forecast.totalSeconds, row.forecast.highSeconds),
          downtimeSeconds: row.forecast.downtimeSeconds, sentMiB: row.forecast.sentMiB,
          guestSlowdownSeconds: row.forecast.guestSlowdownSeconds,
          lossProbability: row.forecast.lossProbability, because: row.because)
      }, chosen: table.chosen, payloadMiBPerSecond: table.payloadMiBPerSecond)
  }
}
