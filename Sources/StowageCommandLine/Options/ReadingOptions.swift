public import ArgumentParser
public import StowageKit

/// How an inventory is read, wherever its path comes from.
struct ReadingOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("More folders or exports of the same fleet.", valueName: "path"), completion: .file())
  var also: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Samples of load over time, to size VMs by with --cpu mhz and --memory active.", valueName: "path"),
    completion: .file())
  var utilisation: [String] = []

  @Option(
    help: ArgumentHelp("Rules to use instead of the inventory's own.", valueName: "file"), completion: .file()
  )
  var rules: String?

  @Option(help: ArgumentHelp("Format of the inventory, if looking at it is not enough.", valueName: "format"))
  var from: InventoryFormat?

  @OptionGroup var orders: OrderArguments

  /// Whether any of them is given.
  var areGiven: Bool {
    orders.priceList != nil || !also.isEmpty || !utilisation.isEmpty || rules != nil || from != nil
  }
}

extension InventoryFormat: ExpressibleByArgument {}
