import StowageModel
import StowageReports
import Testing

@Suite("Summary")
struct SummaryTests {
  @Test("the summary of a room reads as recorded")
  func room() throws {
    try Golden.expect(Summary(Room.input).text, matches: "room-summary.txt")
  }
}
