import Foundation
import StowageDiagnostics
import StowageModel
import Testing

@testable import StowageFormats

/// Exports of one vCenter with six hosts and 24 VMs, of which one is a template. Skipped where the
/// samples are not beside the package.
@Suite("RVTools exports beside the package")
struct RVToolsSampleTests {
  static let all = "rvtools/rvtools-4.7-csv"
  static let semicolon = "rvtools/rvtools-4.7-csv-semicolon-utf8bom"
  static let utf16 = "rvtools/rvtools-4.7-csv-utf16le"

  @Test(
    "of all tabs gives hosts, VMs and everything in the way of a move",
    .enabled(if: RVToolsSamples.path(all) != nil))
  func allTabs() throws {
    let path = try #require(RVToolsSamples.path(Self.all))
    let result = InventoryReader.read(path)
    let inventory = try #require(result.inventory)
    #expect(result.counts == counts)
    #expect(inventory.hosts.count == 6)
    #expect(inventory.vms.count == 23)
    let host = inventory.hosts[0]
    #expect(host.id == "esx01.example.org")
    #expect(host.cores == 48 && host.memoryMiB == 1_048_064 && host.cpuMHz == 2400)
    #expect(host.networkGbps == 50)
    #expect(host.rack == "rack-A" && host.cpuCompatibilityLevel == "intel-icelake")
    #expect(host.datastores == ["san-prod-01"])
    #expect(inventory.hosts.filter(\.isInMaintenance).map(\.id) == ["esx04.example.org"])
    let blocked = inventory.vms.filter { !$0.blockers.isEmpty }
    #expect(blocked.map(\.id) == ["erp-app01", "gpu01", "mail01", "oracle01", "shop-db01"])
    #expect(blocked.map(\.blockers) == [[.iso], [.passthrough], [.usb], [.rdm, .sharedDisk], [.snapshot]])
    #expect(inventory.vms.allSatisfy { $0.hasLocalDisk == false })
    #expect(inventory.vms.allSatisfy { $0.cpuMHzP95 == nil && $0.cpuMHzMax == nil })
    #expect(inventory.rules.map(\.id) == ["keep-shop", "sep-shop-web"])
    #expect(inventory.datastores.map(\.hosts.count) == [6])
  }

  @Test(
    "gives the same inventory in every delimiter and encoding",
    .enabled(if: RVToolsSamples.path(semicolon) != nil && RVToolsSamples.path(utf16) != nil))
  func encodings() throws {
    let semicolon = try #require(RVToolsSamples.path(Self.semicolon))
    let utf16 = try #require(RVToolsSamples.path(Self.utf16))
    let commas = try folderOfSharedTabs()
    let documents = try [semicolon, utf16, commas.path].map { path in
      NativeWriter.document(try #require(InventoryReader.read(path).inventory))
    }
    #expect(documents[0] == documents[1])
    #expect(documents[0] == documents[2])
  }

  /// The four tabs that all three samples have, from the one that has more: what another tab knows
  /// (a USB device, say) cannot be the same in an export without it.
  private func folderOfSharedTabs() throws -> TemporaryFolder {
    let path = try #require(RVToolsSamples.path(Self.all))
    let folder = try TemporaryFolder()
    for tab in ["vInfo", "vCPU", "vMemory", "vHost"] {
      let name = "RVTools_tab\(tab).csv"
      try folder.write(name, Array(Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))))
    }
    return folder
  }

  @Test(
    "with hosts renamed in one tab only says which rows are missing",
    .enabled(if: RVToolsSamples.path("rvtools/example1.xlsx") != nil))
  func anonymised() throws {
    let path = try #require(RVToolsSamples.path("rvtools/example1.xlsx"))
    let result = InventoryReader.read(path)
    #expect(result.inventory == nil)
    #expect(result.counts.vms == 9 && result.counts.hosts == 7 && result.counts.unplaced == 9)
    let error = try #require(result.log.kept.first { $0.severity == .error })
    #expect(error.code == .inventoryUnknownHost)
    #expect(error.summary.contains("'10.5.126.198' (6 VMs)"))
    #expect(error.remedy != nil)
  }

  private var counts: ReadCounts {
    var counts = ReadCounts()
    counts.hosts = 6
    counts.vms = 24
    counts.templates = 1
    return counts
  }
}
