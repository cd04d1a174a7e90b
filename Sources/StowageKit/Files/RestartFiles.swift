import StowageFormats
public import StowageModel
public import StowageReports

/// The files of a plan that starts from a fleet which no file holds yet: the plan's own, and that fleet.
public enum RestartFiles {
  /// The plan's files, and `inventory.json` for `stowage verify`; all in a folder of that name, if one is given.
  public static func all(
    _ input: ReportInput, from inventory: Inventory, in folder: String? = nil
  ) -> [(name: String, bytes: [UInt8])] {
    let files = PlanFiles.all(input) + NativeFiles.files(inventory, for: "inventory.json").files
    let prefix = folder.map { "\($0)/" } ?? ""
    return files.map { (prefix + $0.name, $0.bytes) }
  }
}
