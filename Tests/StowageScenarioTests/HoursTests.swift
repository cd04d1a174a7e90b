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

  @Test("without rules about hours no move is limited")
  func noRules() throws {
    var inventory = try Self.inventory()
    inventory.rules = []
    let input = try Self.input(start: "2026-11-27T19:00:00Z")
    #expect(ReportInput.judged(input.plan, of: inventory).hours == MoveHours())
  }
}
