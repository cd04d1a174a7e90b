public import StowageDiagnostics
public import StowageModel

/// Reads a table of migrations that were made: what was known before them, and what they took.
public enum MeasuredMigrationReader {
  /// What a table holds.
  public struct Answer: Sendable {
    /// The migrations in the order of the table; none when it cannot be used.
    public var migrations: [MeasuredMigration]
    /// SHA-256 of the file, in hexadecimal.
    public var sha256: String
    /// Everything that is to be told.
    public var log: DiagnosticLog
  }

  /// The migrations in a file.
  public static func read(_ path: String) -> Answer {
    var log = DiagnosticLog()
    guard let bytes = FileBytes.read(path, log: &log),
      let source = SourceText.decode(bytes, file: path, log: &log),
      let table = Table.parse(source, log: &log)
    else { return Answer(migrations: [], sha256: "", log: log) }
    var reader = MigrationRows(table, log: log)
    reader.readAll()
    return Answer(
      migrations: reader.log.hasErrors ? [] : reader.migrations,
      sha256: SHA256.hexadecimal(of: bytes), log: reader.log)
  }
}

private struct MigrationRows {
  /// Other words for techniques.
  private static let synonyms: [String: Technique] = [
    "precopy": .preCopy, "live": .preCopy, "postcopy": .postCopy, "offline": .cold, "stopped": .cold,
  ]

  private let table: Table
  private let reader: TableReader
  private(set) var log: DiagnosticLog
  private(set) var migrations: [MeasuredMigration] = []

  init(_ table: Table, log: DiagnosticLog) {
    self.table = table
    self.log = log
    reader = TableReader(table, numbers: NumberConvention(native: table))
  }

  mutating func readAll() {
    for name in ["technique", "memory_mib", "link_gbps", "total_s"] where table.column(name) == nil {
      log.report(
        .tableMissingColumn, .error, at: table.headerPlace,
        "the table of measured migrations has no column \(name)", remedy: "add the column \(name)")
    }
    guard !log.hasErrors else { return }
    for row in reader.rows { read(row) }
  }

  private mutating func read(_ row: TableRow) {
    let technique = technique(row)
    let memory = needed("memory_mib", row)
    let gbps = needed("link_gbps", row)
    let total = needed("total_s", row)
    let disk = number("disk_copied_gib", row)
    let guest = reader.string(row, table.column("vm")) ?? "line \(row.line)"
    var vm = VM(id: VM.ID(guest), vCPUs: 1, memoryMiB: memory ?? 1)
    vm.memoryConsumedMiB = number("memory_consumed_mib", row)
    vm.workingSetMiB = number("working_set_mib", row)
    vm.dirtyRateMiBPerSecond = number("dirty_rate_mib_per_s", row)
    vm.coldDirtyRateMiBPerSecond = number("cold_dirty_rate_mib_per_s", row)
    vm.diskUsedGiB = disk
    vm.diskChangeMiBPerSecond = number("disk_change_mib_per_s", row)
    vm.maxDowntimeMilliseconds = number("max_downtime_ms", row)
    let (roundTrip, downtime, sent) = (
      number("rtt_ms", row), number("downtime_ms", row), number("sent_mib", row)
    )
    guard let technique, memory != nil, let gbps, let total else { return }
    migrations.append(
      MeasuredMigration(
        guest: guest, vm: vm, technique: technique, copiesDisks: (disk ?? 0) > 0, gbps: gbps,
        roundTripMilliseconds: roundTrip, totalSeconds: total, downtimeSeconds: downtime.map { $0 / 1000 },
        sentMiB: sent))
  }

  private mutating func technique(_ row: TableRow) -> Technique? {
    guard let column = table.column("technique"),
      let word = reader.requiredString(row, column, log: &log)?.lowercased()
    else { return nil }
    if let technique = Technique(rawValue: word) ?? Self.synonyms[word] { return technique }
    let known = Technique.allCases.map(\.rawValue).joined(separator: ", ")
    reader.reportBadValue(row, column, isNot: "a technique", remedy: "write \(known)", log: &log)
    return nil
  }

  private mutating func number(_ name: String, _ row: TableRow) -> Double? {
    reader.number(row, table.column(name), in: 0...1e9, log: &log)
  }

  /// A number that must be there, and above 0.
  private mutating func needed(_ name: String, _ row: TableRow) -> Double? {
    guard let column = table.column(name) else { return nil }
    guard reader.requiredString(row, column, log: &log) != nil else { return nil }
    return reader.number(row, column, in: 1e-3...1e9, log: &log)
  }
}
