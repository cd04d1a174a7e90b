import StowageDiagnostics
import StowageModel

// What a plan says of hosts to order.
extension HostOrder {
  func write(to writer: inout JSONWriter) {
    writer.object("order") { writer in
      writer.objects("types", items) { writer, item in
        writer.member("type", item.type)
        writer.member("site", item.site)
        writer.member("count", item.hosts.count)
        writer.member("price", item.price)
        writer.member("cost_per_month", item.costPerMonth)
        writer.member("hosts", item.hosts.map(\.rawValue))
      }
      if let currency { writer.member("currency", currency) }
      writer.member("price", price)
      writer.member("cost_per_month", costPerMonth)
      writer.member("kept_cost_per_month", keptCostPerMonth)
      writer.member("lower_bound_per_month", leastCostPerMonth)
    }
  }

  static func read(_ plan: PlanFields, into log: inout DiagnosticLog) -> HostOrder? {
    guard let fields = plan.object("order", into: &log) else { return nil }
    return HostOrder(
      items: fields.list("types", into: &log).compactMap { item($0, into: &log) },
      currency: fields.text("currency", into: &log), price: fields.number("price", into: &log),
      costPerMonth: fields.requiredNumber("cost_per_month", into: &log) ?? 0,
      keptCostPerMonth: fields.number("kept_cost_per_month", into: &log) ?? 0,
      leastCostPerMonth: fields.number("lower_bound_per_month", into: &log))
  }

  private static func item(_ node: DocumentNode, into log: inout DiagnosticLog) -> Item? {
    let fields = PlanFields(node, "a type of 'order'", into: &log)
    let type = fields.requiredText("type", into: &log)
    let cost = fields.requiredNumber("cost_per_month", into: &log)
    let hosts = fields.words("hosts", into: &log).map { Host.ID($0) }
    if let count = fields.count("count", into: &log), count != hosts.count {
      log.report(
        .planBadValue, .error, at: node.place,
        "a type of 'order' counts \(count) hosts and lists \(hosts.count)", remedy: "list each of them once")
    }
    guard let type, let cost else { return nil }
    return Item(
      type: type, site: fields.text("site", into: &log), hosts: hosts,
      price: fields.number("price", into: &log), costPerMonth: cost)
  }
}
