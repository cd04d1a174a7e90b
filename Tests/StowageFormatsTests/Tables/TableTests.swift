import StowageDiagnostics
import StowageFormats
import Testing

@Suite("Table")
struct TableTests {
  @Test("gives each cell its text, and each row its line")
  func parses() throws {
    var log = DiagnosticLog()
    let source = SourceText("id,name\n\na,\"x, \"\"y\"\"\nz\"\nb,w\n", file: "vms.csv")
    let table = try #require(Table.parse(source, log: &log))
    let name = try #require(table.column("NAME"))
    #expect(table.rows.map { table.text($0, name) } == ["x, \"y\"\nz", "w"])
    #expect(table.rows.map(\.line) == [3, 5])
    #expect(table.blankRowCount == 1)
    #expect(log.kept.isEmpty)
  }
}
