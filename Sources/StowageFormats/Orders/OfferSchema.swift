import StowageDiagnostics
import StowageModel

/// A row of a price list: what a host of a type is like, and how many there are.
struct OfferRow: Sendable {
  /// The host; its id is the name of the type.
  var host: Host
  /// How many there are at most; `nil` when the list does not say.
  var most: Int?
}

extension TableSchema where Row == OfferRow {
  /// A price list: the table of hosts, and what it says beyond it.
  static let offers = TableSchema(
    name: "offers", noun: "offer",
    columns: TableSchema<Host>.hosts.columns.filter { !$0.name.hasPrefix("order_") }.map { $0.within(\.host) }
      + [
        .number("price", \.host.orderPrice, .notNegative),
        .text("currency", \.host.orderCurrency),
        .count("max_count", \.most, .positiveCount),
      ],
    skipColumn: nil,
    blank: { OfferRow(host: Host(id: "", cores: 0, memoryMiB: 0)) },
    id: \.host.id.rawValue,
    attributes: \.host.attributes,
    duplicateCode: .inventoryDuplicateHost)
}

extension Column {
  /// The same column of rows that hold a row of this kind.
  fileprivate func within<Outer: Sendable>(
    _ path: any WritableKeyPath<Outer, Row> & Sendable
  ) -> Column<Outer> {
    Column<Outer>(name: name, kind: kind, isRequired: isRequired) { value, row in
      self.set(value, &row[keyPath: path])
    } get: {
      self.get($0[keyPath: path])
    }
  }
}
