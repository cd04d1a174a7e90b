import StowageCosts
import StowageModel
import Testing

/// Every constant of every platform, so that none changes unseen.
@Suite("Platforms")
struct MigrationEngineTests {
  struct Row: Sendable {
    var platform: Platform
    var setUp: Double
    var limit: Double
    var limitPerMove: Bool
    var pausesAtLimit: Bool
    var stalling: PreCopy.Stalling
    var postCopy: MigrationEngine.PostCopySupport
    var liveStorage: Bool
  }

  static let rows = [
    Row(
      platform: .libvirt, setUp: 1.5, limit: 0.3, limitPerMove: true, pausesAtLimit: true,
      stalling: .endless, postCopy: .onRequest, liveStorage: true),
    Row(
      platform: .vmware, setUp: 3, limit: 1, limitPerMove: false, pausesAtLimit: false,
      stalling: .throttles, postCopy: .none, liveStorage: true),
    Row(
      platform: .hyperv, setUp: 3, limit: 2, limitPerMove: false, pausesAtLimit: false,
      stalling: .endless, postCopy: .none, liveStorage: true),
    Row(
      platform: .proxmox, setUp: 3, limit: 0.1, limitPerMove: true, pausesAtLimit: true,
      stalling: .throttlesAndDoublesLimit, postCopy: .none, liveStorage: true),
    Row(
      platform: .openstack, setUp: 7, limit: 0.5, limitPerMove: false, pausesAtLimit: true,
      stalling: .endless, postCopy: .hostSetting, liveStorage: true),
    Row(
      platform: .ganeti, setUp: 3, limit: 0.03, limitPerMove: true, pausesAtLimit: true,
      stalling: .endless, postCopy: .hostSetting, liveStorage: false),
    Row(
      platform: .xcpng, setUp: 3, limit: 1, limitPerMove: false, pausesAtLimit: false,
      stalling: .endless, postCopy: .none, liveStorage: true),
    Row(
      platform: .kubevirt, setUp: 7, limit: 0.3, limitPerMove: false, pausesAtLimit: true,
      stalling: .endless, postCopy: .atTimeout, liveStorage: false),
  ]

  @Test("set-up, limits and abilities are those of the table", arguments: rows)
  func constants(_ row: Row) {
    let engine = MigrationEngine.of(row.platform)
    #expect(engine.platform == row.platform)
    #expect(engine.setUpSeconds == row.setUp)
    #expect(engine.switchoverSeconds == 0.1)
    #expect(engine.downtimeLimitSeconds == row.limit)
    #expect(engine.takesDowntimeLimitPerMove == row.limitPerMove)
    #expect(engine.pausesAtTheLimit == row.pausesAtLimit)
    #expect(engine.stalling == row.stalling)
    #expect(engine.postCopySupport == row.postCopy)
    #expect((engine.postCopySupport == .onRequest) == (row.platform == .libvirt))
    #expect(engine.copiesStorageLive == row.liveStorage)
  }

  /// VMware supports vMotion up to 150 ms, Proxmox VE clusters below 5 ms; the others state nothing.
  @Test("the longest round trip of running VMs is what the vendor states", arguments: Platform.allCases)
  func roundTrip(platform: Platform) {
    let stated: [Platform: Double] = [.vmware: 150, .proxmox: 5]
    #expect(MigrationEngine.of(platform).mostRoundTripMilliseconds == stated[platform])
  }

  @Test("every platform has its row")
  func complete() {
    #expect(Set(Self.rows.map(\.platform)) == Set(Platform.allCases))
  }

  /// 3.6 Gb/s are 429.2 MiB/s, 15 Gb/s are 1788.1 MiB/s; columns: pre-copy, post-copy, pre-copy with disks.
  @Test(
    "streams and caps limit a move",
    arguments: [
      (Platform.libvirt, "1716.6 429.2 429.2"), (.vmware, "1788.1 1788.1 1788.1"), (.hyperv, "inf inf inf"),
      (.proxmox, "429.2 429.2 429.2"), (.openstack, "429.2 429.2 429.2"), (.ganeti, "32.0 32.0 32.0"),
      (.xcpng, "inf inf inf"), (.kubevirt, "1716.6 429.2 429.2"),
    ])
  func rates(platform: Platform, expected: String) {
    let engine = MigrationEngine.of(platform)
    let rates = [
      engine.rateLimit(.preCopy), engine.rateLimit(.postCopy), engine.rateLimit(.preCopy, storage: .full),
    ]
    #expect(rates.map { printed($0, 1) }.joined(separator: " ") == expected)
    #expect(engine.rateLimit(.cold) == engine.rateLimit(.hybrid))
    #expect(TechniqueChooser(engine: engine).rateLimit(.preCopy) == engine.rateLimit(.preCopy))
  }

  /// Limits out, in, both, fleet; slots of a cold move, a live one, and one with disks.
  @Test(
    "moves at once are limited as each platform limits them",
    arguments: [
      (Platform.libvirt, "- - - - 1 1 1"), (.vmware, "- - 8 - 1 1 4"), (.hyperv, "- - 1 - 0 1 1"),
      (.proxmox, "4 - - - 1 1 1"), (.openstack, "1 - - - 0 1 1"), (.ganeti, "- - 1 - 1 1 1"),
      (.xcpng, "- - 3 - 0 0 1"), (.kubevirt, "2 - - 5 0 1 1"),
    ])
  func concurrency(platform: Platform, expected: String) {
    let concurrency = MigrationEngine.of(platform).concurrency
    let limits = [
      concurrency.perHostOut, concurrency.perHostIn, concurrency.perHostTotal, concurrency.fleetTotal,
    ].map { $0.map(String.init) ?? "-" }
    let slots = [
      concurrency.slots(.cold, storage: .none), concurrency.slots(.preCopy, storage: .none),
      concurrency.slots(.preCopy, storage: .full),
    ].map(String.init)
    #expect((limits + slots).joined(separator: " ") == expected)
    #expect(concurrency.slots(.cold, storage: .full) == concurrency.slots(.preCopy, storage: .full))
  }
}
