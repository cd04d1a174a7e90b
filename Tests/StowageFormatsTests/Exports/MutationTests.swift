import StowageDiagnostics
import StowageTestSupport
import Testing

@testable import StowageFormats

/// Whatever happened to a file: an inventory or an error that says what to do, never a crash.
@Suite("Damaged exports")
struct MutationTests {
  static let files: [(name: String, text: String)] = [
    ("resources.json", ProxmoxReaderTests.resources),
    ("rules.cfg", ProxmoxReaderTests.files["rules.cfg"] ?? ""),
    ("101.conf", ProxmoxReaderTests.files["101.conf"] ?? ""), ("cluster.data", GanetiReaderTests.text),
    ("servers.json", OpenStackReaderTests.files["servers.json"] ?? ""),
    ("hypervisors.json", OpenStackReaderTests.files["hypervisors.json"] ?? ""),
    ("db.xml", LibvirtReaderTests.domain),
    ("nodeinfo.txt", LibvirtReaderTests.nodeinfo), ("vm.json", VMwareExportTests.machines),
    ("host.json", VMwareExportTests.host),
    (
      "azure.csv",
      "*Server name,*Cores,*Memory (In MB),*OS name,Disk 1 size (In GB)\ndb,8,65536,Windows,500\n"
    ),
    ("vms.txt", "uuid ( RO): 1\n name-label ( RW): a\n power-state ( RO): running\n VCPUs-number ( RO): 2\n"),
    ("utilisation.csv", "vm_id,timestamp,cpu_mhz\na,2026-11-02T00:00:00Z,5\na,2026-11-02T00:05:00Z,7\n"),
  ]

  @Test("are read or refused with words", arguments: files.indices)
  func damaged(_ index: Int) throws {
    let (name, text) = Self.files[index]
    var mutations = Mutations(seed: UInt64(index) + 1)
    for _ in 0..<25 {
      let (what, bytes) = mutations.next(Array(text.utf8))
      let folder = try TemporaryFolder()
      let path = try folder.write(name, bytes)
      withExtendedLifetime(folder) {
        let result = InventoryReader.read(path)
        #expect(result.inventory != nil || result.log.hasErrors, "\(name), \(what)")
        for diagnostic in result.log.kept where diagnostic.severity == .error {
          #expect(diagnostic.remedy != nil, "\(name), \(what): \(diagnostic)")
        }
        _ = UtilisationReader.read([path])
      }
    }
  }
}
