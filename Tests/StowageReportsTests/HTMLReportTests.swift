import Foundation
import StowageModel
import StowageReports
import Testing

@Suite("HTML report")
struct HTMLReportTests {
  private static let room = HTMLReport(Room.input).html

  @Test("the report of a room reads as recorded")
  func asRecorded() throws {
    try Golden.expect(Self.room, matches: "room-report.html")
  }

  @Test("a report of 5,000 moves stays below 3 MiB and shows aggregates")
  func large() throws {
    let html = HTMLReport(LargeFleet.input(hosts: 300, moves: 5000, seed: 7)).html
    #expect(html.utf8.count < 3 << 20, "\(html.utf8.count) bytes")
    #expect(html.contains("Moves under way, by technique"))
    #expect(html.contains("The 40 fullest hosts"))
    if let folder = ProcessInfo.processInfo.environment["STOWAGE_PAGES"] {
      try Data(html.utf8).write(to: URL(filePath: folder).appending(path: "large.html"))
    }
  }

  @Test("nothing is loaded from anywhere, and nothing runs")
  func selfContained() {
    for word in ["http:", "https:", "src=", "<script", "@import", "<link", "<iframe"] {
      #expect(!Self.room.contains(word), "\(word)")
    }
    let references = Self.room.components(separatedBy: "url(").dropFirst()
    #expect(!references.isEmpty)
    #expect(references.allSatisfy { $0.hasPrefix("#") })
    #expect(Self.room.contains("Content-Security-Policy"))
  }

  @Test("each picture has a title or is hidden from readers, and is well-formed")
  func pictures() {
    let pictures = Markup.pictures(of: Self.room)
    // Patterns, five samples of the legend, two bars for each of six hosts, the axis and two rows.
    #expect(pictures.count == 1 + 5 + 12 + 1 + 2)
    for picture in pictures {
      #expect(Markup.isWellFormed(picture), "\(picture.prefix(200))")
      #expect(
        picture.contains("aria-hidden") || picture.contains("role=\"img\"") && picture.contains("<title>"))
    }
  }

  @Test("headings go down one level at a time, and header cells say what they head")
  func accessible() {
    #expect(Self.room.contains("<html lang=\"en\">"))
    var level = 0
    for piece in Self.room.components(separatedBy: "<h").dropFirst() {
      guard let next = piece.first.flatMap({ $0.wholeNumberValue }) else { continue }
      #expect(next <= level + 1)
      level = next
    }
    #expect(level > 0)
    let headers = Self.room.components(separatedBy: "<th").dropFirst().filter { !$0.hasPrefix("ead") }
    #expect(headers.count > 30)
    #expect(headers.allSatisfy { $0.hasPrefix(" scope=") })
  }

  @Test("a plan that is not verified says so at the top")
  func notVerified() {
    var input = Room.input
    input.isVerified = false
    #expect(HTMLReport(input).html.contains("Not verified: do not execute this plan"))
    #expect(!Self.room.contains("Not verified"))
  }

  @Test("each goal has a headline and a plan without moves a reason", arguments: Goal.allCases)
  func goals(goal: Goal) {
    var input = Room.input
    input.plan.goal = goal
    let html = HTMLReport(input).html
    #expect(html.contains("<p class=\"lead\">"))
    input.plan.moves = []
    let empty = HTMLReport(input).html
    #expect(empty.contains("Nothing to move: "))
    #expect(!empty.contains("id=\"order\""))
  }

  @Test("figures that are missing are left out, not shown as zero")
  func missing() {
    var input = Room.input
    input.hostLoads = []
    input.inventory.hosts = input.inventory.hosts.map {
      var host = $0
      host.powerIdleWatts = nil
      host.costPerMonth = nil
      return host
    }
    let html = HTMLReport(input).html
    #expect(!html.contains("id=\"load\""))
    #expect(!html.contains("Idle power"))
    #expect(!html.contains("0 W"))
  }
}
