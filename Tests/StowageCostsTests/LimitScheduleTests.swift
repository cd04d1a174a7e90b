import StowageCosts
import Testing

@Suite("Limits that grow")
struct LimitScheduleTests {
  /// A tenth of 500 ms at first: 5 MiB at 100 MiB/s. Half of it after four steps of 20 s.
  @Test("what fits into a later step waits for it")
  func steps() {
    let engine = PreCopy(
      limitSeconds: 0.5, setUpSeconds: 0, switchoverSeconds: 0,
      limitSchedule: .steps(count: 10, secondsEach: 20))
    let run = engine.run(SampleVM.profile(1000, 22, 1000, 0), rate: 100)
    #expect(printed(run.limitSeconds, 3) == "0.250")
    #expect(printed(run.totalSeconds, 2) == "80.22")
    #expect(printed(run.downtimeSeconds ?? -1, 3) == "0.220")
    let stubborn = engine.run(SampleVM.profile(1000, 60, 1000, 0), rate: 100)
    #expect(stubborn.downtimeSeconds == nil)
    #expect(printed(stubborn.totalSeconds, 1) == "180.6")
  }

  @Test("a platform that gives up in time does not wait for the limit")
  func abort() {
    let engine = PreCopy(
      limitSeconds: 0.5, setUpSeconds: 1, switchoverSeconds: 0,
      limitSchedule: .steps(count: 10, secondsEach: 20), abortSeconds: 50)
    let run = engine.run(SampleVM.profile(1000, 22, 1000, 0), rate: 100)
    #expect(run.downtimeSeconds == nil)
    #expect(printed(run.totalSeconds, 3) == "51.000")
    #expect(printed(run.sentMiB, 0) == "5000")
  }

  /// Rounds of 1 000, then 60 MiB again and again.
  @Test("an engine that stops after some rounds pauses for what is left, one that aborts does not end")
  func stops() {
    let run = { (stalling: PreCopy.Stalling) in
      PreCopy(limitSeconds: 0.3, setUpSeconds: 0, switchoverSeconds: 0.1, stalling: stalling)
        .run(SampleVM.profile(1000, 60, 1000, 0), rate: 100)
    }
    #expect(printed(run(.stops(afterRounds: 10)).downtimeSeconds ?? -1, 3) == "0.700")
    #expect(printed(run(.stops(afterRounds: 10)).totalSeconds, 3) == "16.100")
    #expect(run(.aborts(afterRounds: 10)).downtimeSeconds == nil)
    #expect(printed(run(.aborts(afterRounds: 10)).totalSeconds, 3) == "15.400")
  }
}
