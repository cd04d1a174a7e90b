import StowageCosts
import StowageModel
import Testing

/// When a pre-copy of a plan is helped along, and what is said of it.
@Suite("Choice of what helps a pre-copy along")
struct AidChoiceTests {
  /// 8 GiB of which 1 GiB is rewritten at 120 MiB/s: 109.7 are what 1 Gb/s carries.
  private static func busy(_ tier: String? = nil) -> VM {
    Fleet.vm {
      $0.memoryMiB = 8192
      $0.memoryConsumedMiB = 8192
      $0.workingSetMiB = 1024
      $0.dirtyRateMiBPerSecond = 120
      $0.tier = tier
    }
  }

  private static func idle(_ mib: Double) -> VM {
    Fleet.vm {
      $0.memoryMiB = mib
      $0.memoryConsumedMiB = mib
      $0.dirtyRateMiBPerSecond = 1
    }
  }

  private func choice(
    _ vm: VM, gbps: Double, on platform: Platform = .libvirt, calibration: Calibration? = nil,
    withPostCopy: Bool = false
  ) -> TechniqueChoice? {
    var (source, target) = (Fleet.source, Fleet.target)
    if !withPostCopy { (source.allowsPostCopy, target.allowsPostCopy) = (false, false) }
    return TechniqueChooser(engine: MigrationEngine.of(platform).calibrated(by: calibration)).choose(
      vm: vm, from: source, to: target, path: Fleet.path(gbps: gbps))
  }

  private func reason(_ technique: Technique, in choice: TechniqueChoice?) -> String? {
    choice?.rejected.first { $0.technique == technique }?.because
  }

  /// The throttle goes on until less than half of a round is dirtied again, and is off again soon.
  @Test("a guest that dirties faster than its link is slowed down rather than stopped, and told why")
  func autoConverge() {
    let found = choice(Self.busy(), gbps: 1)
    #expect(found?.technique == .preCopy && found?.aid == .autoConverge)
    #expect((0..<60).contains(found?.forecast.guestSlowdownSeconds ?? -1))
    #expect(
      reason(.preCopy, in: found)
        == "cannot converge: dirties 120 MiB/s, the link carries 110 MiB/s; the pause would be 9.4 s")
    #expect(found?.rejected.map(\.technique) == Technique.allCases)
  }

  @Test(
    "a platform whose moves have no option for it stops the guest", arguments: [Platform.openstack, .ganeti])
  func noOption(platform: Platform) {
    let found = choice(Self.busy(), gbps: 1, on: platform)
    #expect(found?.technique == .cold && found?.aid == nil)
  }

  @Test("a tier that bears no throttle is told what the throttle would have been")
  func tier() {
    let found = choice(Self.busy("platinum"), gbps: 1)
    #expect(found?.technique == .cold)
    #expect(reason(.preCopy, in: found)?.contains("; with auto-converge: takes ") == true)
    #expect(
      reason(.preCopy, in: found)?.hasSuffix(" s of the guest's time, its tier bears no throttle") == true)
  }

  /// 250 of 110 MiB/s take 78 s of the guest's time.
  @Test(
    "how much of its time a throttle may take is a matter of the tier",
    arguments: [("gold", false), ("silver", true), ("bronze", true)])
  func depth(tier: String, isTaken: Bool) {
    var vm = Fleet.published("app")
    vm.tier = tier
    #expect((choice(vm, gbps: 1)?.aid == .autoConverge) == isTaken)
  }

  @Test("where another technique is cheaper, the sentence says what the aid would cost")
  func dearer() {
    let vm = Fleet.vm {
      $0.memoryMiB = 16_384
      $0.memoryConsumedMiB = 16_384
      $0.workingSetMiB = 300
      $0.dirtyRateMiBPerSecond = 130
      $0.tier = "bronze"
    }
    let found = choice(vm, gbps: 1, withPostCopy: true)
    if found?.technique != .preCopy {
      #expect(reason(.preCopy, in: found)?.contains("; with auto-converge: ") == true)
    }
  }

  /// Four streams carry 1 717 MiB/s, eight 3 433, and the path 2 742: 512 GiB take 307 s or 193 s.
  @Test("eight streams where four do not fill the path and the move is long enough")
  func streams() {
    let large = choice(Self.idle(524_288), gbps: 25)
    #expect(large?.aid == .streams)
    #expect(large.map { Int($0.rateMiBPerSecond) } == 2741)
    #expect(reason(.preCopy, in: large) == "114 s longer")
    // A move of 19 s is not worth it, nor one on a path that four streams fill.
    #expect(choice(Self.idle(32_768), gbps: 25)?.aid == nil)
    #expect(choice(Self.idle(524_288), gbps: 10)?.aid == nil)
  }

  @Test("a site that states its streams is given no others")
  func statedStreams() {
    let stated = Calibration(sha256: "", constants: [.streams: 4])
    #expect(choice(Self.idle(524_288), gbps: 25, calibration: stated)?.aid == nil)
    #expect(choice(Self.busy(), gbps: 1, calibration: stated)?.aid == .autoConverge)
  }

  @Test("disks that travel go in one stream, so that more of them are of no use")
  func disks() {
    var vm = Self.idle(524_288)
    vm.hasLocalDisk = true
    #expect(choice(vm, gbps: 25)?.aid == nil)
  }

  @Test("no technique left: the aid is named among the obstacles")
  func obstacles() {
    var vm = Self.busy("platinum")
    vm.allowedTechniques = [.preCopy]
    let chooser = TechniqueChooser(engine: .of(.libvirt))
    let path = Fleet.path(gbps: 1)
    #expect(chooser.choose(vm: vm, from: Fleet.source, to: Fleet.target, path: path) == nil)
    let obstacles = chooser.obstacles(vm: vm, from: Fleet.source, to: Fleet.target, path: path)
    #expect(obstacles.map(\.technique) == Technique.allCases)
    #expect(obstacles[1].because.contains("with auto-converge: takes"))
  }
}

