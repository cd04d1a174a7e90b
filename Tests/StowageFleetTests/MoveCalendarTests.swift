import StowageFleet
import StowageModel
import Testing

@Suite("How long moves may last")
struct MoveCalendarTests {
  /// Half an hour and an hour, of a plan that starts at midnight.
  private static func fleet(_ rules: [Rule], waves: WavePolicy? = nil) -> Fleet {
    let inventory = Inventory(
      hosts: [Host(id: "a", cores: 8, memoryMiB: 4096)],
      vms: ["early", "free"].map { VM(id: VM.ID($0), vCPUs: 1, memoryMiB: 1024, host: "a") }, rules: rules)
    return Fleet(inventory, options: PlanOptions(start: instant("2026-11-28T00:00:00Z"), waves: waves))
  }

  private static func instant(_ text: String) -> Instant? { Instant(rfc3339: text) }

  private static let early = Selection(globs: [Glob("early")])

  private static func window(minutes: Int) -> Rule {
    let hours = WeeklyHours(from: 2 * 60, to: 2 * 60 + minutes, zone: .utc)
    return Rule(id: "hours", .window(MoveWindow(vms: early, hours: .weekly(hours))))
  }

  @Test("as long as the longest of the hours, and for ever without rules")
  func window() {
    let calendar = Self.fleet([Self.window(minutes: 90)]).timeRules.calendar
    #expect(calendar.longestSeconds(of: 0) == 5400)
    #expect(calendar.longestSeconds(of: 1) == nil)
  }

  @Test("a deadline leaves the time until then, within hours what is left of them")
  func deadline() {
    let due = Rule(id: "due", .deadline(Deadline(vms: Self.early, due: .within(seconds: 9000))))
    #expect(Self.fleet([due]).timeRules.calendar.longestSeconds(of: 0) == 9000)
    // From 2:00 to 2:30.
    #expect(Self.fleet([Self.window(minutes: 90), due]).timeRules.calendar.longestSeconds(of: 0) == 1800)
    let soon = Rule(id: "due", .deadline(Deadline(vms: Self.early, due: .within(seconds: 60))))
    #expect(Self.fleet([Self.window(minutes: 90), soon]).timeRules.calendar.longestSeconds(of: 0) == 0)
  }

  /// Of 90 minutes ten go to validation, and as long as the moves took, or twenty, to the way back.
  @Test("hours of a wave hold validation and the way back as well")
  func waves() {
    let longest = { (policy: WavePolicy) in
      Self.fleet([Self.window(minutes: 90)], waves: policy).timeRules.calendar.longestSeconds(of: 0)
    }
    #expect(longest(WavePolicy(validationSeconds: 600)) == 2400)
    #expect(longest(WavePolicy(validationSeconds: 600, rollbackSeconds: 1200)) == 3600)
    #expect(longest(WavePolicy(validationSeconds: 9000)) == 0)
  }
}
