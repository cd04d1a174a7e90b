import StowageDiagnostics
import StowageModel

extension TableSchema where Row == Dependency {
  /// The table of dependencies.
  static let dependencies = TableSchema(
    name: "dependencies", noun: "dependency",
    columns: [
      .requiredText("from", \.from, .identifier),
      .requiredText("to", \.to, .identifier),
      .number("traffic_mbps", \.trafficMbps, .notNegative),
      .flag("hard", \.isHard),
    ],
    skipColumn: nil,
    blank: { Dependency(from: "", to: "") },
    id: { $0.from.isEmpty || $0.to.isEmpty ? "" : "\($0.from) to \($0.to)" },
    attributes: \.attributes,
    duplicateCode: .inventoryDuplicateID)
}