@Suite("Moves that a platform gives up")
struct GivenUpTests {
  private func because(_ vm: VM, rate: Double, on platform: Platform) -> String? {
    TechniqueChooser(engine: .of(platform)).choose(
      vm: vm, from: Fleet.source, to: Fleet.target, path: Fleet.path(rate))?.rejected.first {
        $0.technique == .preCopy
      }?.because
  }

  private static let quiet = Fleet.vm {
    $0.memoryMiB = 4000
    $0.memoryConsumedMiB = 4000
    $0.dirtyRateMiBPerSecond = 0
  }

  /// 4 000 MiB are 4.2 GB, five begun, and need 800 s at 5 MiB/s.
  @Test("a VM that only the platform's patience stops is told so, with the time")
  func patience() {
    #expect(
      because(Self.quiet, rate: 5, on: .kubevirt)
        == "would not end in time: 4000 MiB of memory, the link carries 5 MiB/s; the platform gives it up after 750 s"
    )
    #expect(because(Self.quiet, rate: 6, on: .libvirt) == nil)
  }

  @Test("one that cannot converge is told when the platform gives it up")
  func divergence() {
    let busy = Fleet.vm { $0.dirtyRateMiBPerSecond = 500 }
    let said = because(busy, rate: 100, on: .openstack)
    #expect(said?.hasPrefix("cannot converge: dirties 500 MiB/s, the link carries 100 MiB/s") == true)
    #expect(said?.hasSuffix("; the platform gives it up after 1600 s") == true)
  }

  /// KubeVirt counts all memory that the VM is given, Nova that and disks that travel along.
  @Test("time-outs count all memory that the VM is given, used or not, and disks that travel")
  func counted() {
    var half = Self.quiet
    half.memoryConsumedMiB = 100
    let small = Fleet.model(.kubevirt).forecast(
      half, technique: .preCopy, storage: .none, path: Fleet.path(0.13))
    #expect(!small.converges)
    #expect(small.totalSeconds == 757)
    let disks = Fleet.model(.openstack).forecast(
      Fleet.vm { $0.diskUsedGiB = 10 }, technique: .preCopy, storage: .full, path: Fleet.path(0.02))
    // 1 000 MiB and 10 GiB, 800 s for each GiB, after 7 s of set-up and the disks themselves.
    #expect(abs(disks.totalSeconds - 10_240 / 0.02 - 7 - 800 * 11_240 / 1024) < 1e-3)
  }
}
