import FoundationEssentials
import StowageModel
import Testing

@testable import StowageReports

/// The waves of a plan for calendars and for AWS, and what a report says of sites.
@Suite("Exports of waves")
struct ExportTests {
  /// Two VMs from site a to site b, one a wave, an hour apart, from Friday 22:00 in Paris on.
  static func input(_ change: (inout Plan, inout Inventory) -> Void = { _, _ in }) -> ReportInput {
    let hosts = ["a", "b"].map { site -> Host in
      var host = Host(id: Host.ID("host-\(site)"), cores: 8, memoryMiB: 65_536)
      host.site = site
      return host
    }
    var vms = ["web, \"1\"; x", "db"].map { VM(id: VM.ID($0), vCPUs: 2, memoryMiB: 4096, host: "host-a") }
    vms[0].operatingSystem = "Windows Server 2022"
    vms[1].operatingSystem = "Debian 12"
    vms[1].app = "shop"
    var inventory = Inventory(
      hosts: hosts, vms: vms, links: [Link(id: "wan", a: "a", b: "b", gbps: 1)])
    let moves = vms.enumerated().map { index, vm -> Move in
      let start = Double(index) * 3600
      return Move(
        id: Move.ID("m\(index)"), vm: vm.id, from: "host-a", to: "host-b", technique: .preCopy,
        wave: index + 1, startSeconds: start, endSeconds: start + 600, sourceReleasedSeconds: start + 600,
        targetReservedSeconds: start, rateMiBPerSecond: 50,
        links: ["host-a:out", "wan:ab", "host-b:in"], after: [], estimate: nil, reason: "", rejected: [])
    }
    var plan = Plan(
      generator: "stowage test", inventory: .init(sha256: "00ff", hosts: 2, vms: 2), goal: .colocate, seed: 1,
      options: PlanOptions(start: Instant(rfc3339: "2026-11-27T22:00:00+01:00"), sites: ["b"]),
      outcome: .feasible, objectives: [], placement: [:], poweredOffHosts: [], moves: moves,
      schedule: .init(makespanSeconds: 4200, lowerBoundSeconds: 0, binding: ""), unplaced: [],
      violationsAtStart: [], assumptions: [])
    change(&plan, &inventory)
    return ReportInput(inventory: inventory, plan: plan, isVerified: true)
  }

  @Test("a calendar has an event for each wave in UTC, folded, escaped, its lines ended by CRLF")
  func calendar() throws {
    let text = try Runbook(Self.input(), keptDays: 14).text(.ics)
    #expect(text.hasPrefix("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.hasSuffix("END:VCALENDAR\r\n"))
    #expect(text.contains("DTSTART:20261127T210000Z\r\nDTEND:20261127T211000Z\r\n"))
    #expect(text.contains("DTSTART:20261127T220000Z\r\n"))
    // Sources of the first wave go 14 days after it has ended.
    #expect(text.contains("DTSTART:20261211T211000Z\r\n"))
    let lines = text.components(separatedBy: "\r\n")
    #expect(lines.allSatisfy { $0.utf8.count <= 75 && !$0.contains("\n") })
    let unfolded = text.replacing("\r\n ", with: "")
    #expect(unfolded.contains("web\\, \"1\"\\; x"))
    let identifiers = lines.filter { $0.hasPrefix("UID:") }
    #expect(Set(identifiers).count == identifiers.count && identifiers.count == 4)
    #expect(try Runbook(Self.input(), keptDays: 14).text(.ics) == text)
  }

  @Test("a line is folded between characters, never within one")
  func folding() {
    let line = String(repeating: "é", count: 100)
    let folded = WaveCalendarFile.folded(line)
    #expect(folded.replacing("\r\n ", with: "") == line)
    #expect(folded.components(separatedBy: "\r\n").allSatisfy { $0.utf8.count <= 75 })
  }

  @Test("a plan without a start has no calendar")
  func noStart() {
    #expect(throws: RunbookFailure.noStart) {
      try Runbook(Self.input { plan, _ in plan.options.start = nil }).text(.ics)
    }
  }

  @Test("the table for AWS has a row for each VM, quoted")
  func service() throws {
    let lines = try Runbook(Self.input()).text(.mgn).split(separator: "\n")
    #expect(lines.count == 3 && lines[0].hasPrefix("mgn:account-id,mgn:region,mgn:wave:name,"))
    #expect(lines[1].contains("wave-1") && lines[1].contains("\"web, \"\"1\"\"; x\",WINDOWS"))
    #expect(lines[2].contains("wave-2") && lines[2].contains("shop") && lines[2].contains(",db,LINUX,"))
  }

  @Test("the runbook says what is kept at the sources, and until when")
  func kept() {
    let text = Runbook(Self.input(), keptDays: 14).markdown()
    #expect(text.contains("**Sources are kept for 14 days, until Fri 2026-12-11"))
    #expect(!Runbook(Self.input()).markdown().contains("Sources are kept"))
  }

  @Test("the report of a plan between sites says what is where after each wave, and what links carry")
  func sites() {
    let html = HTMLReport(Self.input()).html
    #expect(html.contains("<h2 id=\"sites\">Sites</h2>"))
    #expect(html.contains("2 VMs, 8.0 GiB memory") && html.contains("after wave 2"))
    #expect(html.contains("Use of wan:ab over time"))
    let within = Self.input { _, inventory in inventory.hosts[1].site = "a" }
    #expect(!HTMLReport(within).html.contains("id=\"sites\""))
  }
}
