import StowageKit
import StowageTestSupport
import Testing

/// Six applications of two VMs go to another site over a link that carries three of them a night.
@Suite("Plans by the calendar")
struct NightPlanTests {
  private static let inventory = {
    var hosts: [Host] = []
    for (site, count) in [("old", 3), ("new", 2)] {
      for number in 1...count {
        var host = Host(id: Host.ID("\(site)-\(number)"), cores: 32, memoryMiB: 131_072)
        host.site = site
        host.migrationNetworkGbps = 10
        hosts.append(host)
      }
    }
    var vms: [VM] = []
    for (index, app) in ["a", "b", "c", "d", "e", "f"].enumerated() {
      for number in 1...2 {
        var vm = VM(
          id: VM.ID("\(app)-\(number)"), vCPUs: 2, memoryMiB: 4096, host: Host.ID("old-\(1 + index % 3)"))
        vm.app = app
        vm.tier = app == "e" ? "bronze" : "gold"
        vms.append(vm)
      }
    }
    var link = Link(id: "wan", a: "old", b: "new", gbps: 1)
    link.roundTripMilliseconds = 5
    let hours = WeeklyHours(
      from: 22 * 60, to: 5 * 60, days: Set(WeeklyHours.Day.allCases), zone: .utc)
    return Inventory(
      hosts: hosts, vms: vms, links: [link],
      dependencies: [
        Dependency(from: "a", to: "b", trafficMbps: 100), Dependency(from: "c", to: "d", isHard: true),
        Dependency(from: "f-1", to: "a", trafficMbps: 10),
      ],
      rules: [Rule(id: "nights", .window(MoveWindow(vms: Selection(["*"]), hours: .weekly(hours))))])
  }()

  private static func request(groups: Int? = 2, size: Int? = nil, pilot: Int? = 2) -> PlanRequest {
    PlanRequest(
      goal: .colocate,
      options: PlanOptions(
        start: Instant(rfc3339: "2026-09-07T12:00:00Z"), sites: ["new"],
        waves: WavePolicy(
          mostVMs: size, pilotVMs: pilot, validationSeconds: 600, nights: NightPolicy(mostGroups: groups))),
      isDeterministic: true)
  }

  private struct NoPlanFound: Error {}

  private static let made = Result { try newPlan() }

  private static func newPlan() throws -> Plan {
    guard case .planned(let fleet) = try Planner().plan(inventory, request()) else { throw NoPlanFound() }
    return fleet.plan
  }

  @Test("the pilot is the bronze application, and five groups take three nights in all")
  func nights() throws {
    let plan = try Self.made.get()
    #expect(Set(plan.moves.filter { $0.wave == 1 }.map(\.vm.rawValue)) == ["e-1", "e-2"])
    let nights = try #require(plan.objectives.first { $0.name == .waveNights })
    #expect(nights == Objective(.waveNights, value: 3, lowerBound: 3, proof: .nightPrices))
    #expect(Set(plan.moves.filter { "cd".contains($0.vm.rawValue.first ?? " ") }.map(\.wave)).count == 1)
    #expect(plan.objectives.first { $0.name == .splitTraffic }?.value == 50)
    #expect(plan.schedule.lowerBoundSeconds > 2 * 86_400)
  }

  @Test("every way of making it wrong is caught", arguments: Tampering.allCases)
  func tampered(_ tampering: Tampering) throws {
    let plan = try Self.made.get()
    for pick in 0..<2 {
      guard let other = tampering.changed(plan, of: Self.inventory, pick: pick) else { continue }
      #expect(Verifier.judge(other, of: Self.inventory).decision == .rejected, "\(tampering) \(pick)")
    }
  }

  @Test("a bound above what the prices prove is refused, and so is a quieter plan than it is")
  func claims() throws {
    for (name, change) in [(Objective.Name.waveNights, 1.0), (.splitTraffic, -10)] {
      var plan = try Self.made.get()
      let index = try #require(plan.objectives.firstIndex { $0.name == name })
      plan.objectives[index].value += change
      plan.objectives[index].lowerBound = plan.objectives[index].value
      #expect(Verifier.judge(plan, of: Self.inventory).decision == .rejected)
    }
    var plan = try Self.made.get()
    plan.certificate = nil
    #expect(Verifier.judge(plan, of: Self.inventory).decision == .rejected)
  }

  @Test("two waves of one night, or too many groups in one, are refused")
  func crowded() throws {
    var plan = try Self.made.get()
    plan.options.waves?.nights?.mostGroups = 1
    #expect(Verifier.judge(plan, of: Self.inventory).findings.contains { "\($0)".contains("move group") })
  }

