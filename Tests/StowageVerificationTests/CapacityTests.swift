import StowageModel
import StowageVerification
import Testing

@Suite("Capacity at every instant")
struct CapacityTests {
  /// `a` stays on h1; `b` of the given size comes from h2.
  private func inventory(_ gib: Double) -> Inventory {
    Inventory(
      hosts: Inventory.hosts(2), vms: [.idle("a", gib: 8, on: "h1"), .idle("b", gib: gib, on: "h2")])
  }

  private func fill(_ gib: Double) -> PlanVerdict {
    let inventory = inventory(gib)
    return judge(PlanBuilder(inventory).plan([MoveSketch("b", to: "h1", at: 10)]), inventory)
  }

  @Test("a host may be full to the last KiB")
  func full() {
    #expect(fill(56).findings == [])
  }

  @Test("one KiB more is found at the instant of the reservation, with who holds what")
  func oneAbove() throws {
    let verdict = fill(56 + 1 / 1024 / 1024)
    let finding = try #require(verdict.firstBreak)
    #expect(verdict.codes == ["verify.capacity"])
    #expect(finding.instantSeconds == 10)
    #expect(finding.subject == .host("h1"))
    #expect(
      finding.message
        == "at 10 s host h1 holds 67108865 KiB of 67108864 KiB memory: "
        + "b (arriving, m0001) 58720257 KiB and a 8388608 KiB")
  }

  @Test("amounts are shown in the coarsest unit in which they differ")
  func units() throws {
    let finding = try #require(fill(58).firstBreak)
    #expect(
      finding.message
        == "at 10 s host h1 holds 66.0 GiB of 64.0 GiB memory: b (arriving, m0001) 58.0 GiB and a 8.0 GiB")
  }

  @Test("an hour in which peaks coincide is found, with the hour, and one in which they do not is none")
  func hours() throws {
    func verdict(busyHours: [Int]) -> PlanVerdict {
      var inventory = inventory(8)
      for index in inventory.hosts.indices { inventory.hosts[index].cpuMHz = 1000 }
      for (index, busy) in busyHours.enumerated() {
        inventory.vms[index].cpuMHzP95 = 12_000
        inventory.vms[index].cpuMHzByHour = WeekProfile(hours: (0..<168).map { $0 == busy ? 12_000 : 1000 })
      }
      var builder = PlanBuilder(inventory)
      builder.options = PlanOptions(sizing: SizingOptions(cpu: .mhz, memory: .configured))
      return judge(builder.plan([MoveSketch("b", to: "h1", at: 10)]), inventory)
    }
    #expect(verdict(busyHours: [37, 38]).findings == [])
    let finding = try #require(verdict(busyHours: [37, 37]).firstBreak)
    #expect(
      finding.message
        == "at 10 s host h1 holds 24.0 GHz of 16.0 GHz CPU on Tuesday 13:00 to 14:00 UTC: "
        + "b (arriving, m0001) 12.0 GHz and a 12.0 GHz")
  }

  /// `b` (40 GiB) leaves h1 for h2 at 0; `c` (40 GiB) may come once it has gone.
  private func handover(at start: Double?) -> PlanVerdict {
    let inventory = Inventory(
      hosts: Inventory.hosts(3), vms: [.idle("b", gib: 40, on: "h1"), .idle("c", gib: 40, on: "h3")])
    let gone = PlanBuilder(inventory).plan([MoveSketch("b", to: "h2")]).moves[0].endSeconds
    let plan = PlanBuilder(inventory).plan([
      MoveSketch("b", to: "h2"), MoveSketch("c", to: "h1", at: start ?? gone, after: ["m0001"]),
    ])
    return judge(plan, inventory)
  }

  @Test("what is released at an instant is free for what is reserved at the same instant")
  func releaseFirst() {
    #expect(handover(at: nil).findings == [])
  }

  @Test("a reservation before the release is found at once")
  func tooEarly() {
    #expect(handover(at: 1).codes == ["verify.after", "verify.capacity"])
  }

  @Test("a live move counts at both ends until it has ended, a cold move at neither in between")
  func bothEnds() {
    let inventory = Inventory(
      hosts: Inventory.hosts(2), vms: [.idle("b", gib: 40, on: "h1"), .idle("c", gib: 40, on: "h2")])
    func swap(_ technique: Technique) -> PlanVerdict {
      judge(
        PlanBuilder(inventory).plan([
          MoveSketch("b", to: "h2", by: technique), MoveSketch("c", to: "h1", by: technique),
        ]), inventory)
    }
    #expect(swap(.cold).findings == [])
    #expect(swap(.preCopy).codes == ["verify.capacity"])
  }

  /// h1 holds 72 of 64 GiB from the start.
  private func overloaded(arrival: Double) -> PlanVerdict {
    let inventory = Inventory(
      hosts: Inventory.hosts(3),
      vms: [
        .idle("a", gib: 40, on: "h1"), .idle("b", gib: 32, on: "h1"), .idle("c", gib: arrival, on: "h2"),
      ])
    let gone = PlanBuilder(inventory).plan([MoveSketch("b", to: "h3")]).moves[0].endSeconds
    return judge(
      PlanBuilder(inventory).plan([
        MoveSketch("b", to: "h3"), MoveSketch("c", to: "h1", at: gone),
      ]), inventory)
  }

  @Test("a host overloaded at the start may be so again, as much as then and no more")
  func overloadedAtStart() throws {
    #expect(overloaded(arrival: 32).findings == [])
    let finding = try #require(overloaded(arrival: 33).firstBreak)
    #expect(finding.message.contains("host h1 holds 73.0 GiB of 72.0 GiB memory at the start: c (arriving"))
  }

  @Test("every resource is held", arguments: Resource.allCases)
  func everyResource(_ resource: Resource) {
    var hosts = Inventory.hosts(2)
    hosts[0].networkGbps = 1
    hosts[0].maxVMs = 2
    hosts[0].gpuCount = 2
    hosts[0].localDiskGiB = 100
    hosts[1].gpuCount = 2
    func judged(excess: Double) -> [String] {
      var a = VM.idle("a", gib: 4, on: "h1")
      var b = VM.idle("b", gib: 4, on: "h2")
      a.gpuCount = 1
      b.gpuCount = 1
      a.networkMbpsP95 = 500
      b.networkMbpsP95 = 500 + (resource == .network ? excess : 0)
      b.vCPUs = 15 + (resource == .cpu ? excess : 0)
      a.hasLocalDisk = true
      a.diskUsedGiB = 50
      b.hasLocalDisk = true
      b.diskUsedGiB = 50 + (resource == .localDisk ? excess : 0)
      if resource == .memory { b.memoryMiB = 60 * 1024 + excess }
      if resource == .gpus { b.gpuCount = 1 + Int(excess) }
      var vms = [a, b]
      if resource == .slots, excess > 0 { vms.append(.idle("c", gib: 1, on: "h1")) }
      let inventory = Inventory(hosts: hosts, vms: vms)
      return judge(PlanBuilder(inventory).plan([MoveSketch("b", to: "h1")]), inventory).codes
    }
    #expect(judged(excess: 0) == [])
    #expect(judged(excess: 1) == ["verify.capacity"])
  }

  @Test("a host that stays above its limit is named once, not at every event")
  func onceAnEpisode() {
    let inventory = Inventory(
      hosts: Inventory.hosts(2),
      vms: [.idle("a", gib: 60, on: "h1")] + ["b", "c", "d"].map { .idle($0, gib: 8, on: "h2") })
    let verdict = judge(
      PlanBuilder(inventory).plan([
        MoveSketch("b", to: "h1"), MoveSketch("c", to: "h1", at: 100), MoveSketch("d", to: "h1", at: 200),
      ]), inventory)
    #expect(verdict.findings.map(\.instantSeconds) == [0])
  }
}
