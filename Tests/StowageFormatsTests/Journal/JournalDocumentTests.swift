import StowageDiagnostics
import StowageFormats
import StowageModel
import Testing

@Suite("Journals")
struct JournalDocumentTests {
  private static let steps: [Move.ID] = ["m0001", "m0002"]

  private static func read(_ text: String) -> (entries: [JournalEntry], codes: [String]) {
    let (entries, log) = JournalDocument.decode(Array(text.utf8), file: "night.log", steps: steps)
    return (entries, log.kept.map { "\($0.code.rawValue) \($0.place?.line ?? 0)" })
  }

  private static let expected = [
    JournalEntry(step: "m0001", outcome: .done, instant: "2026-11-27T01:02:03Z"),
    JournalEntry(step: "m0002", outcome: .underWay),
  ]

  @Test(
    "lines of JSON, a list, and a table say the same",
    arguments: [
      """
      {"step": "m0001", "outcome": "done", "instant": "2026-11-27T01:02:03Z"}

      {"step": "m0002", "outcome": "running"}
      """,
      """
      [{"step": "m0001", "outcome": "succeeded", "instant": "2026-11-27T01:02:03Z"},
       {"step": "m0002", "outcome": "under_way", "instant": null}]
      """,
      "step,outcome,instant\nm0001,done,2026-11-27T01:02:03Z\nm0002,under_way,\n",
      "Step;Outcome;Instant\nm0001;OK;2026-11-27T01:02:03Z\nm0002;started;\n",
    ])
  func forms(text: String) {
    let (entries, codes) = Self.read(text)
    #expect(entries == Self.expected)
    #expect(codes == [])
  }

  @Test("an empty journal has no entries")
  func empty() {
    #expect(Self.read("\n").entries == [])
    #expect(Self.read("").codes == [])
  }

  @Test("every wrong line is told, with its number")
  func wrong() {
    let (entries, codes) = Self.read(
      """
      {"step": "m0001", "outcome": "dnoe"}
      {"step": "m0009", "outcome": "done"}
      {"outcome": "done"}
      {"step": "m0002", "outcome": "done"}
      {"step":
      """)
    #expect(entries == [JournalEntry(step: "m0002", outcome: .done)])
    #expect(
      codes == [
        "journal.bad-value 1", "journal.unknown-step 2", "journal.bad-value 3", "file.truncated 5",
      ])
  }

  @Test("a table without the columns says which it has")
  func columns() {
    #expect(Self.read("a,b\n1,2\n").codes == ["journal.bad-value 1"])
  }
}
