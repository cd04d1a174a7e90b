import StowageCosts
import StowageModel
import Testing

@Suite("What platforms can do beside the four techniques")
struct VariantTests {
  private func variant(
    _ kind: MoveVariant.Kind, _ vm: VM, at rate: Double, on platform: Platform = .libvirt,
    storage: StorageCopy = .none
  ) throws -> MoveVariant {
    let found = Fleet.model(platform).variants(of: vm, storage: storage, path: Fleet.path(rate))
    return try #require(found.first { $0.kind == kind })
  }

  /// 16 GiB of which 2 GiB are rewritten at 150 MiB/s, over 100 MiB/s.
  private static let busy = Fleet.vm {
    $0.memoryMiB = 16_384
    $0.memoryConsumedMiB = 16_384
    $0.workingSetMiB = 2048
    $0.dirtyRateMiBPerSecond = 150
  }

  @Test("each platform offers what it has, and no more")
  func offers() {
    let counts = Platform.allCases.map { PreCopyAid.offered(by: $0).count }
    #expect(counts == [5, 0, 0, 0, 1, 2, 0, 1])
    let off = Fleet.vm { $0.powerState = .off }
    #expect(Fleet.model().variants(of: off, storage: .none, path: Fleet.path(100)).isEmpty)
  }

  @Test("what a site has switched on is not offered again")
  func statedOn() {
    func kinds(_ constants: [Calibration.Constant: Double]) -> [MoveVariant.Kind] {
      let engine = MigrationEngine.of(.kubevirt).calibrated(by: Calibration(sha256: "", constants: constants))
      return MigrationModel(engine: engine).variants(of: Self.busy, storage: .none, path: Fleet.path(100))
        .map(\.kind)
    }
    #expect(kinds([:]) == [.preCopy(.autoConverge)])
    #expect(kinds([.autoConverge: 1]).isEmpty)
  }

  /// One stream carries 429.2 MiB/s, eight 3 433.
  @Test("streams carry what one cannot, and a path that one fills no more")
  func streams() throws {
    let wide = try variant(
      .preCopy(.streams),
      Fleet.vm {
        $0.memoryMiB = 40_000; $0.memoryConsumedMiB = 40_000
      }, at: 4000)
    #expect(abs(wide.forecast.totalSeconds - 1.5 - 40_000 / 3433.2) < 0.6)
    let narrow = try variant(.preCopy(.streams), Fleet.vm(), at: 100)
    let own = Fleet.model().forecast(Fleet.vm(), technique: .preCopy, storage: .none, path: Fleet.path(100))
    #expect(narrow.forecast.totalSeconds == own.totalSeconds)
    #expect(narrow.encodingSeconds == 0)
  }

  /// Twice the content over 100 MiB/s is more than the 150 that are dirtied.
  @Test("zstd makes a guest converge whose pages pack, for CPU time")
  func zstd() throws {
    let own = Fleet.model().forecast(Self.busy, technique: .preCopy, storage: .none, path: Fleet.path(100))
    #expect(!own.converges)
    let packed = try variant(.preCopy(.zstd), Self.busy, at: 100)
    #expect(packed.forecast.converges)
    // 16 GiB and what is dirtied again, half of it on the wire.
    #expect(packed.forecast.sentMiB > 16_384 / 2 && packed.forecast.sentMiB < 16_384)
    // What was packed is twice what was sent, at 486 MiB/s.
    #expect(abs(packed.encodingSeconds * 486 / (2 * packed.forecast.sentMiB) - 1) < 0.01)
    #expect(packed.forecast.sentSpan.low < packed.forecast.sentMiB)
    #expect(packed.forecast.sentSpan.high > packed.forecast.sentMiB)
  }

  @Test("on a path faster than its threads pack, zstd takes longer than nothing")
  func zstdOnFastPath() throws {
    let vm = Fleet.vm {
      $0.memoryMiB = 40_000; $0.memoryConsumedMiB = 40_000
    }
    // Eight threads pack 3 888 MiB/s, of which half are sent: less than the path carries.
    let packed = try variant(.preCopy(.zstd), vm, at: 3400)
    #expect(packed.forecast.totalSeconds > 40_000 / 3900.0)
    #expect(packed.forecast.totalSeconds < 40_000 / 3000.0)
  }

  /// The cache of 64 MiB holds a set of 60, of which a quarter is sent; one of 2 GiB that is swept through it holds not.
  @Test("XBZRLE helps a set that fits its cache, and none that is swept through it")
  func xbzrle() throws {
    let small = Fleet.vm {
      $0.workingSetMiB = 60
      $0.dirtyRateMiBPerSecond = 150
    }
    let own = Fleet.model().forecast(small, technique: .preCopy, storage: .none, path: Fleet.path(50))
    #expect(!own.converges)
    let packed = try variant(.preCopy(.xbzrle), small, at: 50)
    #expect(packed.forecast.converges)
    let large = try variant(.preCopy(.xbzrle), Self.busy, at: 100)
    #expect(!large.forecast.converges)
  }

