import StowageCosts
import StowageModel
import Testing

@Suite("Service tiers")
struct ServiceTierTests {
  @Test(
    "people's words stand for tiers, and what is not known counts as gold",
    arguments: [
      ("platinum", ServiceTier.platinum), ("Tier-0", .platinum), ("gold", .gold), ("", .gold), ("??", .gold),
      ("SILVER", .silver), ("tier 2", .silver), ("bronze", .bronze), ("Dev", .bronze),
    ])
  func words(word: String, tier: ServiceTier) {
    #expect(ServiceTier(word) == tier)
    #expect(ServiceTier(nil) == .gold)
  }

  /// Seconds, pause, MiB, slowdown, loss, no way back.
  @Test(
    "each tier's weights",
    arguments: [
      (ServiceTier.platinum, [1, 3000, 0.001, 10, 3e9, 1200]), (.gold, [1, 1000, 0.001, 10, 1e9, 400]),
      (.silver, [1, 500, 0.001, 3, 1e8, 200]), (.bronze, [1, 300, 0.001, 1, 1e7, 120]),
    ])
  func weights(tier: ServiceTier, expected: [Double]) {
    let policy = ChoicePolicy.of(tier)
    #expect(
      [
        policy.secondWeight, policy.downtimeSecondWeight, policy.mibWeight, policy.slowdownSecondWeight,
        policy.lossWeight, policy.noReturnWeight,
      ] == expected)
  }

  /// 44 GiB, most of it rewritten at 2.9 GiB/s, over what one stream carries: hybrid takes 97 s more and
  /// sends 40 GiB more; post-copy is exposed for longer.
  @Test("a cache that can be restored goes by post-copy, one that must not be lost by hybrid")
  func cache() {
    let choice = { (tier: String) in
      TechniqueChooser(engine: .of(.libvirt)).choose(
        vm: Fleet.vm {
          $0.memoryMiB = 44_429
          $0.memoryConsumedMiB = nil
          $0.workingSetMiB = 41_500
          $0.dirtyRateMiBPerSecond = 2900
          $0.tier = tier
        }, from: Fleet.source, to: Fleet.target, path: Fleet.path(gbps: 25))
    }
    #expect(choice("silver")?.technique == .postCopy)
    #expect(choice("gold")?.technique == .hybrid)
    #expect(choice("platinum")?.technique == .hybrid)
    let because = choice("gold")?.rejected.first { $0.technique == .postCopy }?.because
    #expect(because?.contains("window in which a host failure loses the VM") == true)
  }
}

@Suite("What would make pre-copy converge")
struct RemedyTests {
  /// Working set 1 536 MiB at 250 MiB/s over 109.67: a pause of 14.1 s, 0.3 s are allowed.
  @Test("needed bandwidth and throttle are those at which the closed form turns")
  func thresholds() {
    let vm = SampleVM.profile(32_768, 1536, 250, 0)
    let found = Convergence(vm, rate: 109.67, limitSeconds: 0.3, switchoverSeconds: 0.1)
    #expect(!found.converges)
    #expect(printed(found.shortestPauseSeconds, 1) == "14.1")
    #expect(printed(found.neededMiBPerSecond, 0) == "250")
    #expect(printed(found.neededThrottle ?? -1, 2) == "0.56")
    #expect(found.remedies.count == 4)
    #expect(found.remedies.first == "more bandwidth: from 250 MiB/s on pre-copy comes to an end")
    #expect(found.remedies[1] == "throttling (auto-converge): the guest slowed down by 57 %")
  }

  /// Its 100 MiB fit into 0.6 s from 166.67 MiB/s on. From 100 MiB/s to 600, beyond which nothing is left, a quarter of
  /// a thousandth is 0.125.
  @Test("the needed bandwidth is enough, and a quarter of a thousandth less is not")
  func precision() {
    let vm = SampleVM.profile(1000, 100, 600, 0)
    let found = Convergence(vm, rate: 100, limitSeconds: 0.6, switchoverSeconds: 0)
    #expect(vm.converges(at: found.neededMiBPerSecond, limitSeconds: 0.6))
    #expect(!vm.converges(at: found.neededMiBPerSecond - 0.125, limitSeconds: 0.6))
    #expect(abs(found.neededMiBPerSecond - 100 / 0.6) < 0.125)
  }

  @Test("a VM that converges needs none, and one that no throttle tames is not offered one")
  func ends() {
    let quiet = Convergence(
      SampleVM.profile(1000, 100, 50, 0), rate: 100, limitSeconds: 0.3, switchoverSeconds: 0.1)
    #expect(quiet.converges)
    #expect(quiet.remedies.isEmpty)
    #expect(quiet.neededMiBPerSecond == 100)
    #expect(quiet.neededThrottle == 0)
    let wild = Convergence(
      SampleVM.profile(10_000, 5000, 20_000, 0), rate: 100, limitSeconds: 0.3, switchoverSeconds: 0.1)
    #expect(wild.neededThrottle == nil)
    #expect(wild.remedies.count == 3)
  }
}
