import Foundation
import StowageModel
import StowageReports
import Testing
import Yams

/// A plan that says when it starts is shown by the clock, and its scripts keep to the hours of rules.
@Suite("Calendar")
struct CalendarTests {
  /// 2026-11-27T21:00:00Z.
  private static let start = 1_795_813_200

  @Test("the runbook names day, time and zone of plan, wave and step, and the hours that rules leave")
  func runbook() {
    let text = Runbook(Room.nights()).markdown()
    for line in [
      "| planned for | Fri 2026-11-27 22:00:00–22:02:43 (Europe/Paris, UTC+01:00) |",
      "**Window.** Planned for Fri 2026-11-27 22:00:00–22:01:32 (Europe/Paris, UTC+01:00). Rules limit the hours of 1 of its steps:",
      "- 1 step: Fri 2026-11-27 22:00:00–22:01:40, by `nights`",
      "- 1 step: from Fri 2026-11-27 22:00:05 on, by `late`, `not-first`",
      "- Start: planned at 0:00:00, Fri 2026-11-27 22:00:00, waits for nothing",
      "- Hours: it is under way only within Fri 2026-11-27 22:00:00–22:01:40, by `nights`",
      "- Hours: it is under way only from Fri 2026-11-27 22:00:05 on, by `late`, `not-first`",
      "| step | VM | from → to | technique | start–end | by the clock | pause | data | start after |",
    ] { #expect(text.contains(line), "\(line)") }
  }

  @Test("each wave has scope, window, pre-conditions and a decision, also where nobody says when it starts")
  func wavesWithoutStart() {
    let text = Runbook(Room.input).markdown()
    for part in ["**Scope.**", "**Window.**", "**Pre-conditions**", "**Go or no-go**", "**Commit gate.**"] {
      #expect(text.components(separatedBy: part).count == 4, "\(part)")
    }
    #expect(
      text.contains("The plan states no start. Agreed from ______ to ______; the steps take 1 min 32 s"))
    #expect(!text.contains("by the clock"))
  }

  @Test("where clocks are changed under way each time says its distance to UTC")
  func clockChange() {
    let text = Runbook(Room.nights(from: "2026-10-25T00:59:00Z")).markdown()
    #expect(text.contains("Sun 2026-10-25 02:59:00+02:00–02:01:43+01:00 (Europe/Paris)"))
  }

