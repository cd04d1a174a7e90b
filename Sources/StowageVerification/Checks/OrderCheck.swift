import StowageModel

/// Whether the order lists just the hosts that do not exist and hold VMs at the end, with the money that the inventory states.
struct OrderCheck {
  let end: RestState

  private var roster: Roster { end.roster }

  func run(_ plan: Plan) -> [Finding] {
    let on = roster.hosts.indices.filter { !end.residents[$0].isEmpty }
    let wanted = on.filter { roster.hosts[$0].orderType != nil }
    guard let order = plan.order else { return wanted.isEmpty ? [] : [finding(.missing(wanted.count))] }
    return (hosts(order, wanted) + items(order) + money(order, on, plan)).map(finding)
  }

  private func finding(_ fault: OrderFault) -> Finding { Finding(.plan, .claim(.order(fault))) }

  /// Each host once, and no other.
  private func hosts(_ order: HostOrder, _ wanted: [Int]) -> [OrderFault] {
    var open = Set(wanted)
    var faults: [OrderFault] = []
    for id in order.items.flatMap(\.hosts) {
      guard let host = roster.hostIndex[id], open.remove(host) != nil else {
        faults.append(.needless(id))
        continue
      }
    }
    return faults + open.sorted().map { .forgotten(roster.hosts[$0].id) }
  }

  /// What a line says of its hosts is so of each of them.
  private func items(_ order: HostOrder) -> [OrderFault] {
    order.items.flatMap { item in
      item.hosts.compactMap { id -> OrderFault? in
        guard let host = roster.hostIndex[id].map({ roster.hosts[$0] }) else { return nil }
        let isSame =
          host.orderType == item.type && host.site == item.site && isClose(host.orderPrice, item.price)
          && isClose(host.costPerMonth ?? 0, item.costPerMonth)
        return isSame ? nil : .line(id)
      }
    }
  }

  private func money(_ order: HostOrder, _ on: [Int], _ plan: Plan) -> [OrderFault] {
    var (ordered, kept, price) = (0.0, 0.0, 0.0 as Double?)
    var currencies: Set<String> = []
    for host in on.map({ roster.hosts[$0] }) {
      guard host.orderType != nil else {
        kept += host.costPerMonth ?? 0
        continue
      }
      ordered += host.costPerMonth ?? 0
      price = price.flatMap { sum in host.orderPrice.map { sum + $0 } }
      if let currency = host.orderCurrency { currencies.insert(currency) }
    }
    let bound = plan.objectives.first { $0.name == .costPerMonth }?.lowerBound
    let figures: [(String, Double?, Double?)] = [
      ("the price of all", order.price, price), ("the cost a month", order.costPerMonth, ordered),
      ("the cost a month of hosts that exist", order.keptCostPerMonth, kept),
      ("the least cost a month", order.leastCostPerMonth, bound),
    ]
    let wrong = figures.filter { !isClose($0.1, $0.2) }.map {
      OrderFault.money($0.0, stated: $0.1, actual: $0.2)
    }
    return currencies == Set(order.currency.map { [$0] } ?? []) ? wrong : wrong + [.currency]
  }

  private func isClose(_ stated: Double?, _ actual: Double?) -> Bool {
    guard let stated, let actual else { return stated == nil && actual == nil }
    return (stated - actual).magnitude <= max(1e-6, actual.magnitude * 1e-9)
  }
}
