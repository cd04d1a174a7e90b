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
