import StowageModel

/// The hosts of a plan that do not exist yet and hold somebody at its end: what to order.
enum OrderList {
  /// `nil` where there is nothing to order; `objectives` say what is proved of the money.
  static func order(
    _ inventory: Inventory, placement: [VM.ID: Host.ID], objectives: [Objective]
  ) -> HostOrder? {
    let used = Set(placement.values)
    let on = inventory.hosts.filter { used.contains($0.id) }
    let ordered = on.filter { $0.orderType != nil }
    guard !ordered.isEmpty else { return nil }
    let items = Dictionary(grouping: ordered) { [$0.site ?? "", $0.orderType ?? ""] }
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { _, hosts in
        HostOrder.Item(
          type: hosts[0].orderType ?? "", site: hosts[0].site, hosts: hosts.map(\.id),
          price: hosts[0].orderPrice, costPerMonth: hosts[0].costPerMonth ?? 0)
      }
    let prices = items.compactMap { item in item.price.map { $0 * Double(item.hosts.count) } }
    return HostOrder(
      items: items, currency: ordered.compactMap(\.orderCurrency).first,
      price: prices.count == items.count ? prices.reduce(0, +) : nil,
      costPerMonth: ordered.reduce(0) { $0 + ($1.costPerMonth ?? 0) },
      keptCostPerMonth: on.reduce(0) { $0 + ($1.orderType == nil ? $1.costPerMonth ?? 0 : 0) },
      leastCostPerMonth: objectives.first { $0.name == .costPerMonth }?.lowerBound)
  }
}
