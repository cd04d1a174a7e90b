import StowageCosts
import StowageModel
import Testing

@Suite("Choice of technique")
struct TechniqueChooserTests {
  private func choice(
    _ vm: VM, gbps: Double, on platform: Platform = .libvirt, policy: ChoicePolicy = .standard
  ) -> TechniqueChoice? {
    TechniqueChooser(engine: .of(platform), policy: policy).choose(
      vm: vm, from: Fleet.source, to: Fleet.target, path: Fleet.path(gbps: gbps))
  }

  private func reason(_ technique: Technique, in choice: TechniqueChoice?) -> String? {
    choice?.rejected.first { $0.technique == technique }?.because
  }

  @Test(
    "pre-copy wherever it converges, hybrid where it does not",
    arguments: [
      ("idle", 1.0, Technique.preCopy), ("web", 1, .preCopy), ("app", 1, .hybrid), ("db", 1, .hybrid),
      ("cache", 1, .hybrid), ("app", 10, .preCopy), ("db", 10, .preCopy), ("cache", 10, .hybrid),
      // Eight streams carry 2 742 MiB/s there, which is more than the cache dirties.
      ("cache", 25, .preCopy),
    ])
  func published(name: String, gbps: Double, expected: Technique) {
    #expect(choice(Fleet.published(name), gbps: gbps)?.technique == expected)
  }

