import Foundation
import StowageKit
import Testing

/// Rules about hours, from the inventory to the runbook.
@Suite("Hours of moves")
struct HoursTests {
  private static func inventory() throws -> Inventory {
    let hosts = ["a", "b", "c"].map { Host(id: Host.ID($0), cores: 8, memoryMiB: 32_768) }
    let vms = ["day", "night", "free"].map { VM(id: VM.ID($0), vCPUs: 1, memoryMiB: 2048, host: "a") }
    let paris = try #require(TimeZoneOffsets(named: "Europe/Paris"))
    let night = Hours.weekly(WeeklyHours(from: 22 * 60, to: 5 * 60, zone: paris))
    return Inventory(
      hosts: hosts, vms: vms,
      rules: [
        Rule(id: "nights", .window(MoveWindow(vms: Selection(globs: [Glob("night")]), hours: night))),
        Rule(id: "no-nights", .blackout(MoveBlackout(vms: Selection(globs: [Glob("day")]), hours: night))),
        Rule(
          id: "soon", .deadline(Deadline(vms: Selection(globs: [Glob("day")]), due: .within(seconds: 80_000)))
        ),
      ])
  }

  private static func input(start: String?) throws -> ReportInput {
    let inventory = try Self.inventory()
    let request = PlanRequest(
      goal: .evacuate,
      options: PlanOptions(hosts: ["a"], start: start.flatMap { Instant(rfc3339: $0) }), isDeterministic: true
    )
    guard case .planned(let planned) = try Planner().plan(inventory, request) else {
      Issue.record("no plan")
      throw CancellationError()
    }
    return planned.reportInput(for: inventory)
  }

  @Test("the page goes by the clocks of the rule, and each VM has the span in which it moves")
  func spans() throws {
    // 20:00 in Paris: `day` has two hours left, `night` has to wait for two.
    let input = try Self.input(start: "2026-11-27T19:00:00Z")
    let hours = input.hours
    let entries = Dictionary(
      uniqueKeysWithValues: input.plan.moves.compactMap { move in
        hours.entryOfMove[move.id].map { (move.vm, hours.entries[$0]) }
      })
    #expect(entries["free"] == nil)
    #expect(entries["night"]?.rules == ["nights"])
    #expect(entries["night"]?.spans.first == .init(opensSeconds: 7200, closesSeconds: 9 * 3600))
    #expect(entries["day"]?.rules == ["no-nights", "soon"])
    // From now to 22:00; then from 5:00 on, as long as the deadline leaves.
    #expect(
      entries["day"]?.spans == [
        .init(opensSeconds: 0, closesSeconds: 7200), .init(opensSeconds: 9 * 3600, closesSeconds: 80_000),
      ])
    let text = Runbook(input).markdown()
    #expect(text.contains("Fri 2026-11-27 22:00:00–Sat 2026-11-28 05:00:00, by `nights`"))
    #expect(text.contains("Fri 2026-11-27 20:00:00–22:00:00, by `no-nights`, `soon`"))
    #expect(ReportInput.judged(input.plan, of: input.inventory).hours == hours)
  }

  /// 128 GiB take 20 min at 1 Gb/s; a stop and a start 92 s.
  private static func large(minutes: Int) throws -> PlanningAnswer {
    var hosts = ["a", "b"].map { Host(id: Host.ID($0), cores: 8, memoryMiB: 262_144) }
    for index in hosts.indices { hosts[index].networkGbps = 1 }
    var vm = VM(id: "large", vCPUs: 1, memoryMiB: 131_072, host: "a")
    vm.memoryConsumedMiB = 131_072
    vm.workingSetMiB = 200
    vm.dirtyRateMiBPerSecond = 20
    let hours = WeeklyHours(from: 22 * 60, to: 22 * 60 + minutes, zone: .utc)
    let rule = Rule(
      id: "nights", .window(MoveWindow(vms: Selection(globs: [Glob("large")]), hours: .weekly(hours))))
    let options = PlanOptions(hosts: ["a"], start: Instant(rfc3339: "2026-11-27T19:00:00Z"))
    return try Planner().plan(
      Inventory(hosts: hosts, vms: [vm], rules: [rule]),
      PlanRequest(goal: .evacuate, options: options, isDeterministic: true))
  }

  @Test("a VM whose memory does not travel within its hours is stopped in them, and the plan says so")
  func tooSlow() throws {
    guard case .planned(let planned) = try Self.large(minutes: 15) else {
      Issue.record("no plan")
      return
    }
    let move = try #require(planned.plan.moves.first)
    #expect(move.technique == .cold)
    #expect(move.startSeconds == 10_800)
    let because = move.rejected.first { $0.technique == .preCopy }?.because
    #expect(because == "takes 20 min, its hours leave it 15 min at most")
    guard case .planned(let live) = try Self.large(minutes: 30) else {
      Issue.record("no plan")
      return
    }
    #expect(live.plan.moves.first?.technique == .preCopy)
  }

  @Test("hours that no technique fits into leave no plan, and the rule is named")
  func noTechnique() throws {
    guard case .noPlan(let noPlan) = try Self.large(minutes: 1), case .infeasible = noPlan.finding else {
      Issue.record("a plan, or no proof")
      return
    }
    #expect(noPlan.conflict == ["no host may hold 'large'"])
    let causes = noPlan.refusals.flatMap(\.causes).map(\.cause)
    #expect(causes.contains(.other("reached by no technique in 1 min, the most that it has under 'nights'")))
  }

  @Test("without rules about hours no move is limited")
  func noRules() throws {
    var inventory = try Self.inventory()
    inventory.rules = []
    let input = try Self.input(start: "2026-11-27T19:00:00Z")
    #expect(ReportInput.judged(input.plan, of: inventory).hours == MoveHours())
  }
}
