import StowageDiagnostics
import StowageModel
import StowageTestSupport
import Testing

@testable import StowageFormats

@Suite("The native form")
struct NativeRoundTripTests {
  @Test("loses nothing as one document, whatever the inventory", arguments: UInt64(0)..<40)
  func document(seed: UInt64) throws {
    let inventory = HostileInventories().inventory(seed: seed)
    let folder = try TemporaryFolder()
    let file = try folder.write("inventory.json", NativeWriter.document(inventory))
    let read = InventoryReader.read(file)
    #expect(read.inventory == inventory, "seed \(seed): \(read.log.kept)")
  }

  @Test("loses nothing as a folder, whatever the inventory", arguments: UInt64(0)..<40)
  func folder(seed: UInt64) throws {
    let inventory = HostileInventories().inventory(seed: seed)
    let folder = try TemporaryFolder()
    for file in NativeWriter.folder(inventory) { try folder.write(file.name, file.bytes) }
    let read = InventoryReader.read(folder.path)
    #expect(read.inventory == inventory, "seed \(seed): \(read.log.kept)")
  }

  @Test("has one digest in every form, and another when a fact changes", arguments: UInt64(0)..<10)
  func digest(seed: UInt64) throws {
    let inventory = HostileInventories().inventory(seed: seed)
    let digest = InventoryDigest.sha256(of: inventory)
    let folder = try TemporaryFolder()
    for file in NativeWriter.folder(inventory) { try folder.write(file.name, file.bytes) }
    let read = try #require(InventoryReader.read(folder.path).inventory)
    #expect(InventoryDigest.sha256(of: read) == digest, "seed \(seed)")
    var noted = inventory
    noted.notes = ["something"]
    noted.sourceKind = "rvtools"
    noted.vms.reverse()
    #expect(InventoryDigest.sha256(of: noted) == digest, "seed \(seed)")
    var changed = inventory
    changed.hosts[0].memoryMiB += 1
    #expect(InventoryDigest.sha256(of: changed) != digest, "seed \(seed)")
  }

  @Test("keeps where an inventory comes from, and its notes, in a document")
  func origin() throws {
    let inventory = Inventory(
      hosts: [Host(id: "h", cores: 1, memoryMiB: 1)], vms: [], sourceKind: "rvtools", notes: ["one", "two"])
    let folder = try TemporaryFolder()
    let file = try folder.write("i.json", NativeWriter.document(inventory))
    #expect(InventoryReader.read(file).inventory == inventory)
  }
}
