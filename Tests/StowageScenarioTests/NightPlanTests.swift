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
}
