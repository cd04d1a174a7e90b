import ArgumentParser

/// The inventory that a plan was made for, where the plan alone would do.
struct PlannedInventory: ParsableArguments {
  @Option(help: ArgumentHelp("The inventory that the plan is for.", valueName: "path"), completion: .file())
  var inventory: String?

  @OptionGroup var reading: ReadingOptions

  func validate() throws {
    if inventory == nil, reading.areGiven {
      throw ValidationError("--also, --utilisation, --rules and --from say how --inventory is read: give it")
    }
  }
}
