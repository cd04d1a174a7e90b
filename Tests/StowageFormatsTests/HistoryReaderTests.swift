import Foundation
import StowageDiagnostics
import StowageFormats
import StowageModel
import Testing

@Suite("History of use")
struct HistoryReaderTests {
  private static func read(_ text: String) throws -> (history: UtilisationHistory?, codes: [String]) {
    let file = FileManager.default.temporaryDirectory.appending(path: "stowage-\(UUID().uuidString).csv")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let (history, log) = HistoryReader.read(file.path)
    return (history, log.kept.filter { $0.severity == .error }.map(\.code.rawValue))
  }

  @Test("samples of an hour are averaged, hours are sorted, unknown is not zero")
  func hours() throws {
    let history = try #require(
      try Self.read(
        """
        vm_id,timestamp,cpu_mhz,memory_active_mib
        b,2026-11-09T01:30:00+01:00,300,
        a,1970-01-01T00:10:00Z,100,1000
        a,1970-01-01 00:50:00.5,200,3000

        """
      ).history)
    #expect(history.vms == ["a", "b"])
    #expect(history.samples == 3)
    #expect(history.hours.map(\.hour) == [0, 20_766 * 24])
    #expect(history.hours[0].cpuMHz == 150)
    #expect(history.hours[0].memoryActiveMiB == 2000)
    #expect(history.hours[1].memoryActiveMiB == nil)
  }

  @Test(
    "what is no instant is told with its place",
    arguments: ["2026-13-01T00:00:00Z", "yesterday"])
  func badInstants(instant: String) throws {
    let (history, codes) = try Self.read("vm_id,timestamp,cpu_mhz\na,\(instant),1\n")
    #expect(history == nil)
    #expect(codes == ["table.bad-value"])
  }

  @Test(
    "columns that must be there are asked for",
    arguments: [
      "timestamp,cpu_mhz\n1,2\n", "vm_id,cpu_mhz\na,2\n", "vm_id,timestamp\na,2026-11-09T10:00:00Z\n",
    ])
  func columns(text: String) throws {
    #expect(try Self.read(text).codes == ["table.missing-column"])
  }

  @Test("days have the dates and weekdays of the calendar")
  func calendar() {
    #expect(CalendarDay(daysSince1970: 0).text == "1970-01-01")
    #expect(CalendarDay(daysSince1970: 0).weekday == 3)
    #expect(CalendarDay(daysSince1970: 20_766).text == "2026-11-09")
    #expect(CalendarDay(daysSince1970: 20_766).weekday == 0)
    #expect(CalendarDay(daysSince1970: -1).text == "1969-12-31")
    #expect(CalendarDay(daysSince1970: 11_016).text == "2000-02-29")
  }
}
