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
          technique: row.technique, aid: row.aid,
          seconds: Figure(forecast.totalSeconds, low: forecast.lowSeconds, high: forecast.highSeconds),
          downtimeSeconds: Figure(forecast.downtimeSeconds, forecast.downtimeSpan),
          sentMiB: Figure(forecast.sentMiB, forecast.sentSpan),
          rounds: forecast.rounds, isEnding: forecast.isPossible,
          guestSlowdownSeconds: Figure(forecast.guestSlowdownSeconds, forecast.slowdownSpan),
          exposureSeconds: Figure(forecast.exposureSeconds, forecast.exposureSpan),
          lossProbability: Figure(forecast.lossProbability, forecast.lossSpan),
          energyJoules: Figure(forecast.energyJoules, forecast.energySpan), because: row.because)
      }, variants: table.variants.map(Variant.init), remedies: table.convergence?.remedies ?? [],
      chosen: table.chosen, payloadMiBPerSecond: table.payloadMiBPerSecond)
  }
}

extension EstimateReport.Figure {
  fileprivate init(_ expected: Double, _ span: Span) { self.init(expected, low: span.low, high: span.high) }
}

extension EstimateReport.Variant {
  fileprivate init(_ variant: MoveVariant) {
    let forecast = variant.forecast
    self.init(
      name: Self.name(variant.kind),
      seconds: .init(forecast.totalSeconds, low: forecast.lowSeconds, high: forecast.highSeconds),
      downtimeSeconds: .init(forecast.downtimeSeconds, forecast.downtimeSpan),
      sentMiB: .init(forecast.sentMiB, forecast.sentSpan), isEnding: forecast.isPossible,
      guestSlowdownSeconds: .init(forecast.guestSlowdownSeconds, forecast.slowdownSpan),
      encodingSeconds: variant.encodingSeconds)
  }

  private static func name(_ kind: MoveVariant.Kind) -> String {
    switch kind {
    case .preCopy(let aid): "pre-copy, \(aid.name)"
    case .coldAfterSeed: "cold, disks copied ahead"
    }
  }
}
