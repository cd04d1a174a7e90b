import StowageDiagnostics
import StowageFormats
import Testing

@Suite("Header check")
struct TableHeaderTests {
  private func check(
    _ text: String, unknown: TableReader.UnknownColumns = .keep
  ) throws -> DiagnosticLog {
    var log = DiagnosticLog()
    let table = try #require(Table.parse(SourceText(text, file: "vms.csv"), log: &log))
    let reader = TableReader(table, numbers: .native)
    reader.checkHeader(required: ["id", "memory_mib"], optional: ["vcpus"], unknown: unknown, log: &log)
    return log
  }

  @Test("finds nothing to say about known columns in any order and case")
  func accepts() throws {
    #expect(try check("Memory_MiB,ID\n1,a\n").kept.isEmpty)
  }

  @Test("reports a missing column, and the one that was probably meant")
  func reportsMissing() throws {
    let log = try check("id,memory_mb\na,1\n", unknown: .ignore)
    #expect(log.brief == ["error table.missing-column 1"])
    #expect(log.kept.first?.remedy == "rename the column 'memory_mb'")
  }

  @Test("names all unknown columns in one notice")
  func namesUnknown() throws {
    let log = try check("id,memory_mib,vcpus,colour,Patch group\na,1,2,red,x\n")
    #expect(log.brief == ["notice table.unknown-column 1"])
    #expect(log.kept.first?.summary.hasSuffix("'colour', 'Patch group'") == true)
  }

  @Test("warns of an unknown column that looks like a known one misspelt")
  func warnsOfSlips() throws {
    #expect(try check("id,memory_mib,vcpu\na,1,2\n").brief == ["warning table.unknown-column 1:15"])
  }

  @Test("reports a known column that is there twice: as an error in our own form, else as a warning")
  func reportsRepeated() throws {
    #expect(try check("id,memory_mib,ID\na,1,b\n").brief == ["error table.duplicate-column 1:15"])
    #expect(
      try check("id,memory_mib,ID\na,1,b\n", unknown: .ignore).brief == [
        "warning table.duplicate-column 1:15"
      ])
  }

  @Test("warns of a column without a name that holds something")
  func warnsOfNameless() throws {
    #expect(try check("id,,memory_mib\na,,1\nb,x,2\n").brief == ["warning table.unknown-column 3:3"])
    #expect(try check("id,,memory_mib\na,,1\n").kept.isEmpty)
  }

  @Test("reports a table without rows")
  func requiresRows() throws {
    var log = DiagnosticLog()
    let table = try #require(Table.parse(SourceText("id\n\n", file: "vms.csv"), log: &log))
    #expect(!TableReader(table, numbers: .native).requireRows(log: &log))
    #expect(log.brief == ["error table.empty 1"])
  }
}
