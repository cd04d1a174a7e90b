import StowageModel

// What has to be bought before the plan begins.
extension HTMLReport {
  var orderSection: ReportPage.OrderSection? {
    guard let order = OrderFigures(input) else { return nil }
    return ReportPage.OrderSection(
      orderNote: "Hosts that do not exist yet, counted as if they stood at their site.",
      orderRows: order.rows.map { row in
        ReportPage.OrderRow(
          orderType: VisibleText.name(row.type, limit: 60), orderSite: VisibleText.name(row.site, limit: 60),
          orderCount: Units.count(row.hosts.count), orderEquipment: row.equipment,
          orderPrice: row.price ?? "–", orderPrices: row.prices ?? "–", orderCost: row.cost,
          orderCosts: row.costs,
          orderNames: Summary.list(row.hosts.map { VisibleText.name($0.rawValue) }, limit: 24))
      },
      orderSums: (["together: \(order.sum)"] + order.remarks).map(\.sentenceCased))
  }
}

extension ReportPage {
  /// What has to be ordered.
  struct OrderSection {
    let orderNote: String
    let orderRows: [OrderRow]
    let orderSums: [String]
  }

  /// Hosts of one type for one site.
  struct OrderRow {
    let orderType, orderSite, orderCount, orderEquipment, orderPrice, orderPrices, orderCost,
      orderCosts: String
    let orderNames: String
  }
}

extension String {
  /// The text as a sentence: with a capital, and a full stop.
  fileprivate var sentenceCased: String { prefix(1).uppercased() + dropFirst() + "." }
}
