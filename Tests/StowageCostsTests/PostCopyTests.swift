import StowageCosts
import StowageModel
import Testing

@Suite("Post-copy and hybrid")
struct PostCopyTests {
  let engine = PostCopy(setUpSeconds: 1, stateSeconds: 0.5, roundTripSeconds: 0)

  /// 1000 MiB at 100 MiB/s.
  @Test("post-copy sends everything once, all of it in the window")
  func postCopy() {
    let run = engine.run(SampleVM.profile(1000, 100, 50, 0), rate: 100)
    #expect(run.totalSeconds == 11.5)
    #expect(run.sentMiB == 1000)
    #expect(run.windowSeconds == 10)
    // 21 % of 100 MiB at 100 MiB/s.
    #expect(printed(run.stallSeconds, 3) == "0.210")
  }

  @Test("hybrid sends what one pass left, and only that lies in the window")
  func hybrid() {
    let run = engine.runHybrid(SampleVM.profile(1000, 100, 50, 0), rate: 100)
    #expect(run.totalSeconds == 12.5)
    #expect(run.sentMiB == 1100)
    #expect(run.windowSeconds == 1)
  }

  @Test("a stall is never longer than the window")
  func stallIsBounded() {
    let slow = PostCopy(setUpSeconds: 0, stateSeconds: 0, roundTripSeconds: 10)
    #expect(slow.run(SampleVM.profile(1000, 100, 50, 0), rate: 100).stallSeconds == 10)
  }

  /// Measured from heartbeat to heartbeat on QEMU 10.0.
  @Test(
    "the blackout is within 3 % of what was measured", arguments: [(32.0, 2.980), (64, 1.629), (128, 0.990)])
  func blackout(rate: Double, measured: Double) {
    let seconds = Blackout.seconds(.postCopy, memoryMiB: 1024, rate: rate)
    #expect(abs(seconds / measured - 1) < 0.03)
  }

  @Test("hybrid's blackout is 0.6 s, and post-copy's no shorter, nor longer than its memory takes")
  func blackoutEnds() {
    #expect(Blackout.seconds(.hybrid, memoryMiB: 1024, rate: 32) == 0.6)
    #expect(Blackout.seconds(.postCopy, memoryMiB: 1024, rate: 1e6) == 0.6)
    #expect(Blackout.seconds(.postCopy, memoryMiB: 10, rate: 1) == 10.6)
  }
}
