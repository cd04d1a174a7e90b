import StowageDiagnostics
import StowageModel

extension TableSchema where Row == Datastore {
  /// The table of datastores.
  static let datastores = TableSchema(
    name: "datastores", noun: "datastore",
    columns: [
      .id("id", \.id),
      .text("name", \.name),
      .text("site", \.site),
      .text("type", \.type),
      .number("capacity_gib", \.capacityGiB, .notNegative),
      .number("used_gib", \.usedGiB, .notNegative),
      .number("provisioned_gib", \.provisionedGiB, .notNegative),
      .flag("shared", \.isShared),
      .references("hosts", \.hosts),
    ],
    skipColumn: nil,
    blank: { Datastore(id: "") },
    id: \.id,
    attributes: \.attributes,
    duplicateCode: .inventoryDuplicateID)
}
