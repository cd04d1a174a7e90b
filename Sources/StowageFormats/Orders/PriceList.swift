public import StowageDiagnostics
public import StowageModel

/// A price list of hosts that could be ordered: a table of hosts, one row a type, with what one costs and how many there are.
///
/// Columns are those of `hosts.csv`, `id` being the name of the type, and `price` (money for one), or `cost_per_month`,
/// `currency` and `max_count`.
public struct PriceList: Sendable {
  /// A type of host.
  public struct Offer: Sendable {
    /// What a host of it is like; its id is the name of the type.
    public let host: Host
    /// How many there are at most.
    public let most: Int

    /// Money for one; `nil` where only a cost a month is stated.
    public var price: Double? { host.orderPrice }
  }

  /// Hosts that a list may offer in all.
  private static let mostHosts = 5000

  /// In the order of the list.
  public let offers: [Offer]

  /// Reads a list; `nil` when it cannot be used, with the reasons in the log.
  public static func read(_ path: String, into log: inout DiagnosticLog) -> PriceList? {
    guard let source = SourceText.read(path, log: &log), let table = Table.parse(source, log: &log) else {
      return nil
    }
    var reader = NativeCSV(table, TableSchema<OfferRow>.offers)
    let rows = reader.read(into: &log)
    guard !log.hasErrors else { return nil }
    let offers = rows.rows.enumerated().compactMap { offer($1, at: rows.place(at: $0), path, into: &log) }
    let count = offers.reduce(0) { $0 + $1.most }
    if offers.isEmpty || count > mostHosts {
      log.report(
        .planBadRequest, .error, at: SourcePlace(file: path),
        "a price list offers 1 to \(mostHosts) hosts, and this one \(count)",
        remedy: "change its column max_count")
    }
    checkCurrencies(offers, path, into: &log)
    return log.hasErrors ? nil : PriceList(offers: offers)
  }

  private static func offer(
    _ row: OfferRow, at place: SourcePlace?, _ path: String, into log: inout DiagnosticLog
  ) -> Offer? {
    let name = Diagnostic.quoted(row.host.id.rawValue)
    func refuse(_ summary: String, _ remedy: String) {
      log.report(.planBadRequest, .error, at: place ?? SourcePlace(file: path), summary, remedy: remedy)
    }
    guard let most = row.most, (1...mostHosts).contains(most) else {
      refuse("\(name) has no 'max_count' from 1 to \(mostHosts)", "say how many there are of it")
      return nil
    }
    guard row.host.orderPrice != nil || row.host.costPerMonth != nil else {
      refuse("\(name) has neither 'price' nor 'cost_per_month'", "say what one costs")
      return nil
    }
    return Offer(host: row.host, most: most)
  }

  /// Money is added up, so that it must be of one kind; a type without a currency is priced in that of the others.
  private static func checkCurrencies(_ offers: [Offer], _ path: String, into log: inout DiagnosticLog) {
    let named = Set(offers.compactMap(\.host.orderCurrency)).sorted()
    guard named.count > 1 else { return }
    log.report(
      .planBadRequest, .error, at: SourcePlace(file: path),
      "types are priced in \(named.map { Diagnostic.quoted($0) }.joined(separator: ", "))",
      remedy: "state all prices in one currency")
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
    let currency = offers.compactMap(\.host.orderCurrency).first
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
        host.orderType = offer.host.id.rawValue
        host.orderCurrency = currency
        whole.hosts.append(host)
      }
    }
    whole.hosts.sort { $0.id < $1.id }
    return whole
  }
}
