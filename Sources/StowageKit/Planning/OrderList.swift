import StowageFormats
import StowageModel
import StowageReports

/// The hosts of a plan that do not exist yet: what to order.
struct OrderList {
  /// One type.
  struct Line {
    let type: String
    let site: String
    let hosts: [Host]
  }

  let lines: [Line]

  /// The hosts to order that hold somebody at the end of a plan.
  init(_ inventory: Inventory, placement: [VM.ID: Host.ID]) {
    let used = Set(placement.values)
    let ordered = inventory.hosts.filter { used.contains($0.id) && $0.attributes[PriceList.attribute] != nil }
    lines = Dictionary(grouping: ordered) { $0.attributes[PriceList.attribute] ?? "" }.sorted {
      $0.key < $1.key
    }
    .map { Line(type: $0.key, site: $0.value[0].site ?? "", hosts: $0.value) }
  }

  /// One sentence a type, and one for the money; nothing where there is nothing to order.
  var sentences: [String] {
    guard !lines.isEmpty else { return [] }
    let each = lines.map { line in
      let host = line.hosts[0]
      return
        "to order for \(VisibleText.name(line.site)): \(Units.count(line.hosts.count, "host")) \(VisibleText.name(line.type)) "
        + "(\(Units.decimal(host.cores)) cores, \(Units.gibibytes(fromMiB: host.memoryMiB))\(price(of: line))): "
        + Self.names(line.hosts)
    }
    let months = lines.joined.reduce(0) { $0 + ($1.costPerMonth ?? 0) }
    let prices = lines.joined.compactMap { $0.attributes[PriceList.priceAttribute].flatMap { Double($0) } }
    let whole =
      prices.count == lines.joined.count ? "\(Units.decimal(prices.reduce(0, +), digits: 2)) in all, " : ""
    return each + ["the hosts to order cost \(whole)\(Units.decimal(months, digits: 2)) a month"]
  }

  private static func names(_ hosts: [Host]) -> String {
    let shown = hosts.prefix(12).map { VisibleText.name($0.id.rawValue) }.joined(separator: ", ")
    return hosts.count > 12 ? "\(shown) and \(Units.count(hosts.count - 12)) more" : shown
  }

  private func price(of line: Line) -> String {
    let price = line.hosts[0].attributes[PriceList.priceAttribute].flatMap { Double($0) }
    return price.map { ", \(Units.decimal($0, digits: 2)) each" } ?? ""
  }
}

extension [OrderList.Line] {
  fileprivate var joined: [Host] { flatMap(\.hosts) }
}
