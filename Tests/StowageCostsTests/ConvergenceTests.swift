import StowageCosts
import StowageTestSupport
import Testing

@Suite("Convergence of pre-copy")
struct ConvergenceTests {
  /// Working set 1536 MiB at 250 and 20 MiB/s on 109.67 MiB/s: 1536·0.92/(1 − 20/109.67) = 1728 MiB.
  @Test("a hot set faster than the link leaves the published 15.9 s pause")
  func publishedPause() {
    let rate = PayloadRate.mibPerSecond(gbps: 1)
    let app = SampleVM.named("app")
    #expect(printed(app.unsendableMiB(at: rate), 0) == "1728")
    #expect(printed(0.1 + app.shortestPauseSeconds(at: rate), 1) == "15.9")
    #expect(!app.converges(at: rate, limitSeconds: 15.7))
    #expect(app.converges(at: rate, limitSeconds: 15.8))
  }

  /// 40 GiB at 1096.7 MiB/s.
  @Test("a cache on 10 Gb/s keeps its whole working set back: 37 s")
  func publishedCache() {
    let rate = PayloadRate.mibPerSecond(gbps: 10)
    let cache = SampleVM.named("cache")
    #expect(cache.unsendableMiB(at: rate) == 40960)
    #expect(printed(cache.shortestPauseSeconds(at: rate), 0) == "37")
  }

  @Test("below the payload rate everything can be sent, at it and above it not")
  func threshold() {
    let vm = SampleVM.profile(1000, 100, 50, 0)
    #expect(vm.unsendableMiB(at: 50.01) == 0)
    #expect(vm.unsendableMiB(at: 50) == 100)
    #expect(vm.unsendableMiB(at: 10) == 100)
  }

  @Test("cold pages that fill the link leave all memory")
  func coldFillsLink() {
    #expect(SampleVM.profile(1000, 100, 500, 50).unsendableMiB(at: 50) == 1000)
    #expect(SampleVM.profile(1000, 100, 500, 50).unsendableMiB(at: 0) == 1000)
  }

  /// Twenty seeds of a thousand cases each. The reference is the definition of U, written anew,
  /// followed from all memory until it stands still.
  @Test("the closed form agrees with following the rounds", arguments: UInt64(0)..<20)
  func agreesWithRounds(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<1000 {
      let vm = RandomCase.profile(&random)
      let rate = RandomCase.rate(&random)
      let followed = Reference.standstill(vm, rate: rate)
      let closed = vm.unsendableMiB(at: rate)
      #expect(abs(followed - closed) <= 1e-6 * vm.memoryMiB, "seed \(seed): \(vm) at \(rate)")
    }
  }

  @Test("engine and closed form agree on every end", arguments: UInt64(100)..<120)
  func agreesWithEngine(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<1000 {
      let vm = RandomCase.profile(&random)
      let rate = RandomCase.rate(&random)
      let limit = Double.random(in: 0.03...2, using: &random)
      let run = PreCopy(limitSeconds: limit, setUpSeconds: 0, switchoverSeconds: 0).run(vm, rate: rate)
      // A first round that leaves little enough ends the move whatever later rounds would do.
      let endsAtOnce = vm.dirtyMiB(after: vm.memoryMiB / rate) <= limit * rate
      let converges = vm.converges(at: rate, limitSeconds: limit) || endsAtOnce
      #expect((run.downtimeSeconds != nil) == converges, "seed \(seed): \(vm) at \(rate), limit \(limit)")
    }
  }
}
