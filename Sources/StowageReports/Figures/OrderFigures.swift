import StowageModel

/// What a plan orders, ready to be shown.
struct OrderFigures {
  /// Hosts of one type for one site.
  struct Row {
    let type: String
    let site: String
    let hosts: [Host.ID]
    /// What one has: `64 cores, 1,024 GiB`.
    let equipment: String
    let price: String?
    let prices: String?
    let cost: String
    let costs: String
  }

  let rows: [Row]
  /// What all cost: `57,600.00 EUR in all, 1,600.00 EUR a month`.
  let sum: String
  /// With the hosts that exist, and what is proved of the money, as sentences.
  let remarks: [String]

  /// `nil` where nothing is ordered.
  init?(_ input: ReportInput) {
    guard let order = input.plan.order, !order.items.isEmpty else { return nil }
    let hosts = Dictionary(uniqueKeysWithValues: input.inventory.hosts.map { ($0.id, $0) })
    func money(_ amount: Double) -> String { Self.money(amount, order.currency) }
    rows = order.items.map { item in
      let count = Double(item.hosts.count)
      return Row(
        type: item.type, site: item.site ?? "no site", hosts: item.hosts,
        equipment: item.hosts.first.flatMap { hosts[$0] }.map(Self.equipment) ?? "unknown",
        price: item.price.map(money), prices: item.price.map { money($0 * count) },
        cost: money(item.costPerMonth), costs: money(item.costPerMonth * count))
    }
    let whole = order.price.map { "\(money($0)) in all, " } ?? ""
    sum = "\(whole)\(money(order.costPerMonth)) a month"
    let all = order.costPerMonth + order.keptCostPerMonth
    let count = Units.count(order.items.reduce(0) { $0 + $1.hosts.count }, "host")
    let kept =
      order.keptCostPerMonth > 0
      ? [
        "the hosts on that exist already cost \(money(order.keptCostPerMonth)) a month: \(money(all)) a month with the \(count) to order"
      ] : []
    remarks = kept + [Self.proof(order.leastCostPerMonth, of: all, money)]
  }

  private static func equipment(_ host: Host) -> String {
    "\(Units.decimal(host.cores)) cores, \(Units.gibibytes(fromMiB: host.memoryMiB))"
  }

  private static func proof(_ least: Double?, of all: Double, _ money: (Double) -> String) -> String {
    guard let least else {
      return "could not tell whether another choice of hosts costs less: no bound is proved"
    }
    if least >= all * (1 - 1e-9) { return "proved: no choice of hosts costs less a month" }
    return
      "could not tell whether another choice of hosts costs less: none costs less than \(money(least)) a month, which is proved;"
      + " this one costs \(money(all - least)) more"
  }

  /// With two decimals, as a price list has them.
  private static func money(_ amount: Double, _ currency: String?) -> String {
    let digits = Units.decimal(amount, digits: 2)
    guard let currency, !currency.isEmpty else { return digits }
    return "\(digits) \(VisibleText.line(currency, limit: 12))"
  }
}

extension Summary {
  func addOrder(to page: inout TextPage) {
    guard let order = OrderFigures(input) else { return }
    let count = order.rows.reduce(0) { $0 + $1.hosts.count }
    page.section("To order (\(Units.count(count, "host")))")
    var table = TextTable([
      .init(isRightAligned: true), .init(isName: true), .init(), .init(), .init(isRightAligned: true),
      .init(isRightAligned: true),
    ])
    for row in order.rows {
      table.add([
        Units.count(row.hosts.count), VisibleText.name(row.type), "for \(VisibleText.name(row.site))",
        row.equipment,
        row.price.map { "\($0) each" } ?? "", "\(row.costs) a month",
      ])
    }
    page.add(table.lines(fitting: layout.width))
    page.paragraph("together: \(order.sum)", indent: 2, hanging: 2)
    for remark in order.remarks { page.paragraph(remark, indent: 2, hanging: 2) }
  }
}
