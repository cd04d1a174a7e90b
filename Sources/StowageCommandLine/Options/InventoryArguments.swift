import ArgumentParser

/// The inventory to read, and how.
struct InventoryArguments: ParsableArguments {
  @Argument(help: "Folder, inventory.json, or export to read.", completion: .file())
  var inventory: String

  @OptionGroup var reading: ReadingOptions
}
