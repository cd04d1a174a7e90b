import StowageDiagnostics
import StowageModel

@testable import StowageFormats

/// Reads files of an export that a test states.
func readExport(_ files: [String: String], from format: InventoryFormat? = nil) throws -> ReadResult {
  let folder = try TemporaryFolder()
  for (name, text) in files { try folder.writeDeep(name, text) }
  return withExtendedLifetime(folder) { InventoryReader.read(folder.path, from: format) }
}

extension Inventory {
  /// The VM with this id.
  func vm(_ id: VM.ID) -> VM? { vms.first { $0.id == id } }
  /// The host with this id.
  func host(_ id: Host.ID) -> Host? { hosts.first { $0.id == id } }
  /// The rule with this id.
  func rule(_ id: Rule.ID) -> Rule? { rules.first { $0.id == id } }
}
