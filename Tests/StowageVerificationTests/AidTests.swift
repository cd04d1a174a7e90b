import StowageModel
import StowageVerification
import Testing

@Suite("What helps a move along, before the judge")
struct AidTests {
  /// A VM that dirties 120 MiB/s over 1 Gb/s.
  private var inventory: Inventory {
    var hosts = Inventory.hosts(2)
    for index in hosts.indices { hosts[index].migrationNetworkGbps = 1 }
    var vm = VM.idle("a", gib: 8, on: "h1")
    vm.workingSetMiB = 1024
    vm.dirtyRateMiBPerSecond = 120
    return Inventory(hosts: hosts, vms: [vm])
  }

  private func judged(
    _ aid: PreCopyAid?, by technique: Technique = .preCopy, on platform: Platform = .libvirt,
    calibration: Calibration? = nil, _ change: (inout Plan) -> Void = { _ in }
  ) -> PlanVerdict {
    var builder = PlanBuilder(inventory)
    builder.goal = .evacuate
    builder.options.platform = platform
    builder.options.calibration = calibration
    var plan = builder.plan([MoveSketch("a", to: "h2", by: technique, with: aid)])
    change(&plan)
    return judge(plan, inventory)
  }

  @Test("a move is held to the model of its aid, and without it does not end")
  func model() {
    #expect(judged(.autoConverge).codes == [])
    #expect(judged(.autoConverge) { $0.moves[0].aid = nil }.codes.contains("verify.endless"))
    #expect(judged(.streams, by: .preCopy).codes.contains("verify.endless"))
  }

  @Test(
    "an aid that no inventory can vouch for, or that no command asks for, is rejected",
    arguments: [PreCopyAid.zstd, .xbzrle, .dirtyLimit])
  func uncertain(aid: PreCopyAid) {
    #expect(judged(aid).codes.contains("verify.technique"))
  }

  @Test("an aid belongs to pre-copy, and to a platform whose moves have an option for it")
  func place() {
    #expect(judged(.autoConverge, by: .hybrid).codes.contains("verify.technique"))
    for platform in Platform.allCases where platform != .libvirt {
      #expect(judged(.autoConverge, on: platform).codes.contains("verify.technique"), "\(platform)")
    }
  }

  @Test("a setting that no site with the platform has is rejected, and where it is one moves are held to it")
  func settings() {
    let throttled = Calibration(sha256: "00", constants: [.autoConverge: 1])
    let refused = "option calibrated auto_converge is 1"
    for platform in Platform.allCases {
      let verdict = judged(nil, on: platform, calibration: throttled)
      let isRefused = verdict.findings.contains { "\($0.message)".contains(refused) }
      #expect(isRefused == ![.openstack, .kubevirt, .ganeti].contains(platform), "\(platform)")
    }
    #expect(judged(nil, on: .kubevirt).codes.contains("verify.endless"))
    #expect(!judged(nil, on: .kubevirt, calibration: throttled).codes.contains("verify.endless"))
  }

  @Test("more streams than a site states are rejected")
  func streams() {
    let stated = Calibration(sha256: "00", constants: [.streams: 4])
    #expect(judged(.streams, calibration: stated).codes.contains("verify.technique"))
    #expect(!judged(.streams).codes.contains("verify.technique"))
  }
}
