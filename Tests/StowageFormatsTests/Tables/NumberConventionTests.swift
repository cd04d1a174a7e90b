import StowageDiagnostics
import StowageFormats
import Testing

@Suite("NumberConvention")
struct NumberConventionTests {
  private func table(_ text: String) throws -> Table {
    var log = DiagnosticLog()
    return try #require(Table.parse(SourceText(text, file: "a.csv"), log: &log))
  }

  @Test(
    "is inferred from cells that can only be read one way",
    arguments: [
      ("a;b\n0,34375;1\n", DecimalSign.comma, false),
      ("a;b\n12.5;1\n", .dot, false),
      ("a;b\n1.234,5;1\n", .comma, true),
      ("a;b\n1,234.5;1\n", .dot, true),
      ("a;b\n1.234.567;1\n", .comma, true),
      ("a;b\n1,234,567;1\n", .dot, true),
      ("a;b\n12,5 %;1\n", .comma, false),
      ("a;b\n1'234.5;1\n", .dot, false),
      ("a;b\n1.234;2,5\n", .comma, false),
    ] as [(String, DecimalSign, Bool)])
  func isInferred(text: String, decimal: DecimalSign, groups: Bool) throws {
    let convention = NumberConvention(inferredFrom: [try table(text)])
    #expect(convention == NumberConvention(decimal: decimal, groupsThousands: groups))
  }

  @Test(
    "stays open when nothing decides, or when cells contradict each other",
    arguments: ["a;b\n1.234;5\n", "a;b\n1;2\n", "a;b\n;\n", "a;b\n2,5;1\n;3.5\n", "a;b\n1.234;1,234\n"])
  func staysOpen(text: String) throws {
    #expect(NumberConvention(inferredFrom: [try table(text)]).decimal == nil)
  }

  @Test(
    "does not listen to columns that hold other things: versions, addresses, names",
    arguments: [
      "a;b\n2,5;7.0.3\n", "a;b\n2,5;10.100.200.123\n", "a;b\n2,5;vm-1.5\n2,5;1.5\n", "a;b\n2,5;2026-05-04\n",
    ])
  func ignoresOtherColumns(text: String) throws {
    #expect(NumberConvention(inferredFrom: [try table(text)]).decimal == .comma)
  }

  @Test("of a native table is the dot where commas separate, and inferred elsewhere")
  func ofNativeTables() throws {
    #expect(NumberConvention(native: try table("a,b\n\"2,5\",1\n")) == .native)
    #expect(NumberConvention(native: try table("a;b\n2,5;1\n")).decimal == .comma)
    #expect(NumberConvention(native: try table("a\tb\n2.5\t1\n")).decimal == .dot)
  }

  @Test("can be inferred from the tables of one export together")
  func ofSeveralTables() throws {
    let tables = [try table("a;b\n1.234;5\n"), try table("a;b\n2,5;5\n")]
    #expect(NumberConvention(inferredFrom: tables).decimal == .comma)
  }
}
