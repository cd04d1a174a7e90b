import StowageCosts
import StowageModel
import Testing

@Suite("Range of a forecast")
struct RangeTests {
  private func forecast(_ vm: VM, _ technique: Technique, _ rate: Double) -> Forecast {
    Fleet.model().forecast(vm, technique: technique, storage: .none, path: Fleet.path(rate))
  }

  /// 1 000 MiB at 105 and 95 MiB/s, with 1.65 s around.
  @Test("goodput alone makes 5 % either way")
  func goodput() {
    let vm = Fleet.vm { $0.dirtyRateMiBPerSecond = 0 }
    let range = forecast(vm, .postCopy, 100)
    #expect(printed(range.lowSeconds, 2) == "11.17")
    #expect(printed(range.highSeconds, 2) == "12.18")
  }

  @Test("near the payload rate the range is wide")
  func illConditioned() {
    let width = { (dirty: Double) in
      let range = forecast(Fleet.vm { $0.dirtyRateMiBPerSecond = dirty }, .preCopy, 100)
      return (range.highSeconds - range.lowSeconds) / range.totalSeconds
    }
    #expect(width(20) < 0.15)
    #expect(width(75) > 0.25)
    #expect(width(95) > 1)
  }

  @Test("an assumed dirty rate and configured memory widen it to the low side")
  func assumed() {
    let unknown = Fleet.vm {
      $0.dirtyRateMiBPerSecond = nil
      $0.workingSetMiB = nil
      $0.memoryConsumedMiB = nil
    }
    let range = forecast(unknown, .preCopy, 100)
    #expect(range.lowSeconds < 0.6 * range.totalSeconds)
    #expect(range.highSeconds > 1.05 * range.totalSeconds)
  }

  /// 2 + 1.5 + 5 s and 120 + 1.5 + 180 s; of 4 and 10 s that are known, a quarter either way.
  @Test("a cold move is as uncertain as shutting down and booting")
  func cold() {
    let range = forecast(Fleet.vm(), .cold, 100)
    #expect(range.lowSeconds == 8.5)
    #expect(range.highSeconds == 301.5)
    let known = forecast(
      Fleet.vm {
        $0.shutdownSeconds = 4
        $0.bootSeconds = 10
      }, .cold, 100)
    #expect(known.totalSeconds == 15.5)
    #expect(known.lowSeconds == 12)
    #expect(known.highSeconds == 19)
  }

  @Test("every figure has a range that holds it", arguments: Technique.allCases)
  func everyFigure(technique: Technique) {
    for name in ["idle", "web", "app", "db", "cache"] {
      for platform in Platform.allCases {
        let found = Fleet.model(platform).forecast(
          Fleet.published(name), technique: technique, storage: .none, path: Fleet.path(gbps: 1))
        for (value, span) in [
          (found.downtimeSeconds, found.downtimeSpan), (found.sentMiB, found.sentSpan),
          (found.guestSlowdownSeconds, found.slowdownSpan), (found.exposureSeconds, found.exposureSpan),
          (found.lossProbability, found.lossSpan), (found.energyJoules, found.energySpan),
        ] {
          #expect(span.low <= value && value <= span.high)
          #expect(span.low >= 0 && span.high.isFinite)
        }
      }
    }
  }

  /// 10 s of window at 100 MiB/s, 9.52 and 10.53 s at the ends; hosts may fail half and twice as often.
  @Test(
    "risk is as uncertain as the window and the failures of hosts, energy as what is sent and what it takes")
  func risk() {
    let found = forecast(Fleet.vm(), .postCopy, 100)
    #expect(printed(found.exposureSpan.low, 2) == "9.52")
    #expect(printed(found.exposureSpan.high, 2) == "10.53")
    #expect(abs(found.lossSpan.low / found.lossProbability - 0.5 / 1.05) < 1e-6)
    #expect(abs(found.lossSpan.high / found.lossProbability - 2 / 0.95) < 1e-6)
    #expect(found.energySpan.low == found.energyJoules / 2)
    #expect(found.energySpan.high == found.energyJoules * 2)
    // Of a guest that sweeps through its memory 3 % of the window.
    #expect(found.slowdownSpan.low <= 0.03 * 9.53)
    #expect(found.slowdownSpan.low > 0)
  }

  @Test("holds the estimate, whatever the VM", arguments: ["idle", "web", "app", "db", "cache"])
  func holds(name: String) {
    for platform in Platform.allCases {
      for technique in Technique.allCases {
        for gbps in [1.0, 2.5, 10, 25] {
          let range = Fleet.model(platform).forecast(
            Fleet.published(name), technique: technique, storage: .none, path: Fleet.path(gbps: gbps))
          #expect(range.lowSeconds <= range.totalSeconds)
          #expect(range.totalSeconds <= range.highSeconds)
          #expect(range.highSeconds.isFinite)
        }
      }
    }
  }

  /// The ends are forecasts of their own: goodput and dirty rate 5 % and 10 % apart, twice that between
  /// 0.7 and 1.3 of the payload rate.
  @Test(
    "the ends are the forecasts at the ends of the inputs",
    arguments: [
      (Platform.libvirt, 69.0, 1.0), (.libvirt, 71, 2), (.vmware, 129, 2), (.vmware, 131, 1),
    ])
  func ends(platform: Platform, dirty: Double, width: Double) {
    let total = { (dirty: Double, rate: Double) in
      Fleet.model(platform).forecast(
        Fleet.vm {
          $0.workingSetMiB = 900
          $0.dirtyRateMiBPerSecond = dirty
        }, technique: .preCopy, storage: .none, path: Fleet.path(rate))
    }
    let range = total(dirty, 100)
    let low = total(dirty * (1 - 0.1 * width), 100 + 5 * width).totalSeconds
    let high = total(dirty * (1 + 0.1 * width), 100 - 5 * width).totalSeconds
    #expect(abs(range.lowSeconds - min(low, range.totalSeconds)) < 1e-9)
    #expect(abs(range.highSeconds - max(high, range.totalSeconds)) < 1e-9)
  }

  /// 4 000 MiB at 420 and 380 MiB/s, dirtied at 30 and 120 MiB/s instead of 60 meanwhile.
  @Test("an assumed dirty rate may be half or twice")
  func halfOrTwice() {
    let vm = Fleet.vm {
      $0.memoryMiB = 4000
      $0.memoryConsumedMiB = 4000
      $0.workingSetMiB = 4000
      $0.dirtyRateMiBPerSecond = nil
    }
    let range = forecast(vm, .hybrid, 400)
    #expect(printed(range.lowSeconds, 3) == "11.842")
    #expect(printed(range.highSeconds, 3) == "15.452")
  }

  /// At the unlucky end 109 MiB/s are dirtied and 90 carried.
  @Test("where the unlucky end does not converge, four more passes are allowed")
  func unlucky() {
    let range = forecast(Fleet.vm { $0.dirtyRateMiBPerSecond = 91 }, .preCopy, 100)
    #expect(abs(range.highSeconds - range.totalSeconds - 4000.0 / 90) < 1e-9)
  }
}
