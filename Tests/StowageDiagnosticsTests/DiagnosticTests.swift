import StowageDiagnostics
import Testing

@Suite("Diagnostic")
struct DiagnosticTests {
  @Test("prints place, severity, summary, code, and the remedy on a line of its own")
  func prints() {
    let diagnostic = Diagnostic(
      .inventoryDuplicateHost, .error, at: SourcePlace(file: "hosts.csv", line: 14, column: 3),
      "host 'h7' is listed twice, first on line 9", remedy: "remove one of the two lines")
    #expect(
      diagnostic.description == """
        hosts.csv:14:3: error: host 'h7' is listed twice, first on line 9 [inventory.duplicate-host]
          try: remove one of the two lines
        """)
  }

  @Test("leaves out the parts of a place that are unknown")
  func printsPlaces() {
    #expect(SourcePlace(file: "a.csv").description == "a.csv")
    #expect(SourcePlace(file: "a.csv", line: 2).description == "a.csv:2")
    #expect(SourcePlace(file: "a.csv", line: 2, column: 5).description == "a.csv:2:5")
  }

  @Test(
    "quotes hostile text so that it cannot move the cursor or forge a line",
    arguments: [
      ("plain", "'plain'"), ("a'b", "'a\\'b'"), ("a\nerror: b", "'a\\nerror: b'"),
      ("\u{1b}[2J", "'\\u{1b}[2J'"), ("a\u{202e}b", "'a\\u{202e}b'"), ("back\\slash", "'back\\\\slash'"),
    ])
  func quotes(text: String, quoted: String) {
    #expect(Diagnostic.quoted(text) == quoted)
  }

  @Test("cuts long text and says so")
  func cuts() {
    #expect(Diagnostic.quoted("abcdef", limit: 3) == "'abc…'")
  }
}

@Suite("DiagnosticLog")
struct DiagnosticLogTests {
  @Test("keeps the first twenty of a code and counts the rest")
  func limits() {
    var log = DiagnosticLog()
    for line in 1...25 { log.report(.tableBadValue, .error, at: SourcePlace(file: "f", line: line), "bad") }
    #expect(log.kept.count == 20)
    #expect(log.counts[.tableBadValue] == 25)
    #expect(log.omitted.map(\.count) == [5])
    #expect(log.hasErrors)
  }

  @Test("merging adds counts, and a warning alone is no error")
  func merges() {
    var left = DiagnosticLog()
    var right = DiagnosticLog()
    for _ in 1...15 { left.report(.tableBadValue, .warning, "a") }
    for _ in 1...15 { right.report(.tableBadValue, .warning, "b") }
    left.merge(right)
    #expect(left.kept.count == 20)
    #expect(left.counts[.tableBadValue] == 30)
    #expect(!left.hasErrors)
  }
}

@Suite("DiagnosticCode")
struct DiagnosticCodeTests {
  @Test("codes are unique dotted lower-case words")
  func areDottedWords() {
    let codes = DiagnosticCode.all.map(\.rawValue)
    #expect(Set(codes).count == codes.count)
    for code in codes {
      #expect(code.split(separator: ".").count == 2, "\(code)")
      #expect(code.allSatisfy { $0.isLowercase || $0 == "." || $0 == "-" }, "\(code)")
    }
  }
}
