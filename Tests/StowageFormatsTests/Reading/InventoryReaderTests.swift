import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

@Suite("Finding out what an inventory is")
struct InventoryReaderTests {
  @Test("reads a native folder, a folder with a document, and the document itself")
  func native() throws {
    let document = """
      {"schema": "stowage.inventory/v1", "hosts": [{"id": "h1", "cores": 4, "memory_mib": 64}], "vms": []}
      """
    let folder = try TemporaryFolder(BadInput.good)
    #expect(InventoryReader.read(folder.path).inventory?.vms.count == 2)
    let single = try TemporaryFolder(["inventory.json": document])
    #expect(InventoryReader.read(single.path).inventory?.hosts.count == 1)
    #expect(InventoryReader.read(single.path + "/inventory.json", from: .native).inventory?.hosts.count == 1)
  }

  @Test("says what was looked for and what was found")
  func unknownFolder() throws {
    let folder = try TemporaryFolder(["host.csv": "", "readme.txt": ""])
    let log = InventoryReader.read(folder.path).log
    #expect(log.kept.map(\.code) == [.fileUnknownFormat])
    let summary = log.kept.first?.summary ?? ""
    #expect(
      summary.contains("hosts.csv") && summary.contains("RVTools_tabvInfo.csv")
        && summary.contains("'readme.txt'"))
    #expect(log.kept.first?.remedy?.contains("'hosts.csv'") == true)
  }

  @Test(
    "says why a file is no inventory",
    arguments: [
      ("empty", "", "is empty"), ("hosts.csv", "id,cores\n", "one CSV file alone"),
      ("notes.txt", "hello", "like nothing"),
    ])
  func unknownFile(_ name: String, _ text: String, _ words: String) throws {
    let folder = try TemporaryFolder([name: text])
    let log = InventoryReader.read("\(folder.path)/\(name)").log
    #expect(log.kept.map(\.code) == [.fileUnknownFormat])
    #expect(log.kept.first?.summary.contains(words) == true)
    #expect(log.kept.first?.remedy != nil)
  }

  @Test("says that a path leads nowhere")
  func missing() {
    let log = InventoryReader.read("/nowhere/at/all").log
    #expect(log.kept.map(\.code) == [.fileUnreadable])
  }

  @Test("looks only for what --from asks for")
  func from() throws {
    let folder = try TemporaryFolder(BadInput.good)
    let log = InventoryReader.read(folder.path, from: .rvtools).log
    #expect(log.kept.map(\.code) == [.fileUnknownFormat])
    #expect(log.kept.first?.summary.contains("hosts.csv and vms.csv") == false)
  }

  @Test(
    "wants the schema of an inventory",
    arguments: [("{}", "no 'schema'"), ("{\"schema\": \"stowage.plan/v1\"}", "'stowage.plan/v1'")])
  func schema(_ text: String, _ words: String) throws {
    let folder = try TemporaryFolder(["inventory.json": text])
    let log = InventoryReader.read(folder.path).log
    #expect(log.kept.map(\.code) == [.fileUnknownFormat])
    #expect(log.kept.first?.summary.contains(words) == true)
  }

  @Test("takes rules from another file instead of the folder's own")
  func otherRules() throws {
    var files = BadInput.good
    files["rules.yaml"] = "schema: stowage.rules/v1\nrules: [{id: own, kind: stay, vms: [a]}]"
    let folder = try TemporaryFolder(files)
    let other = try folder.write(
      "other.yaml", Array("schema: stowage.rules/v1\nrules: [{id: other, kind: stay, vms: [b]}]".utf8))
    #expect(InventoryReader.read(folder.path).inventory?.rules.map(\.id) == ["own"])
    let result = InventoryReader.read(folder.path, rules: other)
    #expect(result.inventory?.rules.map(\.id) == ["other"])
    #expect(result.rulePlaces["other"] == SourcePlace(file: other, line: 2, column: 9))
  }

  @Test("refuses a workbook that is cut off, and a text that is")
  func truncated() throws {
    let folder = try TemporaryFolder()
    let workbook = try folder.write("export.xlsx", [0x50, 0x4B, 0x03, 0x04, 0x14, 0, 0, 0])
    let log = InventoryReader.read(workbook).log
    #expect(log.hasErrors)
    #expect(log.kept.first?.remedy != nil)
    var utf16: [UInt8] = [0xFF, 0xFE]
    for unit in "id,cores,memory_mib\nh1,4,6".utf16 { utf16 += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    try folder.write("hosts.csv", utf16 + [0x34])
    try folder.write("vms.csv", Array("id,vcpus,memory_mib\n".utf8))
    let half = InventoryReader.read(folder.path).log
    #expect(half.kept.contains { $0.code == .fileTruncated && $0.place?.line == 2 && $0.remedy != nil })
  }

  @Test("survives a line of a hundred megabytes")
  func longLine() throws {
    let folder = try TemporaryFolder(BadInput.good)
    let head = Array("id,cores,memory_mib\nh1,4,64\n".utf8)
    try folder.write("hosts.csv", head + [UInt8](repeating: 0x78, count: 100_000_000))
    let log = InventoryReader.read(folder.path).log
    #expect(
      log.kept.contains { $0.code == .fileTooLarge && $0.place?.line == 3 && $0.remedy != nil }, "\(log.kept)"
    )
  }

  @Test("counts problems beyond the first twenty of a kind")
  func manyProblems() throws {
    let rows = (1...100_000).map { "v\($0),nowhere,1,1" }.joined(separator: "\n")
    var files = BadInput.good
    files["vms.csv"] = "id,host,vcpus,memory_mib\nplaced,h1,1,1\n\(rows)\n"
    let folder = try TemporaryFolder(files)
    let result = withExtendedLifetime(folder) { InventoryReader.read(folder.path) }
    #expect(result.log.counts[.inventoryUnknownHost] == 100_000)
    #expect(result.log.kept.count == 20)
    #expect(result.counts.unplaced == 100_000)
    #expect(result.inventory != nil)
  }
}
