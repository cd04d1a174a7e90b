import StowageCosts
import StowageTestSupport
import Testing

@Suite("Pre-copy")
struct PreCopyTests {
  /// 1000 MiB at 100 MiB/s: 10 s. Then 100 MiB of working set: 1 s; then 50 MiB in 0.5 s, 25 in 0.25 s,
  /// which fits into 0.3 s.
  @Test("sends all memory, then what was dirtied, until the rest fits into the limit")
  func byHand() {
    let run = PreCopy(limitSeconds: 0.3, setUpSeconds: 2, switchoverSeconds: 0.1)
      .run(SampleVM.profile(1000, 100, 50, 0), rate: 100)
    #expect(run.rounds == 3)
    #expect(printed(run.totalSeconds, 3) == "13.850")
    #expect(printed(run.downtimeSeconds ?? -1, 3) == "0.350")
    #expect(printed(run.sentMiB, 3) == "1175.000")
    #expect(run.guestLossSeconds == 0)
  }

  @Test("a rest that fills the limit exactly is sent in the pause")
  func atTheLimit() {
    let vm = SampleVM.profile(1000, 30, 50, 0)
    #expect(PreCopy(limitSeconds: 0.3, setUpSeconds: 0, switchoverSeconds: 0).run(vm, rate: 100).rounds == 1)
    #expect(PreCopy(limitSeconds: 0.29, setUpSeconds: 0, switchoverSeconds: 0).run(vm, rate: 100).rounds == 2)
  }

  /// Rounds of 1000, then 600 MiB again and again. Two bad rounds bring 20 %, two more 30 %: a guest that
  /// dirties 140 MiB/s then dirties 98, less than the link carries.
  @Test("throttling starts at 20 % after two bad rounds and rises by 10 %")
  func throttling() {
    let vm = SampleVM.profile(1000, 600, 140, 0)
    let run = PreCopy(limitSeconds: 5.9, setUpSeconds: 0, switchoverSeconds: 0, stalling: .throttles)
      .run(vm, rate: 100)
    // 10 s and 6 s at full speed, 6 s + 6 s at 80 %, then one round at 70 % leaves 588 MiB.
    #expect(run.rounds == 5)
    #expect(printed(run.totalSeconds, 2) == "39.88")
    #expect(printed(run.guestLossSeconds, 2) == "4.20")
    #expect(run.limitSeconds == 5.9)
  }

  /// As before, but each step doubles the limit: after the first, 12 s take the 600 MiB.
  @Test("Proxmox doubles its limit at each step, so that the move ends")
  func doubling() {
    let vm = SampleVM.profile(1000, 600, 1e6, 0)
    let run = PreCopy(
      limitSeconds: 2, setUpSeconds: 0, switchoverSeconds: 0, stalling: .throttlesAndDoublesLimit
    ).run(vm, rate: 100)
    #expect(run.limitSeconds == 8)
    #expect(run.downtimeSeconds == 6)
    #expect(run.rounds == 5)
  }

  @Test("a throttle of 99 % is the last resort: a guest that still dirties too fast diverges")
  func throttledOut() {
    let vm = SampleVM.profile(10000, 5000, 20_000, 0)
    let run = PreCopy(limitSeconds: 0.3, setUpSeconds: 0, switchoverSeconds: 0, stalling: .throttles)
      .run(vm, rate: 100)
    #expect(run.downtimeSeconds == nil)
    #expect(run.guestLossSeconds > 0)
  }

  /// Near h = b hundreds of thousands of rounds remain; they are summed, not gone through.
  @Test("long runs agree with the plain loop", arguments: [0.97, 0.99, 0.999, 0.9999, 0.99999])
  func longRuns(ratio: Double) {
    for vm in [
      SampleVM.profile(4000, 1500, 100 * ratio, 0), SampleVM.profile(4000, 1500, 100 * ratio, 30),
      SampleVM.profile(4000, 200, 100 * ratio, 99.9 * ratio),
    ] {
      let limit = 0.01
      let run = PreCopy(limitSeconds: limit, setUpSeconds: 0, switchoverSeconds: 0).run(vm, rate: 100)
      let plain = Reference.preCopy(vm, rate: 100, limit: limit)
      #expect(abs(run.totalSeconds / plain.seconds - 1) < 1e-6, "\(vm)")
      #expect(abs(run.rounds - plain.rounds) <= 1, "\(vm)")
    }
  }

  /// A rest that shrinks by the last digit of a Double each round needs 10¹⁶ and more of them.
  @Test("256 rounds are gone through one by one, and no more than 10¹⁵ are told of the others")
  func endlessRounds() {
    let run = PreCopy(limitSeconds: 0.01, setUpSeconds: 0, switchoverSeconds: 0)
      .run(SampleVM.profile(4000, 1500, 100.0.nextDown, 0), rate: 100)
    #expect(run.downtimeSeconds != nil)
    #expect(run.rounds == 256 + 1_000_000_000_000_000)
  }

  @Test("never sends less than memory, nor ends before one pass", arguments: UInt64(0)..<20)
  func bounds(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<500 {
      let vm = RandomCase.profile(&random)
      let rate = RandomCase.rate(&random)
      for stalling in [PreCopy.Stalling.endless, .throttles, .throttlesAndDoublesLimit] {
        let run = PreCopy(limitSeconds: 0.3, setUpSeconds: 1.5, switchoverSeconds: 0.1, stalling: stalling)
          .run(vm, rate: rate)
        #expect(run.sentMiB >= vm.memoryMiB, "seed \(seed): \(vm) at \(rate)")
        #expect(run.totalSeconds - 1.5 >= vm.memoryMiB / rate, "seed \(seed): \(vm) at \(rate)")
        #expect(run.totalSeconds.isFinite, "seed \(seed): \(vm) at \(rate)")
      }
    }
  }

  @Test("more bandwidth never costs time or bytes once a move converges", arguments: UInt64(40)..<60)
  func monotone(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let engine = PreCopy(limitSeconds: 0.3, setUpSeconds: 1.5, switchoverSeconds: 0.1)
    for _ in 0..<500 {
      let vm = RandomCase.profile(&random)
      let rate = RandomCase.rate(&random)
      let slow = engine.run(vm, rate: rate)
      let fast = engine.run(vm, rate: rate * Double.random(in: 1...3, using: &random))
      guard slow.downtimeSeconds != nil else { continue }
      #expect(fast.downtimeSeconds != nil, "seed \(seed): \(vm) at \(rate)")
      #expect(fast.totalSeconds <= slow.totalSeconds * (1 + 1e-12), "seed \(seed): \(vm) at \(rate)")
      #expect(fast.sentMiB <= slow.sentMiB * (1 + 1e-12), "seed \(seed): \(vm) at \(rate)")
    }
  }
}
