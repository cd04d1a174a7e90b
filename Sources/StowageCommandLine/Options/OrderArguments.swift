import ArgumentParser
import StowageKit

/// Hosts that could be ordered, counted as if they were there.
struct OrderArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Hosts that could be ordered: a table like hosts.csv, one row a type, with price or cost_per_month, and max_count.",
      valueName: "file"), completion: .file())
  var priceList: String?

  @Option(help: ArgumentHelp("The site that they would be ordered for.", valueName: "site"))
  var orderTo: String?

  @Option(help: ArgumentHelp("Months over which a price is spread.", valueName: "months"))
  var priceMonths = 36.0

  func validate() throws {
    if (priceList == nil) != (orderTo == nil) {
      throw ValidationError("--price-list and --order-to go together")
    }
    guard priceMonths >= 1, priceMonths <= 1200 else {
      throw ValidationError("--price-months must be 1 to 1200, not \(priceMonths)")
    }
  }

  /// The inventory with the hosts that could be ordered; `nil` when the list cannot be used.
  func added(to inventory: Inventory, into log: inout DiagnosticLog) -> Inventory? {
    guard let priceList, let orderTo else { return inventory }
    guard let list = PriceList.read(priceList, into: &log) else { return nil }
    let whole = list.added(to: inventory, site: orderTo, months: priceMonths, into: &log)
    return log.hasErrors ? nil : whole
  }
}