  /// Auto-converge slows down to below 100 of 150 MiB/s in three steps; dirty-limit to 2 MiB/s for two vCPUs.
  @Test("throttles end what would not, and cost the guest time")
  func throttles() throws {
    let slowed = try variant(.preCopy(.autoConverge), Self.busy, at: 100)
    let limited = try variant(.preCopy(.dirtyLimit), Self.busy, at: 100)
    #expect(slowed.forecast.converges && limited.forecast.converges)
    #expect(limited.forecast.totalSeconds < slowed.forecast.totalSeconds)
    #expect(slowed.forecast.guestSlowdownSeconds > 1)
    #expect(limited.forecast.guestSlowdownSeconds > 1)
  }

  /// 10 GiB at half of 100 MiB/s, 204.8 s while nothing changes; then 30 + 1.5 + 60 s without a delta.
  @Test("disks copied ahead leave a cold move the last round to pay")
  func seeded() throws {
    let still = try variant(.coldAfterSeed, Fleet.vm(), at: 100, storage: .full)
    #expect(abs(still.forecast.downtimeSeconds - 91.5) < 1e-9)
    #expect(abs(still.forecast.totalSeconds - 91.5 - 204.8) < 1e-9)
    // 2 MiB/s for a quarter of an hour are 1 800 MiB; the seed takes 10 240 / 48 s.
    let changing = try variant(
      .coldAfterSeed, Fleet.vm { $0.diskChangeMiBPerSecond = 2 }, at: 100, storage: .full)
    #expect(abs(changing.forecast.downtimeSeconds - 91.5 - 18) < 1e-9)
    #expect(abs(changing.forecast.totalSeconds - 109.5 - 10_240.0 / 48) < 1e-6)
    let wild = Fleet.model().variants(
      of: Fleet.vm { $0.diskChangeMiBPerSecond = 60 }, storage: .full, path: Fleet.path(100))
    #expect(!wild.contains { $0.kind == .coldAfterSeed })
  }

  @Test("nothing in them is no number, whatever the VM", arguments: [0.0, 1e-300, 1, 1e6, .infinity])
  func degenerate(rate: Double) {
    for platform in Platform.allCases {
      for vm in [Fleet.vm { $0.memoryMiB = 0 }, Self.busy, Fleet.vm { $0.workingSetMiB = 0 }] {
        for storage in StorageCopy.allCases {
          for variant in Fleet.model(platform).variants(of: vm, storage: storage, path: Fleet.path(rate)) {
            #expect(!variant.forecast.totalSeconds.isNaN && !variant.forecast.sentMiB.isNaN)
            #expect(!variant.encodingSeconds.isNaN)
          }
        }
      }
    }
  }
}

@Suite("KubeVirt")
struct KubeVirtTests {
  private func forecast(_ technique: Technique, dirty: Double, rate: Double) -> Forecast {
    Fleet.model(.kubevirt).forecast(
      Fleet.vm {
        $0.memoryMiB = 4000
        $0.memoryConsumedMiB = 4000
        $0.workingSetMiB = 1000
        $0.dirtyRateMiBPerSecond = dirty
      }, technique: technique, storage: .none, path: Fleet.path(rate))
  }

  /// 4 000 MiB are 4.2 GB, five begun: 750 s.
  @Test("gives a pre-copy up after 150 s for each GB")
  func timeout() {
    let endless = forecast(.preCopy, dirty: 500, rate: 100)
    #expect(!endless.converges)
    let slow = forecast(.preCopy, dirty: 0, rate: 5)
    #expect(!slow.converges)
    #expect(slow.totalSeconds == 757)
    #expect(forecast(.preCopy, dirty: 0, rate: 6).converges)
  }

  /// The set of 1 000 MiB is left at the time-out, and sent after the switch-over.
  @Test("switches to post-copy at that time, and not before")
  func switches() {
    let hybrid = forecast(.hybrid, dirty: 500, rate: 100)
    #expect(hybrid.isPossible)
    #expect(abs(hybrid.totalSeconds - 7 - 750 - 0.15 - 10) < 1e-9)
    #expect(hybrid.exposureSeconds == 10)
    let quiet = forecast(.hybrid, dirty: 1, rate: 100)
    #expect(quiet.exposureSeconds == 0)
    #expect(abs(quiet.totalSeconds - forecast(.preCopy, dirty: 1, rate: 100).totalSeconds) < 1e-9)
    // Within the first pass: 3 750 of 4 000 MiB are sent, and the set was dirtied.
    let slow = forecast(.hybrid, dirty: 500, rate: 5)
    #expect(abs(slow.sentMiB - 3750 - 250 - 1000 * 3750.0 / 4000) < 1e-6)
  }

  @Test("no more than five moves at once, two out of a node, and no move begins with post-copy")
  func rules() {
    let verdicts = Feasibility.verdicts(
      vm: Fleet.vm(), from: Fleet.host("a") { $0.allowsPostCopy = true },
      to: Fleet.host("b") { $0.allowsPostCopy = true }, engine: .of(.kubevirt))
    #expect(verdicts[.hybrid]?.isAllowed == true)
    #expect(verdicts[.postCopy]?.isAllowed == false)
    let local = Feasibility.verdicts(
      vm: Fleet.vm { $0.hasLocalDisk = true }, from: Fleet.source, to: Fleet.target, engine: .of(.kubevirt))
    #expect(local[.preCopy]?.isAllowed == false)
    #expect(local[.cold]?.isAllowed == true)
  }
}
