import StowageCosts
import StowageModel
public import StowageReports

extension EstimateReport {
  /// The table as a page.
  public init(_ table: TechniqueTable) {
    self.init(
      rows: table.rows.map { row in
        let forecast = row.forecast
        return Row(
          technique: row.technique,
          seconds: Figure(forecast.totalSeconds, low: forecast.lowSeconds, high: forecast.highSeconds),
          downtimeSeconds: Figure(
            forecast.downtimeSeconds, low: forecast.downtimeSpan.low, high: forecast.downtimeSpan.high),
          sentMiB: Figure(forecast.sentMiB, low: forecast.sentSpan.low, high: forecast.sentSpan.high),
          rounds: forecast.rounds, guestSlowdownSeconds: forecast.guestSlowdownSeconds,
          exposureSeconds: forecast.exposureSeconds, lossProbability: forecast.lossProbability,
          energyJoules: forecast.energyJoules, because: row.because)
      }, chosen: table.chosen, payloadMiBPerSecond: table.payloadMiBPerSecond)
  }
}
