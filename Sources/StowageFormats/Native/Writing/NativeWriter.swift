public import StowageModel

/// Writes an inventory in the native form. The same inventory gives the same bytes.
public enum NativeWriter {
  /// One `inventory.json`, with everything that the inventory holds.
  public static func document(_ inventory: Inventory) -> [UInt8] {
    JSONWriter.document { writer in
      writer.object { writer in
        writer.member("schema", NativeDocument.schema)
        writeOrigin(inventory, to: &writer)
        writeTables(inventory, to: &writer)
      }
    }
  }

  /// The facts of an inventory and nothing about where they come from: what its digest is taken of.
  static func canonical(_ inventory: Inventory) -> [UInt8] {
    JSONWriter.document { writer in
      writer.object { writer in
        writer.member("schema", NativeDocument.schema)
        writeTables(inventory, to: &writer)
      }
    }
  }

  private static func writeOrigin(_ inventory: Inventory, to writer: inout JSONWriter) {
    if inventory.sourceKind != InventoryFormat.native.rawValue {
      writer.object("source") { $0.member("kind", inventory.sourceKind) }
    }
    if !inventory.notes.isEmpty {
      writer.array("warnings") { writer in
        for note in inventory.notes { writer.value(note) }
      }
    }
  }

  private static func writeTables(_ inventory: Inventory, to writer: inout JSONWriter) {
    write(inventory.hosts.sorted { $0.id < $1.id }, .hosts, to: &writer)
    write(inventory.vms.sorted { $0.id < $1.id }, .vms, to: &writer)
    if !inventory.links.isEmpty { write(inventory.links.sorted { $0.id < $1.id }, .links, to: &writer) }
    if !inventory.datastores.isEmpty {
      write(inventory.datastores.sorted { $0.id < $1.id }, .datastores, to: &writer)
    }
    if !inventory.dependencies.isEmpty {
      write(
        inventory.dependencies.sorted { ($0.from, $0.to) < ($1.from, $1.to) }, .dependencies, to: &writer)
    }
    if !inventory.rules.isEmpty {
      writer.array("rules") { writer in
        for rule in inventory.rules { RuleEncoder.write(rule, to: &writer) }
      }
    }
  }

  private static func write<Row>(_ rows: [Row], _ schema: TableSchema<Row>, to writer: inout JSONWriter) {
    writer.array(schema.name) { writer in
      for row in rows { write(row, schema, to: &writer) }
    }
  }

  private static func write<Row>(_ row: Row, _ schema: TableSchema<Row>, to writer: inout JSONWriter) {
    writer.object { writer in
      for column in schema.columns {
        guard let value = column.get(row) else { continue }
        writer.key(column.name)
        write(value, to: &writer)
      }
      for (name, value) in row[keyPath: schema.attributes].sorted(by: { $0.key < $1.key }) {
        writer.member(name, value)
      }
    }
  }

  private static func write(_ value: NativeValue, to writer: inout JSONWriter) {
    switch value {
    case .text(let text): writer.value(text)
    case .number(let number): writer.value(number)
    case .flag(let flag): writer.value(flag)
    case .list(let words): writer.value(words)
    case .numbers(let numbers):
      writer.array { writer in
        for number in numbers { writer.value(number) }
      }
    case .labels(let labels):
      writer.object { writer in
        for (key, value) in labels.sorted(by: { $0.key < $1.key }) { writer.member(key, value) }
      }
    }
  }
}