  @Test("the report shows each wave and move by the clock, and the summary the whole")
  func report() {
    let html = HTMLReport(Room.nights()).html
    #expect(html.contains("Planned for Fri 2026-11-27 22:00:00–22:02:43 (Europe/Paris, UTC+01:00)."))
    #expect(html.contains("<td>Fri 2026-11-27 22:00:00–22:01:32</td>"))
    #expect(html.contains("Fri 2026-11-27 22:00:00–22:01:40 (1 move, by nights)"))
    #expect(html.contains("<span class=\"id\">Fri 2026-11-27 22:00:00–22:00:09</span>"))
    #expect(!HTMLReport(Room.input).html.contains("By the clock"))
    #expect(
      Summary(Room.nights()).text.contains("Fri 2026-11-27 22:00:00–22:02:43 (Europe/Paris, UTC+01:00)"))
  }

  // MARK: Scripts

  private func hypervisors(now: Int, step: Int = 0) throws -> FakeHypervisors {
    let fake = try FakeHypervisors()
    for vm in Room.input.inventory.vms {
      guard let host = vm.host else { continue }
      try fake.put(vm.id.rawValue, on: host.rawValue, state: vm.powerState == .on ? "running" : "shut off")
    }
    try fake.setClock(to: now, step: step)
    return fake
  }

  @Test("a step is not begun outside of its hours: the script says which are next, and the journal nothing")
  func outside() throws {
    let fake = try hypervisors(now: Self.start + 95)
    let text = try Runbook(Room.nights()).text(.sh)
    // m0001 takes 9.4 s: 5 s of its hours are left.
    let (status, output) = try fake.run(text, ["--yes", "all"])
    #expect(status == 2, "\(output)")
    #expect(
      output.contains(
        "m0001 is not begun outside of its hours; the next are Sat 2026-11-28 22:00:00–22:01:40"))
    #expect(fake.outcomes["m0001"] == nil)
    #expect(fake.outcomes["m0002"] == "done", "what no rule limits goes on")
    #expect(try fake.state(of: "web-1", on: "r1-h03") == "running")
    try fake.setClock(to: Self.start + 86_410)
    let next = try fake.run(text, ["--yes", "all"])
    #expect(next.status == 0, "\(next.output)")
    #expect(fake.outcomes["m0001"] == "done")
  }

  @Test("--any-time does not ask for hours, --wait waits for them", arguments: [true, false])
  func told(anyTime: Bool) throws {
    // Each look at the clock finds it 40 s later.
    let fake = try hypervisors(now: Self.start + 200, step: anyTime ? 0 : 40)
    var input = Room.nights()
    input.hours.entries[0].spans[1] = .init(opensSeconds: 600, closesSeconds: 90_000)
    for move in input.plan.moves { input.hours.entryOfMove[move.id] = 0 }
    let run = try fake.run(Runbook(input).text(.sh), ["--yes", "all", anyTime ? "--any-time" : "--wait"])
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains(" waits for its hours: Fri 2026-11-27 22:10:00–") == !anyTime)
    #expect(fake.outcomes.values.allSatisfy { $0 == "done" } && fake.outcomes.count == 7)
  }

  @Test("a stop file ends the wait for hours")
  func stopped() throws {
    let fake = try hypervisors(now: Self.start - 500)
    try fake.makeStopFile()
    #expect(try fake.run(Runbook(Room.nights()).text(.sh), ["--yes", "all", "--wait"]).status == 2)
    #expect(fake.outcomes.isEmpty)
  }

  @Test("the shell script shows when each wave is planned for, and passes shellcheck")
  func shell() throws {
    let fake = try hypervisors(now: 0)
    let text = try Runbook(Room.nights()).text(.sh)
    let shown = try fake.run(text, [])
    #expect(shown.output.contains("planned for Fri 2026-11-27 22:00:00–22:01:32 (Europe/Paris, UTC+01:00)"))
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/shellcheck") else { return }
    let file = fake.folder.appending(path: "checked.sh")
    try Data(text.utf8).write(to: file)
    _ = try Shell.run("shellcheck -s sh \(file.path)", mustBeSilent: true)
  }

  @Test("PowerShell and Ansible know the same hours")
  func otherScripts() throws {
    let powerShell = try Runbook(Room.nights()).text(.ps1)
    #expect(PowerShellTokens(powerShell).isBalanced)
    #expect(powerShell.contains("@{ Hours = 1; From = \(Self.start); To = \(Self.start + 100); Text = '"))
    #expect(powerShell.contains("@{ Hours = 2; From = \(Self.start + 5); To = 9999999999; Text = '"))
    #expect(powerShell.contains("Hours = 1; Length = 10\n"))
    #expect(
      powerShell.contains("1 = 'planned for Fri 2026-11-27 22:00:00–22:01:32 (Europe/Paris, UTC+01:00)'"))
    let playbook = try Runbook(Room.nights()).text(.ansible)
    let plays = try #require(try Yams.load(yaml: playbook) as? [[String: Any]])
    let variables = try #require(plays.first?["vars"] as? [String: Any])
    let openings = try #require(variables["openings"] as? [[String: Any]])
    #expect(openings.compactMap { $0["from"] as? Int } == [Self.start, Self.start + 86_400, Self.start + 5])
    #expect(variables["any_time"] as? Bool == false)
    #expect(playbook.components(separatedBy: "is it within its hours").count == 3)
    #expect(!(try Runbook(Room.input).text(.ansible)).contains("within its hours"))
  }

  @Test(
    "a plan in waves lets a wave begin only while its hours hold it with validation and rollback, and gates it"
  )
  func waves() throws {
    var input = Room.nights()
    // Wave 1 ends at 91.5 s: 120 s to see to it and 30 s to go back.
    input.plan.options.waves = WavePolicy(validationSeconds: 120, rollbackSeconds: 30)
    let text = Runbook(input).markdown()
    #expect(
      text.contains("**Commit gate.** a wave stands after 2 minutes, unless somebody objects until then."))
    #expect(
      text.contains("the window still holds 1 min 32 s, 2 min 00 s to see to the VMs, and 30.0 s to go back"))
    #expect(text.contains("(Fri 2026-11-27 22:03:32). The next wave starts after the gate"))
    let script = try Runbook(input).text(.sh)
    #expect(script.contains(" m0001 1 auto - - 1 242\n"))
    #expect(script.contains("gate=commit\nminutes=2\n"))
    #expect(try Runbook(input, gate: CommitGate()).text(.sh).contains("gate=none\n"))
    #expect(HTMLReport(input).html.contains("gate at 0:03:32"))
  }

  @Test("names of rules about hours stay names")
  func hostile() {
    let plain = Room.nights().renamed { "\($0)x" }
    let lines = Runbook(plain).markdown().count { $0 == "\n" }
    let tags = Markup.tags(of: HTMLReport(plain).html)
    for attack in HostileNames.all {
      let ids = Set(Room.input.plan.moves.map(\.id.rawValue))
      let input = Room.nights().renamed {
        ids.contains($0) || $0.hasPrefix("r") ? "\($0)x" : "\($0)\(attack)"
      }
      #expect(Runbook(input).markdown().count { $0 == "\n" } <= lines, "\(attack.debugDescription)")
      #expect(Markup.tags(of: HTMLReport(input).html) == tags, "\(attack.debugDescription)")
    }
  }
}
