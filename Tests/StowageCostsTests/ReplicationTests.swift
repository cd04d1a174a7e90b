import StowageCosts
import StowageModel
import Testing

@Suite("Replication formulas")
struct ReplicationTests {
  /// A T1 carries 1.544 Mb/s. VMware rounds to "approximately" 200, 30 and 3 hours.
  @Test(
    "VMware's example: 100 GB in 200, 30 and 3 hours",
    arguments: [(0.001544, 200.0), (0.01, 30), (0.1, 3)])
  func published(gbps: Double, hours: Double) throws {
    let stream = ReplicationStream(diskMiB: 100e9 / 1_048_576, changeMiBPerSecond: 0)
    let seconds = try #require(
      stream.seedingSeconds(atMiBPerSecond: ReplicationLink.mibPerSecond(gbps: gbps)))
    #expect(abs(seconds / 3600 / hours - 1) < 0.035)
  }

  /// 10 MiB/s of changes, half compressed away, a tenth added: 5.5 MiB/s. At 105.5 the first copy of 1000 MiB
  /// gains 100 MiB/s on its 550.
  @Test("a first copy gains only what changes leave it")
  func seeding() {
    let stream = ReplicationStream(
      diskMiB: 1000, changeMiBPerSecond: 10, reduction: 0.5, overhead: 0.1)
    #expect(abs(stream.wireMiBPerSecond - 5.5) < 1e-9)
    #expect(abs(stream.seedingSeconds(atMiBPerSecond: 105.5)! - 5.5) < 1e-9)
    #expect(stream.seedingSeconds(atMiBPerSecond: 5.5) == nil)
    #expect(abs(stream.leastMiBPerSecond(toSeedWithin: 5.5) - 105.5) < 1e-9)
    #expect(abs(stream.deltaSeconds(interval: 20, atMiBPerSecond: 11) - 10) < 1e-9)
  }

  /// 2 MiB/s, a copy every 300 s is 600 MiB. To be no older than 900 s it has 600 s; to be there before the next
  /// it has 300. With 400 s to be held there are 100 s left.
  @Test("the rate that holds an objective", arguments: [(900.0, 2.0), (600, 2), (400, 6), (300, .infinity)])
  func objective(objective: Double, least: Double) {
    let stream = ReplicationStream(diskMiB: 1e6, changeMiBPerSecond: 2)
    #expect(stream.leastMiBPerSecond(objective: objective, interval: 300) == least)
  }

  @Test("the least rate is just enough", arguments: [(900.0, 300.0), (400, 300), (7200, 3600), (60, 0)])
  func tight(objective: Double, interval: Double) throws {
    let stream = ReplicationStream(diskMiB: 1e6, changeMiBPerSecond: 2)
    let least = stream.leastMiBPerSecond(objective: objective, interval: interval)
    let age = try #require(stream.worstAgeSeconds(interval: interval, atMiBPerSecond: least))
    #expect(age <= objective + 1e-6)
    let less = stream.worstAgeSeconds(interval: interval, atMiBPerSecond: least * 0.999)
    #expect(less.map { $0 > objective } ?? true)
  }

  @Test("a copy never changes more than the disks hold")
  func small() {
    let stream = ReplicationStream(diskMiB: 100, changeMiBPerSecond: 2)
    #expect(stream.atRiskMiB(objective: 10) == 20 && stream.atRiskMiB(objective: 3600) == 100)
  }

  @Test("continuous replication asks for the wire rate, efficiency and headroom")
  func continuous() {
    let rate = ReplicationStream(diskMiB: 1e6, changeMiBPerSecond: 10).leastMiBPerSecond(
      objective: 5, interval: 0)
    // 10 MiB/s are 83.886 Mb/s; over 0.72 and with a quarter more, 145.64.
    #expect(
      printed(ReplicationLink.gbps(toCarryMiBPerSecond: rate, headroom: 0.25) * 1000, 2) == "145.64")
  }

  @Test("the interval is the longest that holds the objective at the least rate")
  func intervals() {
    #expect(Replicator.hyperVReplica.intervals.interval(objective: 900) == 300)
    #expect(Replicator.hyperVReplica.intervals.interval(objective: 1800) == 900)
    #expect(Replicator.hyperVReplica.intervals.interval(objective: 40) == 30)
    #expect(Replicator.hyperVReplica.intervals.interval(objective: 30) == nil)
    #expect(Replicator.proxmox.intervals.interval(objective: 3600) == 1800)
    #expect(Replicator.proxmox.intervals.interval(objective: 50) == nil)
    #expect(Replicator.vSphereReplication.intervals.interval(objective: 300) == 150)
    #expect(Replicator.zerto.intervals.interval(objective: 5) == 0)
  }

  /// An objective of 370 s has 185 s, three whole minutes.
  @Test(
    "an interval is no shorter and no longer than the replicator takes, and of whole steps",
    arguments: [
      (Replicator.vSphereReplication, 299.0, 150.0), (.vSphereReplication, 604_800, 43_200),
      (.vSphereReplication, 86_300, 43_150), (.proxmox, 100, 60), (.proxmox, 604_800, 86_400),
      (.proxmox, 172_700, 86_340), (.proxmox, 370, 180),
    ])
  func ends(replicator: Replicator, objective: Double, interval: Double) {
    #expect(replicator.intervals.interval(objective: objective) == interval)
  }

  /// Disks of 100 MiB that are written through in 10 s: a copy every 50 s sends all of them, and is there 50 s later.
  @Test("the least rate whatever the interval sends the disks in half of the objective, or all changes")
  func bestInterval() {
    let stream = ReplicationStream(diskMiB: 100, changeMiBPerSecond: 10)
    #expect(stream.leastMiBPerSecond(objective: 100) == 2)
    #expect(stream.leastMiBPerSecond(objective: 100, interval: 50) == 2)
    #expect(stream.leastMiBPerSecond(objective: 10) == 10)
    #expect(stream.leastMiBPerSecond(objective: 0) == 10)
  }

  @Test("a cut-over is down for the sum of its parts")
  func cutOver() {
    let cutOver = CutOver(
      deltaSeconds: 20, convertSeconds: 60, networkSeconds: 30, validationSeconds: 300)
    #expect(cutOver.downtimeSeconds == 30 + 20 + 60 + 60 + 30 + 300)
  }
}

