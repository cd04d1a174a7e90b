import StowageKit
import Testing

@Suite("Fewer hosts or fewer moves")
struct TradeoffTests {
  /// Ten hosts, a fifth full, of which two would do.
  private static var fleet: Inventory {
    Inventory(
      hosts: (0..<10).map { Host(id: Host.ID("h\($0)"), cores: 16, memoryMiB: 65536) },
      vms: (0..<20).map { number in
        VM(
          id: VM.ID("v\(number + 10)"), vCPUs: 1, memoryMiB: number % 3 == 0 ? 8192 : 2048,
          host: Host.ID("h\(number / 2)"))
      })
  }

  private static func planned(_ request: PlanRequest) throws -> Plan? {
    guard case .planned(let planned) = try Planner().plan(fleet, request) else { return nil }
    #expect(planned.verdict.decision == .accepted)
    return planned.plan
  }

  @Test("a plan stops at the hosts asked for, with as little moved as can be")
  func stops() throws {
    var request = PlanRequest(goal: .consolidate, isDeterministic: true)
    var moved: [Double] = []
    for count in [2, 5, 8, 10, 12] {
      request.leastHostsOn = count
      let plan = try #require(try Self.planned(request))
      #expect(plan.objectives.first { $0.name == .hostsOn }?.value == Double(min(count, 10)))
      let objective = try #require(plan.objectives.first { $0.name == .movedMiB })
      #expect(objective.lowerBound == objective.value, "\(count) hosts")
      moved.append(objective.value)
    }
    #expect(moved == moved.sorted(by: >))
    #expect(moved.last == 0)
  }

  @Test("the curve runs from the fewest hosts to those of today, none beaten by another, and is on the pages")
  func curve() throws {
    let request = PlanRequest(goal: .consolidate, isDeterministic: true)
    guard case .planned(let planned) = try Planner().plan(Self.fleet, request) else {
      Issue.record("no plan")
      return
    }
    let curve = try TradeoffStudy().curve(Self.fleet, request, fewest: planned.plan)
    #expect(curve.first?.hostsOn == 2)
    #expect(curve.first?.isChosen == true)
    #expect(curve.last?.hostsOn == 10)
    #expect(curve.last?.moves == 0)
    for (fewer, more) in zip(curve, curve.dropFirst()) {
      #expect(fewer.hostsOn < more.hostsOn)
      #expect(fewer.movedMiB > more.movedMiB)
    }
    var sideBySide = request
    sideBySide.threads = 3
    #expect(try TradeoffStudy().curve(Self.fleet, sideBySide, fewest: planned.plan) == curve)
    var input = planned.reportInput(for: Self.fleet)
    input.tradeoffs = curve
    #expect(Summary(input).text.contains("2 (this plan)"))
    #expect(HTMLReport(input).html.contains("Memory moved against hosts on"))
    let table = PlanFiles.all(input).first { $0.name == "tradeoffs.csv" }
    #expect(table?.bytes.count { $0 == UInt8(ascii: "\n") } == curve.count + 1)
  }

  @Test("of two alike one is shown, and one that is beaten in all three is not")
  func worthwhile() {
    func point(_ hosts: Int, _ moved: Double, _ seconds: Double, isChosen: Bool = false) -> Tradeoff {
      let plan = Plan(
        generator: "", inventory: .init(sha256: "", hosts: 0, vms: 0), goal: .consolidate, seed: 1,
        options: PlanOptions(), outcome: .feasible,
        objectives: [Objective(.hostsOn, value: Double(hosts)), Objective(.movedMiB, value: moved)],
        placement: [:], poweredOffHosts: [], moves: [],
        schedule: .init(makespanSeconds: seconds, lowerBoundSeconds: 0, binding: ""), unplaced: [],
        violationsAtStart: [], assumptions: [])
      return Tradeoff(plan, isChosen: isChosen)
    }
    let all = [
      point(2, 9, 9, isChosen: true), point(2, 9, 9), point(3, 9, 9), point(3, 10, 5), point(4, 4, 4),
      point(4, 4, 4),
    ]
    #expect(Tradeoff.worthwhile(all) == [all[0], all[3], all[4]])
  }
}
