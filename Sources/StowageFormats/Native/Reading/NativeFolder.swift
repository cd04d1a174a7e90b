import Foundation
import StowageDiagnostics
import StowageModel

/// Reads the native form from a folder of CSV files.
struct NativeFolder {
  private let folder: String
  private var log: DiagnosticLog
  private var names: Set<String> = []

  /// Prepares to read a folder, after what is already reported.
  init(_ folder: String, log: DiagnosticLog) {
    self.folder = folder
    self.log = log
  }

  /// The inventory; with `rules` instead of the folder's own when it is given.
  mutating func read(rules: String?) -> ReadResult {
    names = Set((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    var tables = NativeTables()
    tables.hosts = table(.hosts)
    tables.vms = table(.vms)
    tables.links = table(.links)
    tables.datastores = table(.datastores)
    tables.dependencies = table(.dependencies)
    tables.clusters = table(.clusters)
    tables.sites = table(.sites)
    tables.rules = self.rules(rules)
    noticeOthers()
    var assembly = NativeAssembly(tables, source: folder, log: log)
    return assembly.assemble()
  }

  private mutating func table<Row>(_ schema: TableSchema<Row>) -> NativeTable<Row>? {
    let name = "\(schema.name).csv"
    guard names.contains(name) else { return nil }
    guard let source = SourceText.read(SourceDetector.join(folder, name), log: &log),
      let table = Table.parse(source, log: &log)
    else { return NativeTable { _, _ in nil } }
    var reader = NativeCSV(table, schema)
    return reader.read(into: &log)
  }

  /// The names under which a folder's rules are looked for.
  static let ruleFiles = ["rules.json", "rules.yaml", "rules.yml"]

  private mutating func rules(_ path: String?) -> [PlacedRule] {
    if let path { return RuleFile.read(path, into: &log) }
    let found = Self.ruleFiles.filter(names.contains)
    if found.count > 1 {
      log.report(
        .fileUnknownFormat, .error, at: SourcePlace(file: folder),
        "there are several rules files: \(found.joined(separator: ", "))",
        remedy: "keep one of them, or name one with --rules")
      return []
    }
    guard let name = found.first else { return [] }
    return RuleFile.read(SourceDetector.join(folder, name), into: &log)
  }

  /// Says of files that look like tables but are not read that they are not.
  private mutating func noticeOthers() {
    let read = ["hosts", "vms", "links", "datastores", "dependencies", "clusters", "sites"].map {
      "\($0).csv"
    }
    for name in names.sorted() where name.hasSuffix(".csv") && !read.contains(name) {
      let place = SourcePlace(file: SourceDetector.join(folder, name))
      if name == "utilisation.csv" {
        log.report(
          .inventorySkipped, .notice, at: place,
          "utilisation.csv is not looked into: VMs are sized by the figures in vms.csv",
          remedy: "give it with --utilisation to size VMs by it")
        continue
      }
      log.report(
        .inventorySkipped, .notice, at: place, "\(Diagnostic.quoted(name)) is no table that is read",
        remedy: Suggestion.nearest(to: name, among: read).map { "rename it to \($0), if that is meant" })
    }
    if names.contains("inventory.json") {
      log.report(
        .inventorySkipped, .warning, at: SourcePlace(file: SourceDetector.join(folder, "inventory.json")),
        "the folder holds tables and an inventory.json; the tables are read",
        remedy: "point at inventory.json itself to read that, or remove it")
    }
  }
}