@Suite("Limits of replicators")
struct ReplicationLimitTests {
  /// 54 MB/s are 51.498 MiB/s.
  @Test("Azure Site Recovery bears 54 MB/s of one VM")
  func azure() throws {
    let replicator = Replicator.azureSiteRecovery
    let allowed = ReplicationStream(diskMiB: 1e6, changeMiBPerSecond: 54 / 1.048576)
    #expect(replicator.limitsExceeded(vm: "db", by: allowed, disks: 2).isEmpty)
    let more = ReplicationStream(diskMiB: 1e6, changeMiBPerSecond: 60 / 1.048576)
    let exceeded = try #require(replicator.limitsExceeded(vm: "db", by: more, disks: 2).first)
    #expect(exceeded.vm == "db")
    #expect(
      exceeded.sentence.hasPrefix(
        "60 MB/s of changed data of one VM, Azure Site Recovery bears at most 54"))
    #expect(
      replicator.limitsExceeded(vm: "db", by: allowed, disks: 1).map(\.limit.quantity) == [.changeOfDisk])
  }

  @Test(
    "HCX bears 300 VMs a manager, 200 and 1.6 Gb/s a service mesh",
    arguments: [
      (200, 1, 100.0, []), (201, 1, 100, [ReplicationLimit.Quantity.copiesOfMesh]),
      (301, 2, 100, [.copiesOfManager]), (10, 1, 191, [.rateOfAppliance]), (10, 2, 191, []),
    ])
  func hcx(copies: Int, meshes: Int, rate: Double, exceeded: [ReplicationLimit.Quantity]) {
    let found = Replicator.hcx.limitsExceeded(copies: copies, meshes: meshes, atMiBPerSecond: rate)
    #expect(found.map(\.limit.quantity) == exceeded)
  }

  /// 2 TB in 86 400 s are 23.148 MB/s, which are 22.076 MiB/s; 23 MiB/s make 2.084 TB.
  @Test("Azure Site Recovery takes 2 TB a day through each process server")
  func day() throws {
    let replicator = Replicator.azureSiteRecovery
    #expect(replicator.limitsExceeded(copies: 1, atMiBPerSecond: 22.07).isEmpty)
    let exceeded = try #require(replicator.limitsExceeded(copies: 1, atMiBPerSecond: 23).first)
    #expect(printed(exceeded.amount, 3) == "2.084")
    #expect(exceeded.sentence.hasPrefix("2.1 TB a day through one process server, Azure Site Recovery"))
    #expect(exceeded.sentence.contains(" bears at most 2 ("))
    #expect(replicator.limitsExceeded(copies: 1, meshes: 2, atMiBPerSecond: 44.14).isEmpty)
    #expect(replicator.limitsExceeded(copies: 1, meshes: 2, atMiBPerSecond: 44.16).count == 1)
  }

  @Test("HCX sends one copy at no more than 1 Gb/s")
  func copy() {
    let stream = ReplicationStream(diskMiB: 1e6, changeMiBPerSecond: 1)
    #expect(Replicator.hcx.limitsExceeded(vm: "a", by: stream, atMiBPerSecond: 119).isEmpty)
    #expect(
      Replicator.hcx.limitsExceeded(vm: "a", by: stream, atMiBPerSecond: 120).map(\.limit.quantity)
        == [.rateOfCopy])
  }

  @Test("HCX vMotion names each prerequisite that is missing")
  func vMotion() {
    var vm = VM(id: "a", vCPUs: 1, memoryMiB: 1024)
    #expect(HCXvMotion.obstacles(vm: vm, gbps: 0.1, hardwareVersion: 9).isEmpty)
    vm.blockers = [.iso, .sharedDisk]
    let found = HCXvMotion.obstacles(vm: vm, gbps: 0.05, hardwareVersion: 8).map(\.because)
    #expect(
      found == [
        "HCX vMotion asks for 100 Mb/s and there are 50",
        "HCX vMotion asks for virtual hardware 9 and it has 8",
        "HCX vMotion moves no VM with an attached medium", "HCX vMotion moves no VM with a shared disk",
      ])
  }
}
