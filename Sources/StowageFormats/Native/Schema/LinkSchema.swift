import StowageDiagnostics
import StowageModel

extension TableSchema where Row == Link {
  /// The table of links.
  static let links = TableSchema(
    name: "links", noun: "link",
    columns: [
      .id("id", \.id),
      .requiredText("a", \.a, .identifier),
      .requiredText("b", \.b, .identifier),
      .number("gbps", \.gbps, .positive, isWholeByNature: false),
      .number("rtt_ms", \.roundTripMilliseconds, .notNegative),
      .flag("shared", \.isShared),
      .flag("stretched", \.isStretched),
    ],
    skipColumn: nil,
    blank: { Link(id: "", a: "", b: "", gbps: 0) },
    id: \.id.rawValue,
    attributes: \.attributes,
    duplicateCode: .inventoryDuplicateID)
}
