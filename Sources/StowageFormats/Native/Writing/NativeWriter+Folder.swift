public import StowageModel

extension NativeWriter {
  /// A file of a native folder.
  public struct File: Hashable, Sendable {
    /// Its name within the folder.
    public let name: String
    /// Its content.
    public let bytes: [UInt8]
  }

  /// The files of a native folder: `hosts.csv` and `vms.csv`, and `links.csv`, `datastores.csv`,
  /// `dependencies.csv` and `rules.json` where there is something to write. Where an inventory comes from, and its notes,
  /// have no place in tables.
  public static func folder(_ inventory: Inventory) -> [File] {
    var files = [
      File(name: "hosts.csv", bytes: csv(inventory.hosts.sorted { $0.id < $1.id }, .hosts)),
      File(name: "vms.csv", bytes: csv(inventory.vms.sorted { $0.id < $1.id }, .vms)),
    ]
    if !inventory.links.isEmpty {
      files.append(File(name: "links.csv", bytes: csv(inventory.links.sorted { $0.id < $1.id }, .links)))
    }
    if !inventory.datastores.isEmpty {
      let datastores = inventory.datastores.sorted { $0.id < $1.id }
      files.append(File(name: "datastores.csv", bytes: csv(datastores, .datastores)))
    }
    if !inventory.dependencies.isEmpty {
      let dependencies = inventory.dependencies.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
      files.append(File(name: "dependencies.csv", bytes: csv(dependencies, .dependencies)))
    }
    if !inventory.rules.isEmpty { files.append(File(name: "rules.json", bytes: rules(inventory.rules))) }
    return files
  }

  /// A rules file.
  static func rules(_ rules: [Rule]) -> [UInt8] {
    JSONWriter.document { writer in
      writer.object { writer in
        writer.member("schema", RuleDocument.schema)
        writer.array("rules") { writer in
          for rule in rules { RuleEncoder.write(rule, to: &writer) }
        }
      }
    }
  }

  /// A table with the columns that must be there and those in which any row has something.
  private static func csv<Row>(_ rows: [Row], _ schema: TableSchema<Row>) -> [UInt8] {
    let columns = schema.columns.filter { column in
      column.isRequired || rows.contains { column.get($0) != nil }
    }
    let attributes = Set(rows.flatMap { $0[keyPath: schema.attributes].keys }).sorted()
    var writer = CSVWriter(header: columns.map(\.name) + attributes, formulas: .kept)
    for row in rows {
      let known = columns.map { column in column.get(row).map { cell($0, column.kind) } ?? .empty }
      writer.row(known + attributes.map { CSVCell(row[keyPath: schema.attributes][$0]) })
    }
    return writer.finish()
  }

  private static func cell(_ value: NativeValue, _ kind: ColumnKind) -> CSVCell {
    switch value {
    case .text(let text): .text(text)
    case .number(let number): cell(number, isWholeByNature: kind.numeric.isWhole)
    case .flag(let flag): .boolean(flag)
    case .list(let words): .text(ListCell.cell(words))
    case .numbers(let numbers): .text(numbers.map(DecimalText.of).joined(separator: ";"))
    case .labels(let labels): .text(ListCell.cell(labels))
    }
  }

  /// `1.234` in a column of whole numbers reads as a thousand as well; a further digit says that it
  /// is not.
  private static func cell(_ number: Double, isWholeByNature: Bool) -> CSVCell {
    let parts = DecimalText.of(number).utf8.split(separator: .dot)
    guard isWholeByNature, parts.count == 2, parts[0].count <= 3, parts[1].count == 3 else {
      return .number(number)
    }
    return .text(DecimalText.of(number) + "0")
  }
}
