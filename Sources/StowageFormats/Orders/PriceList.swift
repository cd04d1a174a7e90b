public import StowageDiagnostics
public import StowageModel

/// A price list of hosts that could be ordered: a table of hosts, one row a type, with what one costs and how many there are.
///
/// Columns are those of `hosts.csv`, `id` being the name of the type, and `price` (money for one), or `cost_per_month`, and
/// `max_count`.
public struct PriceList: Sendable {
  /// A type of host.
  public struct Offer: Sendable {
    /// What a host of it is like; its id is the name of the type.
    public let host: Host
    /// Money for one; `nil` where only a cost a month is stated.
    public let price: Double?
    /// How many there are at most.
    public let most: Int
  }

  /// The hosts of a fleet that do not exist yet have this attribute: the name of their type.
  public static let attribute = "to_order"
  /// And this one: the price of one.
  public static let priceAttribute = "order_price"
  /// Hosts that a list may offer in all.
  private static let mostHosts = 5000

  /// In the order of the list.
  public let offers: [Offer]

  /// Reads a list; `nil` when it cannot be used, with the reasons in the log.
  public static func read(_ path: String, into log: inout DiagnosticLog) -> PriceList? {
    guard let source = SourceText.read(path, log: &log), let table = Table.parse(source, log: &log) else {
      return nil
    }
    var reader = NativeCSV(table, TableSchema<Host>.hosts)
    var found = DiagnosticLog()
    let rows = reader.read(into: &found)
    // Its own columns are none of a table of hosts.
    for diagnostic in found.kept where !isOwnColumn(diagnostic) { log.report(diagnostic) }
    guard !log.hasErrors else { return nil }
    let offers = rows.rows.enumerated().compactMap { offer($1, at: rows.place(at: $0), path, into: &log) }
    let count = offers.reduce(0) { $0 + $1.most }
    if offers.isEmpty || count > mostHosts {
      log.report(
        .planBadRequest, .error, at: SourcePlace(file: path),
        "a price list offers 1 to \(mostHosts) hosts, and this one \(count)",
        remedy: "change its column max_count")
    }
    return log.hasErrors ? nil : PriceList(offers: offers)
  }

  private static func isOwnColumn(_ diagnostic: Diagnostic) -> Bool {
    diagnostic.code == .tableUnknownColumn
      && ["'price'", "'max_count'"].contains { diagnostic.summary.contains($0) }
  }

  private static func offer(
    _ host: Host, at place: SourcePlace?, _ path: String, into log: inout DiagnosticLog
  ) -> Offer? {
    let name = Diagnostic.quoted(host.id.rawValue)
    func refuse(_ summary: String, _ remedy: String) {
      log.report(.planBadRequest, .error, at: place ?? SourcePlace(file: path), summary, remedy: remedy)
    }
    guard let most = host.attributes["max_count"].flatMap({ Int($0) }), (1...mostHosts).contains(most) else {
      refuse("\(name) has no 'max_count' from 1 to \(mostHosts)", "say how many there are of it")
      return nil
    }
    let price = host.attributes["price"].flatMap { Double($0) }
    if let stated = host.attributes["price"], !stated.isEmpty, !(price.map { $0 >= 0 && $0 <= 1e12 } ?? false)
    {
      refuse("the 'price' of \(name) is no number from 0 to 1000000000000", "write digits and a point only")
      return nil
    }
    guard price != nil || host.costPerMonth != nil else {
      refuse("\(name) has neither 'price' nor 'cost_per_month'", "say what one costs")
      return nil
    }
    return Offer(host: host, price: price, most: most)
  }

  /// An inventory with all hosts that could be ordered for a site, as if they were there. A price counts by the month, as a part
  /// of the months that it is spread over; hosts that state no cost are paid for.
  public func added(
    to inventory: Inventory, site: String, months: Double, into log: inout DiagnosticLog
  ) -> Inventory {
    var whole = inventory
    for index in whole.hosts.indices where whole.hosts[index].costPerMonth == nil {
      whole.hosts[index].costPerMonth = 0
    }
    let known = Set(inventory.hosts.map(\.id))
    for offer in offers {
      for number in 1...offer.most {
        var host = offer.host
        host.id = Host.ID("order-\(offer.host.id.rawValue)-\(number)")
        if known.contains(host.id) {
          log.report(
            .planBadRequest, .error, at: nil,
            "there is a host \(Diagnostic.quoted(host.id.rawValue)) already",
            remedy: "give the type another name in the price list")
          return inventory
        }
        host.name = nil
        host.site = site
        host.costPerMonth = host.costPerMonth ?? offer.price.map { $0 / months }
        host.attributes = [Self.attribute: offer.host.id.rawValue]
        if let price = offer.price { host.attributes[Self.priceAttribute] = "\(price)" }
        whole.hosts.append(host)
      }
    }
    whole.hosts.sort { $0.id < $1.id }
    return whole
  }
}