  @Test("a hard dependency makes a group that a wave cannot take, which is named")
  func oversize() throws {
    guard case .noPlan(let noPlan) = try Planner().plan(Self.inventory, Self.request(size: 3)) else {
      Issue.record("a plan")
      return
    }
    #expect(noPlan.progress.contains { $0.contains("c-1") && $0.contains("4 VMs that move") })
  }

  // MARK: What has no nights

  private func conflict(_ inventory: Inventory, _ request: PlanRequest) throws -> NoPlan {
    guard case .noPlan(let noPlan) = try Planner().plan(inventory, request) else { throw PlanFound() }
    return noPlan
  }

  private struct PlanFound: Error {}

  private static func window(_ id: String, _ vms: String, from: Int, to: Int) -> Rule {
    let hours = WeeklyHours(from: from * 60, to: to * 60, days: Set(WeeklyHours.Day.allCases), zone: .utc)
    return Rule(id: Rule.ID(id), .window(MoveWindow(vms: Selection([vms]), hours: .weekly(hours))))
  }

  @Test("a group larger than a wave is the smallest conflict with all that ties it, and proved")
  func largestGroup() throws {
    let noPlan = try conflict(Self.inventory, Self.request(size: 3))
    #expect(
      noPlan.conflict.map { String($0.prefix(40)) } == [
        "'c-1', 'c-2', 'd-1', 'd-2' of 'c', 'd' m", "'c' and 'd' go in one wave (hard in depe",
        "the VMs of 'c' go in one wave (column ap", "the VMs of 'd' go in one wave (column ap",
        "a wave takes 3 VMs at most (--wave-size)",
      ])
    guard case .infeasible = noPlan.finding else {
      Issue.record("not proved")
      return
    }
  }

  @Test("an application whose VMs have no hours in common is named with both rules, and nothing else")
  func hoursApart() throws {
    var inventory = Self.inventory
    inventory.rules += [
      Self.window("early", "a-1", from: 22, to: 23), Self.window("late", "a-2", from: 1, to: 5),
    ]
    let noPlan = try conflict(inventory, Self.request(pilot: nil))
    #expect(noPlan.conflict.count == 4)
    #expect(noPlan.conflict[0].hasPrefix("'a-1', 'a-2' of 'a' move: 2 VMs"))
    #expect(noPlan.conflict[1] == "the VMs of 'a' go in one wave (column app)")
    #expect(noPlan.conflict[2] == "'a-1' may move only within its hours (rule 'early')")
    #expect(noPlan.conflict[3] == "'a-2' may move only within its hours (rule 'late')")
  }

  @Test("two applications for which one night is open do not go there one a night")
  func oneNight() throws {
    var inventory = Self.inventory
    let (from, to) = (Instant(rfc3339: "2026-09-09T22:00:00Z"), Instant(rfc3339: "2026-09-10T05:00:00Z"))
    inventory.rules.append(
      Rule(
        id: "audit",
        .window(
          MoveWindow(
            vms: Selection(["a-*", "b-*"]),
            hours: .dated(from: try #require(from), to: try #require(to))))))
    let noPlan = try conflict(inventory, Self.request(groups: 1, pilot: nil))
    #expect(
      noPlan.conflict.map { String($0.prefix(20)) } == [
        "'a-2' of 'a' moves, ", "'b-2' of 'b' moves, ", "'a-1', 'a-2', 'b-1',", "a night takes 1 move",
      ])
  }

  @Test("applications that a site has no room for are told with what they ask and what it offers")
  func noRoom() throws {
    var inventory = Self.inventory
    for index in inventory.hosts.indices where inventory.hosts[index].site == "new" {
      inventory.hosts[index].memoryMiB = 16_384
    }
    let noPlan = try conflict(inventory, Self.request())
    #expect(noPlan.conflict.count == 2)
    #expect(noPlan.conflict.first?.hasPrefix("10 VMs in 5 move groups go to 'new': ") ?? false)
    #expect(
      noPlan.conflict.last == "they ask 40.0 GiB of memory, and the hosts of 'new' offer 32.0 GiB of memory")
  }

  // MARK: Disks copied ahead

  /// The same with 50 GiB of disks each, which no two sites share.
  private static func withDisks(change: Double = 0.1) -> Inventory {
    var inventory = inventory
    for index in inventory.hosts.indices {
      inventory.hosts[index].datastores = ["\(inventory.hosts[index].site ?? "")-san"]
    }
    for index in inventory.vms.indices {
      inventory.vms[index].datastores = ["old-san"]
      inventory.vms[index].diskUsedGiB = 50
      inventory.vms[index].diskChangeMiBPerSecond = index == 0 ? change : 0.1
    }
    return inventory
  }

  private static var seeding: PlanRequest {
    var request = request()
    request.options.waves?.seeding = SeedPolicy(sharePercent: 50)
    return request
  }

  @Test("disks are copied ahead, and a seed that is slower, shorter or larger than its share is refused")
  func seeds() throws {
    let inventory = Self.withDisks()
    guard case .planned(let fleet) = try Planner().plan(inventory, Self.seeding) else {
      Issue.record("no plan")
      return
    }
    #expect(fleet.plan.moves.allSatisfy { $0.technique == .cold && $0.seed != nil })
    // 0.1 MiB/s for a quarter of an hour is left to the move.
    #expect(fleet.plan.moves.allSatisfy { abs(($0.seed?.deltaMiB ?? 0) - 90) < 1e-6 })
    let read = PlanDocument.decode(PlanDocument.encode(fleet.plan)).plan
    #expect(read?.moves == fleet.plan.moves)
    let changes: [(inout Seed) -> Void] = [
      { $0.rateMiBPerSecond /= 2 }, { $0.rateMiBPerSecond *= 2 }, { $0.endSeconds += 1e6 },
      { $0.deltaMiB = 0 }, { $0.changeMiBPerSecond = 0 },
    ]
    for change in changes {
      var changed = fleet.plan
      var seed = try #require(changed.moves[0].seed)
      change(&seed)
      changed.moves[0].seed = seed
      #expect(Verifier.judge(changed, of: inventory).findings.contains { "\($0)".contains("seed") })
    }
    var plan = fleet.plan
    plan.options.waves?.seeding?.sharePercent = 20
    #expect(Verifier.judge(plan, of: inventory).findings.contains { "\($0)".contains("their share") })
  }

  @Test("disks that change faster than their share carries are told, with the bandwidth that would do")
  func endless() throws {
    guard case .noPlan(let noPlan) = try Planner().plan(Self.withDisks(change: 60), Self.seeding) else {
      Issue.record("a plan")
      return
    }
    #expect(noPlan.progress.contains { $0.contains("a-1") && $0.contains("60") && $0.contains("never end") })
    // Half of 1 Gb/s carries 54.8 MiB/s.
    #expect(noPlan.remedies.contains { $0.contains("1.09 Gb/s") || $0.contains("1.10 Gb/s") })
  }

  // MARK: Copies that are kept

  /// `a-1` and `f-2` state recovery points of ten minutes and of an hour.
  private static func withObjectives(change: Double = 2) -> Inventory {
    var inventory = withDisks()
    for (index, objective) in [(0, 600.0), (11, 3600)] {
      inventory.vms[index].rpoSeconds = objective
      inventory.vms[index].diskChangeMiBPerSecond = change
    }
    return inventory
  }

  private static var protecting: PlanRequest {
    var request = seeding
    request.options.protection = ProtectionPolicy(replicator: .vSphereReplication)
    return request
  }

  @Test("recovery points are held from the first wave to the last, and copies take the place of seeds")
  func copies() throws {
    let inventory = Self.withObjectives()
    guard case .planned(let fleet) = try Planner().plan(inventory, Self.protecting) else {
      Issue.record("no plan")
      return
    }
    let copies = fleet.plan.protections
    #expect(copies.map(\.vm) == ["a-1", "f-2"])
    #expect(copies.map(\.intervalSeconds) == [300, 1800])
    #expect(copies.map(\.rateMiBPerSecond) == [2, 2])
    #expect(copies.map(\.worstAgeSeconds) == [600, 3600])
    #expect(copies.map(\.deltaMiB) == [600, 3600])
    let move = try #require(fleet.plan.moves.first { $0.vm == "a-1" })
    #expect(move.seed == nil && copies[0].before == move.to && copies[0].after == move.from)
    let read = PlanDocument.decode(PlanDocument.encode(fleet.plan)).plan
    #expect(read?.protections == copies && read?.options.protection == fleet.plan.options.protection)
  }

  @Test("a copy that is missing, misplaced, too slow, too rare or more than a link carries is refused")
  func forgedCopies() throws {
    let inventory = Self.withObjectives()
    guard case .planned(let fleet) = try Planner().plan(inventory, Self.protecting) else {
      Issue.record("no plan")
      return
    }
    let changes: [(inout Protection) -> Void] = [
      { $0.rateMiBPerSecond = 1 }, { $0.worstAgeSeconds = 300 }, { $0.intervalSeconds = 450 },
      { $0.intervalSeconds = 0 }, { $0.deltaMiB = 1 }, { $0.after = $0.before }, { $0.vm = "b-1" },
      { $0.linksBefore = [] },
    ]
    for (number, change) in changes.enumerated() {
      var plan = fleet.plan
      change(&plan.protections[0])
      #expect(
        Verifier.judge(plan, of: inventory).findings.contains { "\($0)".contains("verify.protection") },
        "change \(number)")
    }
    var plan = fleet.plan
    plan.protections.removeLast()
    #expect(Verifier.judge(plan, of: inventory).findings.contains { "\($0)".contains("keeps no copy") })
    plan = fleet.plan
    plan.protections[0].rateMiBPerSecond = 109
    #expect(Verifier.judge(plan, of: inventory).findings.contains { "\($0)".contains("copy of a-1") })
  }

  @Test("copies that take all of a link are told, with the bandwidth that would do")
  func tooManyCopies() throws {
    var inventory = Self.withObjectives(change: 60)
    inventory.vms[11].rpoSeconds = 600
    let noPlan = try conflict(inventory, Self.protecting)
    #expect(noPlan.progress.contains { $0.contains("2 VMs with rpo_s take 120 MiB/s of 'wan:ab'") })
    #expect(noPlan.remedies.contains { $0.contains("more than 1.75 Gb/s") })
  }

  // MARK: Cut-over and the way back

  @Test(
    "conversion, network and check count as downtime, part by part, and the VM's limit holds for all of it")
  func cutOver() throws {
    var inventory = Self.withDisks()
    inventory.vms[0].maxDowntimeMilliseconds = 150_000
    var request = Self.seeding
    request.options.cutOver = CutOverPolicy(convertSeconds: 60, networkSeconds: 120, validationSeconds: 180)
    guard case .planned(let fleet) = try Planner().plan(inventory, request) else {
      Issue.record("no plan")
      return
    }
    #expect(fleet.plan.moves.first { $0.vm == "a-1" }?.technique.isLive == true)
    let move = try #require(fleet.plan.moves.first { $0.vm == "a-2" })
    let parts = try #require(move.estimate?.cutOver)
    #expect([parts.shutdownSeconds, parts.convertSeconds, parts.bootSeconds] == [30, 60, 60])
    #expect(abs(parts.downtimeSeconds * 1000 - (move.estimate?.downtimeMilliseconds ?? 0)) <= 6)
    #expect(abs(move.endSeconds - move.startSeconds + 300 - parts.downtimeSeconds) <= 0.01)
    let read = PlanDocument.decode(PlanDocument.encode(fleet.plan)).plan
    #expect(read?.moves == fleet.plan.moves && read?.options.cutOver == request.options.cutOver)
    var plan = fleet.plan
    let index = try #require(plan.moves.firstIndex { $0.vm == "a-2" })
    plan.moves[index].estimate?.cutOver?.networkSeconds = 0
    #expect(Verifier.judge(plan, of: inventory).findings.contains { "\($0)".contains("cut_over") })
  }

  @Test("nobody gets a place at a source as long as it is kept")
  func keptSources() throws {
    var hosts = Self.inventory.hosts.filter { ["old-1", "old-2", "new-1"].contains($0.id.rawValue) }
    for index in hosts.indices where hosts[index].id == "old-1" { hosts[index].memoryMiB = 16_384 }
    let vms = [("gone", "old-1", 12_288.0), ("comes", "old-2", 8192)].map { id, host, memory in
      VM(id: VM.ID(id), vCPUs: 1, memoryMiB: memory, host: Host.ID(host))
    }
    let inventory = Inventory(hosts: hosts, vms: vms, links: Self.inventory.links)
    var options = PlanOptions()
    options.keepSourceDays = 2
    let request = PlanRequest(goal: .balance, options: options)
    guard
      case .planned(let fleet) = try Planner().plan(
        inventory, to: ["gone": "new-1", "comes": "old-1"], request)
    else {
      Issue.record("no plan")
      return
    }
    let moves = fleet.plan.moves
    #expect(moves.map(\.vm) == ["gone", "comes"])
    #expect(moves[1].startSeconds >= moves[0].endSeconds + 2 * 86_400)
    var plan = fleet.plan
    plan.options.keepSourceDays = 3
    #expect(Verifier.judge(plan, of: inventory).findings.contains { "\($0)".contains("verify.capacity") })
  }
}
