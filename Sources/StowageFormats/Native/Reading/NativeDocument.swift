import StowageDiagnostics
import StowageModel

/// Reads the native form from one `inventory.json`.
struct NativeDocument {
  /// The name and version of the form.
  static let schema = "stowage.inventory/v1"
  /// The tables of a document.
  static let tables = ["hosts", "vms", "links", "datastores", "dependencies", "clusters", "sites", "rules"]
  /// What a document may say about itself; nothing is planned from it.
  static let remarks = ["schema", "generated_at", "generator", "source", "warnings", "comment"]
  /// Tables that are known but not read yet.
  static let later = ["utilisation", "networks", "policies"]

  private let file: String
  private var log: DiagnosticLog

  /// Prepares to read a document, after what is already reported.
  init(_ file: String, log: DiagnosticLog) {
    self.file = file
    self.log = log
  }

  /// The inventory; with `rules` instead of the document's own when it is given.
  mutating func read(rules: String?) -> ReadResult {
    guard let source = SourceText.read(file, log: &log), let root = JSONValue.parse(source, log: &log)
    else { return ReadResult(inventory: nil, log: log) }
    return read(root, rules: rules)
  }

  /// The inventory of a parsed document.
  mutating func read(_ root: JSONValue, rules: String?) -> ReadResult {
    guard let object = root.object else {
      log.report(
        .fileUnknownFormat, .error, at: place(root.position),
        "the document is \(root.kindName), not an object",
        remedy: "write {\"schema\": \"\(Self.schema)\", \"hosts\": [ … ], \"vms\": [ … ]}")
      return ReadResult(inventory: nil, log: log)
    }
    checkKeys(object)
    checkSchema(object, at: root.position)
    guard !log.hasErrors else { return ReadResult(inventory: nil, log: log) }
    var tables = NativeTables()
    tables.hosts = table(.hosts, object)
    tables.vms = table(.vms, object)
    tables.links = table(.links, object)
    tables.datastores = table(.datastores, object)
    tables.dependencies = table(.dependencies, object)
    tables.clusters = table(.clusters, object)
    tables.sites = table(.sites, object)
    tables.rules = self.rules(object, path: rules)
    tables.sourceKind = object["source"]?.object?["kind"]?.string ?? tables.sourceKind
    tables.notes = object["warnings"]?.array?.compactMap(\.string) ?? []
    var assembly = NativeAssembly(tables, source: file, log: log)
    return assembly.assemble()
  }

  private mutating func table<Row>(_ schema: TableSchema<Row>, _ object: JSONObject) -> NativeTable<Row>? {
    guard let value = object[schema.name], !value.isNull else { return nil }
    var reader = NativeJSON(schema, file: file)
    return reader.read(value, into: &log)
  }

  private mutating func rules(_ object: JSONObject, path: String?) -> [PlacedRule] {
    if let path { return RuleFile.read(path, into: &log) }
    guard let value = object["rules"] else { return [] }
    let node = DocumentNode(value, file: file)
    var document = RuleDocument()
    // A whole rules document may be put in as it is.
    if case .object = node.value {
      document.read(document: node, into: &log)
    } else {
      document.read(list: node, into: &log)
    }
    return document.rules
  }

  private mutating func checkSchema(_ object: JSONObject, at start: TextPosition) {
    guard let value = object["schema"] else {
      log.report(
        .fileUnknownFormat, .error, at: place(start), "the document has no 'schema'",
        remedy: "write \"schema\": \"\(Self.schema)\" if it is an inventory")
      return
    }
    guard value.string != Self.schema else { return }
    let found = value.string.map { Diagnostic.quoted($0) } ?? value.kindName
    log.report(
      .fileUnknownFormat, .error, at: place(value.position), "the schema is \(found), not '\(Self.schema)'",
      remedy: "give an inventory where an inventory is asked for")
  }

  private mutating func checkKeys(_ object: JSONObject) {
    for member in object.members {
      let name = Diagnostic.quoted(member.key)
      if Self.later.contains(member.key) {
        log.report(
          .inventorySkipped, .notice, at: place(member.keyPosition), "\(name) is left for later and not read")
      } else if !(Self.tables + Self.remarks).contains(member.key) {
        log.report(
          .tableUnknownColumn, .warning, at: place(member.keyPosition),
          "an inventory has no \(name); it is passed over",
          remedy: Suggestion.remedy(for: member.key, among: Self.tables, otherwise: "remove it"))
      }
    }
  }

  private func place(_ position: TextPosition) -> SourcePlace {
    SourcePlace(file: file, line: position.line, column: position.column)
  }
}
