import Testing

@testable import StowageDiagnostics

@Suite("Suggestion")
struct SuggestionTests {
  private static let columns = ["id", "memory_mib", "memory_reserved_mib", "vcpus", "cpu_mhz"]

  @Test(
    "finds the name that was meant",
    arguments: [
      ("memory_mb", "memory_mib"), ("Memory MiB", "memory_mib"), ("memroy_mib", "memory_mib"),
      ("vcpu", "vcpus"), ("cpu-mhz", "cpu_mhz"), ("VCPUS", "vcpus"),
    ])
  func finds(written: String, meant: String) {
    #expect(Suggestion.nearest(to: written, among: Self.columns) == meant)
  }

  @Test(
    "finds nothing when nothing is near",
    arguments: ["", "annotation", "x", String(repeating: "vcpus", count: 99)])
  func findsNothing(written: String) {
    #expect(Suggestion.nearest(to: written, among: Self.columns) == nil)
  }

  @Test("of names equally near takes the first in alphabetical order")
  func breaksTies() {
    #expect(Suggestion.nearest(to: "hoste", among: ["hosts", "hosta"]) == "hosta")
  }

  @Test(
    "counts insertions, omissions, replacements and swaps of neighbours as one edit each",
    arguments: [
      ("", "abc", 3), ("abc", "abc", 0), ("abc", "abxc", 1), ("abc", "ac", 1), ("abc", "axc", 1),
      ("abcd", "acbd", 1),
    ])
  func counts(left: String, right: String, edits: Int) {
    #expect(Suggestion.distance(Array(left.unicodeScalars), Array(right.unicodeScalars)) == edits)
  }
}
