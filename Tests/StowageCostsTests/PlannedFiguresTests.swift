import StowageCosts
import StowageModel
import Testing

@Suite("Figures in a plan")
struct PlannedFiguresTests {
  @Test("seconds go up to whole ms, MiB and ms to whole, and what is whole stays")
  func rounding() {
    let planned = Fleet.model().forecast(
      Fleet.vm(), technique: .postCopy, storage: .none, path: Fleet.path(30)
    ).planned
    // 1.65 s and 1000/30 s; blackout 0.157 s and 33.3·(1 − e^(−0.058)) s.
    #expect(planned.durationSeconds == 34.984)
    #expect(planned.estimate.bytesMiB == 1000)
    #expect(planned.estimate.downtimeMilliseconds == 2036)
    #expect(planned.sourceReleasedAfterSeconds == 34.984)
    #expect(planned.targetReservedAfterSeconds == 0)
    #expect(planned.targetReservedAfterSeconds.sign == .plus)
  }

  @Test("0.3 s, which no binary fraction is, stays 300 ms")
  func noise() {
    let planned = Fleet.model().forecast(
      Fleet.published("idle"), technique: .preCopy, storage: .none, path: Fleet.path(gbps: 10)
    ).planned
    #expect(planned.estimate.downtimeMilliseconds == 300)
  }

  /// No two figures share a digit: each is rounded in its own unit, up but for the low ends.
  @Test("every figure has its own place and its own unit")
  func everyFigure() {
    let cutOver = CutOver(
      shutdownSeconds: 30.0102, deltaSeconds: 31.0202, convertSeconds: 32.0302, bootSeconds: 33.0402,
      networkSeconds: 34.0502, validationSeconds: 35.0602)
    let planned = forecast {
      $0.totalSeconds = 10.1002
      $0.downtimeSeconds = 0.1102
      $0.sentMiB = 12.2
      $0.rounds = 13
      $0.lowSeconds = 9.4008
      $0.highSeconds = 14.5002
      $0.guestSlowdownSeconds = 15.6002
      $0.lossProbability = 16.2e-9
      $0.sourceReleasedAfterSeconds = 7.7002
      $0.targetReservedAfterSeconds = 8.8002
      ($0.sentSpan.low, $0.sentSpan.high) = (11.9, 17.2)
      ($0.downtimeSpan.low, $0.downtimeSpan.high) = (0.0188, 0.1902)
      $0.cutOver = cutOver
    }.planned
    #expect(planned.durationSeconds == 10.101)
    #expect(planned.sourceReleasedAfterSeconds == 7.701)
    #expect(planned.targetReservedAfterSeconds == 8.801)
    var estimate = MoveEstimate(
      bytesMiB: 13, downtimeMilliseconds: 111, rounds: 13, lowSeconds: 9.4, highSeconds: 14.501,
      guestSlowdownSeconds: 15.601, lossProbability: 17e-9)
    estimate.bytesRange = FigureRange(low: 11, high: 18)
    estimate.downtimeRange = FigureRange(low: 18, high: 191)
    estimate.cutOver = CutOver(
      shutdownSeconds: 30.011, deltaSeconds: 31.021, convertSeconds: 32.031, bootSeconds: 33.041,
      networkSeconds: 34.051, validationSeconds: 35.061)
    #expect(planned.estimate == estimate)
  }

  /// 20 ms and 0.5, then 1.5 millionths of a ms, either way.
  @Test("a millionth of a unit is forgiven, and no more")
  func forgiven() {
    let range = { (low: Double, high: Double) in
      forecast { ($0.downtimeSpan.low, $0.downtimeSpan.high) = (low / 1000, high / 1000) }
        .planned.estimate.downtimeRange
    }
    #expect(range(20 - 0.5e-6, 20 + 0.5e-6) == FigureRange(low: 20, high: 20))
    #expect(range(20 - 1.5e-6, 20 + 1.5e-6) == FigureRange(low: 19, high: 21))
  }

  private func forecast(_ change: (inout Forecast) -> Void) -> Forecast {
    var forecast = Fleet.model().forecast(
      Fleet.vm(), technique: .cold, storage: .none, path: Fleet.path(100))
    change(&forecast)
    return forecast
  }

  @Test("the range holds the duration, and a cold move keeps its order", arguments: Technique.allCases)
  func order(technique: Technique) {
    for name in ["idle", "web", "app", "db", "cache"] {
      let planned = Fleet.model().forecast(
        Fleet.published(name), technique: technique, storage: .full, path: Fleet.path(gbps: 1)
      ).planned
      #expect(planned.estimate.lowSeconds <= planned.durationSeconds)
      #expect(planned.durationSeconds <= planned.estimate.highSeconds)
      #expect(planned.sourceReleasedAfterSeconds <= planned.durationSeconds)
      #expect(planned.targetReservedAfterSeconds <= planned.durationSeconds)
      guard !technique.isLive else { continue }
      #expect(planned.sourceReleasedAfterSeconds <= planned.targetReservedAfterSeconds)
    }
  }
}