  @Test("a VM that is off moves cold, and every live technique says why not")
  func off() {
    let choice = choice(Fleet.vm { $0.powerState = .off }, gbps: 1)
    #expect(choice?.technique == .cold)
    #expect(choice?.rateMiBPerSecond == 0)
    #expect(choice?.rejected.map(\.technique) == [.preCopy, .postCopy, .hybrid])
    #expect(
      reason(.preCopy, in: choice) == "it does not run: there is no memory to copy; move it cold")
  }

  @Test("post-copy where the owner forbids hybrid and pre-copy cannot converge")
  func postCopy() {
    let vm = Fleet.published("app")
    var restricted = vm
    restricted.allowedTechniques = [.cold, .preCopy, .postCopy]
    #expect(choice(restricted, gbps: 1)?.technique == .postCopy)
  }

  @Test("cold where nothing live is left")
  func cold() {
    let choice = choice(Fleet.published("app"), gbps: 1, on: .hyperv)
    #expect(choice?.technique == .cold)
    #expect(choice?.storage == StorageCopy.none)
    #expect(reason(.postCopy, in: choice)?.hasPrefix("the platform has no post-copy") == true)
  }

  @Test("a VM that dirties faster than its link is told so, with numbers")
  func divergence() {
    let choice = choice(Fleet.published("cache"), gbps: 10)
    #expect(
      reason(.preCopy, in: choice)
        == "cannot converge: dirties 2560 MiB/s, the link carries 1097 MiB/s; the pause would be 37.4 s"
        + "; with auto-converge: takes 209 s of the guest's time, its tier bears at most 60 s")
  }

  @Test("where streams, not the link, are the limit, the sentence says so")
  func streams() {
    var cache = Fleet.published("cache")
    cache.dirtyRateMiBPerSecond = 3000
    let choice = choice(cache, gbps: 25)
    #expect(
      reason(.preCopy, in: choice)
        == "cannot converge: dirties 3000 MiB/s, the platform sends 1717 MiB/s; the pause would be 24 s"
        + "; with 8 streams: cannot converge: dirties 3000 MiB/s, the link carries 2742 MiB/s; the pause would be 15 s"
        + "; with auto-converge: takes 95 s of the guest's time, its tier bears at most 60 s")
    #expect(choice?.rateMiBPerSecond == MigrationEngine.of(.libvirt).rateLimit(.hybrid))
  }

  @Test("where a cap is the limit, the sentence names it")
  func cap() {
    let because = reason(.preCopy, in: choice(Fleet.published("web"), gbps: 10, on: .ganeti))
    #expect(because?.contains("dirties 60 MiB/s, the platform's cap is 32 MiB/s") == true)
  }

  @Test("the others are worse by a figure")
  func worse() {
    let choice = choice(Fleet.published("web"), gbps: 1)
    #expect(reason(.postCopy, in: choice)?.hasSuffix("instead of 393 ms") == true)
    #expect(
      reason(.postCopy, in: choice)?.contains("75 s window in which a host failure loses the VM") == true)
    #expect(reason(.cold, in: choice) == "6.6 s longer, pause of 92 s instead of 393 ms")
  }

  @Test("never plain pre-copy above the payload rate, even when the working set would fit into the pause")
  func tinyHotSet() {
    let vm = Fleet.vm {
      $0.workingSetMiB = 10
      $0.dirtyRateMiBPerSecond = 500
    }
    for platform in Platform.allCases {
      let choice = choice(vm, gbps: 1, on: platform)
      let slowsDown = platform == .vmware || platform == .proxmox
      #expect((choice?.technique == .preCopy && choice?.aid == nil) == slowsDown, "\(platform)")
    }
  }

  @Test("a share of the link decides, not the link")
  func share() {
    let chooser = TechniqueChooser(engine: .of(.libvirt))
    let choose = { (rate: Double) in
      chooser.choose(vm: Fleet.vm(), from: Fleet.source, to: Fleet.target, path: Fleet.path(rate))
    }
    #expect(choose(100)?.technique == .preCopy && choose(100)?.aid == nil)
    #expect(choose(50)?.aid == .autoConverge)
    #expect(choose(25)?.aid == .autoConverge)
  }

  @Test("a pause above the VM's limit is out")
  func downtime() {
    let vm = Fleet.vm { $0.maxDowntimeMilliseconds = 300 }
    let choice = choice(vm, gbps: 1)
    #expect(choice?.technique == .preCopy)
    #expect(reason(.hybrid, in: choice) == "pause of 314 ms, the VM bears at most 300 ms")
    #expect(reason(.cold, in: choice) == "pause of 92 s, the VM bears at most 300 ms")
    let strict = Fleet.vm {
      $0.maxDowntimeMilliseconds = 300
      $0.dirtyRateMiBPerSecond = 500
    }
    #expect(self.choice(strict, gbps: 1)?.aid == .autoConverge)
    #expect(self.choice(strict, gbps: 1, policy: .of(.platinum)) == nil)
  }

  /// 32 GiB of which hardly anything changes take 301 s at 1 Gb/s; a stop and a start 91.5 s.
  @Test("a move that is longer than the VM's hours is out, with both figures")
  func hours() {
    var vm = Fleet.published("idle")
    vm.memoryMiB = 32_768
    let (chooser, path) = (TechniqueChooser(engine: .of(.libvirt)), Fleet.path(gbps: 1))
    let choose = { (most: Double?) in
      chooser.choose(vm: vm, from: Fleet.source, to: Fleet.target, path: path, mostSeconds: most)
    }
    #expect(choose(nil)?.technique == .preCopy)
    #expect(choose(choose(nil)?.forecast.totalSeconds)?.technique == .preCopy)
    #expect(choose(240)?.technique == .cold)
    #expect(
      reason(.preCopy, in: choose(240)) == "takes 5 min 1 s, its hours leave it 4 min at most")
    #expect(choose(91.5)?.technique == .cold)
    #expect(choose(91.4) == nil)
    let obstacles = chooser.obstacles(
      vm: vm, from: Fleet.source, to: Fleet.target, path: path, mostSeconds: 91.4)
    #expect(obstacles.first?.because == "takes 1 min 32 s, its hours leave it 1 min 31 s at most")
  }

  /// Auto-converge takes 78 s of the guest's time, hybrid and post-copy a fifth of 1.5 GiB at 110 MiB/s and no more.
  @Test("what a rule lets a guest lose of its time holds for throttles and for waiting alike")
  func slowdown() {
    let chosen = { (most: Double?) in
      var vm = Fleet.published("app")
      vm.maxSlowdownSeconds = most
      return self.choice(vm, gbps: 1, policy: .of(.bronze))
    }
    #expect(chosen(nil)?.technique != .cold)
    #expect(chosen(20)?.technique == .hybrid)
    #expect(chosen(5)?.technique == .cold)
    #expect(
      reason(.hybrid, in: chosen(5)) == "takes 19.5 s of the guest's time, a rule allows 5 s at most")
  }

  /// A cold move of 30 + 1.5 + 60 s.
  @Test("a billionth of a second beyond the VM's limit is rounding, more is not")
  func slack() {
    let isChosen = { (seconds: Double) in
      let vm = Fleet.vm {
        $0.allowedTechniques = [.cold]
        $0.maxDowntimeMilliseconds = seconds * 1000
      }
      return choice(vm, gbps: 1) != nil
    }
    #expect(isChosen(91.5))
    #expect(isChosen(91.5 - 0.5e-9))
    #expect(!isChosen(91.5 - 1.5e-9))
  }

  /// Post-copy sends memory once, pre-copy its set of 0.8 MiB twice. Only bytes count.
  @Test("half a MiB more is worth a word, less is not", arguments: [(0.8, ", sends 1 MiB more"), (0.4, "")])
  func sendsMore(set: Double, words: String) {
    let vm = Fleet.vm {
      $0.allowedTechniques = [.preCopy, .postCopy]
      $0.workingSetMiB = set
    }
    let bytes = ChoicePolicy(
      secondWeight: 0, downtimeSecondWeight: 0, mibWeight: 1, slowdownSecondWeight: 0, lossWeight: 0)
    let choice = choice(vm, gbps: 1, policy: bytes)
    #expect(choice?.technique == .postCopy)
    #expect(reason(.preCopy, in: choice) == "same time" + words)
  }

  @Test("of equal costs the least drastic wins: pre-copy, hybrid, post-copy, cold")
  func ties() {
    let free = ChoicePolicy(
      secondWeight: 0, downtimeSecondWeight: 0, mibWeight: 0, slowdownSecondWeight: 0, lossWeight: 0)
    var left = Set(Technique.allCases)
    for expected in [Technique.preCopy, .hybrid, .postCopy, .cold] {
      let vm = Fleet.vm { $0.allowedTechniques = left }
      #expect(choice(vm, gbps: 1, policy: free)?.technique == expected)
      left.remove(expected)
    }
  }

  /// 32 GiB over one stream of 429 MiB/s: hybrid stands still for 130 ms, pre-copy for its limit and the switch-over.
  @Test("a pause that is shorter by a part of the limit is no reason to give up the way back")
  func noReturn() {
    let vm = Fleet.vm {
      $0.memoryMiB = 32_768
      $0.memoryConsumedMiB = nil
      $0.workingSetMiB = 600
      $0.dirtyRateMiBPerSecond = 60
    }
    for tier in ServiceTier.allCases {
      #expect(choice(vm, gbps: 10, policy: .of(tier))?.technique == .preCopy, "\(tier)")
    }
    var free = ChoicePolicy.standard
    free.noReturnWeight = 0
    #expect(choice(vm, gbps: 10, policy: free)?.technique == .hybrid)
  }

  @Test("no technique left: each says its first obstacle")
  func obstacles() {
    let vm = Fleet.vm { $0.blockers = [.usb] }
    let chooser = TechniqueChooser(engine: .of(.libvirt))
    let path = Fleet.path(100)
    #expect(chooser.choose(vm: vm, from: Fleet.source, to: Fleet.target, path: path) == nil)
    let obstacles = chooser.obstacles(vm: vm, from: Fleet.source, to: Fleet.target, path: path)
    #expect(obstacles.map(\.technique) == Technique.allCases)
    #expect(obstacles.allSatisfy { $0.because.hasPrefix("a USB device of its host is attached") })
    #expect(chooser.obstacles(vm: Fleet.vm(), from: Fleet.source, to: Fleet.target, path: path).isEmpty)
  }

  @Test("a cap on the probability of loss keeps windows short")
  func lossCap() {
    var policy = ChoicePolicy.standard
    policy.maxLossProbability = 1e-6
    let choice = choice(Fleet.published("app"), gbps: 1, policy: policy)
    #expect(choice?.technique == .cold)
    #expect(
      reason(.hybrid, in: choice)
        == "67 s window in which a host failure loses the VM, probability 1 in 702643, "
        + "at most 1 in 1000000 is accepted")
  }

  @Test("disks that must travel are priced with every technique")
  func withDisks() {
    let choice = choice(Fleet.vm { $0.hasLocalDisk = true }, gbps: 1)
    #expect(choice?.technique == .preCopy)
    #expect(choice?.storage == .full)
    #expect((choice?.forecast.sentMiB ?? 0) > 11_000)
  }

  @Test("disks that change faster than the link carries: the sentence says so")
  func disksChangeTooFast() {
    let vm = Fleet.vm {
      $0.hasLocalDisk = true
      $0.diskChangeMiBPerSecond = 200
    }
    let choice = choice(vm, gbps: 1)
    #expect(choice?.technique == .cold)
    #expect(reason(.preCopy, in: choice) == "disks change by 200 MiB/s, the link carries 110 MiB/s")
  }

  @Test("a path of unknown bandwidth counts as 1 Gb/s")
  func unknownPath() {
    let chooser = TechniqueChooser(engine: .of(.hyperv))
    let choice = { (rate: Double) in
      chooser.choose(vm: Fleet.vm(), from: Fleet.source, to: Fleet.target, path: Fleet.path(rate))
    }
    #expect(choice(.infinity) == choice(PayloadRate.whenUnknown))
  }

  @Test("the weights are those that the documentation states")
  func weights() {
    let policy = ChoicePolicy.standard
    #expect(policy.secondWeight == 1)
    #expect(policy.downtimeSecondWeight == 1000)
    #expect(policy.mibWeight == 0.001)
    #expect(policy.slowdownSecondWeight == 10)
    #expect(policy.lossWeight == 1e9)
    #expect(policy.noReturnWeight == 400)
    #expect(policy.maxSlowdownSeconds == 60)
    #expect(policy.maxLossProbability == nil)
  }

  /// With time alone, post-copy is the quickest for a busy VM; with bytes alone, it sends the least of
  /// the live ones, and a cold move nothing.
  @Test("each weight weighs its own figure")
  func eachWeight() {
    let only = { (seconds: Double, downtime: Double, mib: Double, slowdown: Double, loss: Double) in
      self.choice(
        Fleet.published("web"), gbps: 1,
        policy: ChoicePolicy(
          secondWeight: seconds, downtimeSecondWeight: downtime, mibWeight: mib,
          slowdownSecondWeight: slowdown, lossWeight: loss))?.technique
    }
    #expect(only(1, 0, 0, 0, 0) == .postCopy)
    // 353 ms against pre-copy's 370.
    #expect(only(0, 1, 0, 0, 0) == .hybrid)
    #expect(only(0, 0, 1, 0, 0) == .cold)
    #expect(only(1, 0, 0, 100, 0) == .preCopy)
    #expect(only(1, 0, 0, 0, 1e9) == .preCopy)
    // Nothing weighs: the order among equals.
    #expect(only(0, 0, 0, 0, 0) == .preCopy)
  }
}
