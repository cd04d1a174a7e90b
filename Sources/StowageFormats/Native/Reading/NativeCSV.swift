import StowageDiagnostics

/// Reads a native table from CSV.
struct NativeCSV<Row: Sendable> {
  private let table: Table
  private let schema: TableSchema<Row>
  private let kinds: [ColumnKind]
  private let numbers: NumberConvention
  private var known: [(column: TableColumn, position: Int)] = []
  private var attributes: [(column: TableColumn, name: String)] = []
  private var skipColumn: TableColumn?
  private var nameless: [TableColumn] = []

  /// Prepares to read a table.
  init(_ table: Table, _ schema: TableSchema<Row>) {
    self.table = table
    self.schema = schema
    kinds = schema.columns.map(\.kind)
    numbers = NumberConvention(native: table)
  }

  /// The rows, with all that is wrong reported.
  mutating func read(into log: inout DiagnosticLog) -> NativeTable<Row> {
    mapHeader(into: &log)
    let places = Dictionary(
      known.map { (schema.columns[$0.position].name, $0.column) }, uniquingKeysWith: { first, _ in first })
    let rows = Array(table.rows)
    var builder = NativeTableBuilder(schema) { [table] origin, name in
      name.flatMap { places[$0] }.map { table.place(rows[origin], $0) } ?? table.place(rows[origin])
    }
    guard !log.hasErrors || !isMissingRequired else { return builder.table }
    builder.reserve(rows.count)
    readRows(&builder, into: &log)
    return builder.table
  }

  private var isMissingRequired: Bool {
    let present = Set(known.map(\.position))
    return schema.columns.indices.contains { schema.columns[$0].isRequired && !present.contains($0) }
  }

  // MARK: Header

  private mutating func mapHeader(into log: inout DiagnosticLog) {
    var first: [HeaderMap.Meaning: TableColumn] = [:]
    for column in table.columns {
      if column.name.isEmpty {
        nameless.append(column)
        continue
      }
      let meaning = HeaderMap.meaning(column.name, in: schema)
      if let earlier = first[meaning] {
        log.report(
          .tableDuplicateColumn, .error, at: table.headerPlace(column),
          "the column \(Diagnostic.quoted(column.name)) is there twice, first as column \(earlier.index + 1)",
          remedy: "remove one of the two, or rename it")
        continue
      }
      first[meaning] = column
      add(column, meaning, into: &log)
    }
    reportMissing(into: &log)
  }

  private mutating func add(
    _ column: TableColumn, _ meaning: HeaderMap.Meaning, into log: inout DiagnosticLog
  ) {
    switch meaning {
    case .column(let position): known.append((column, position))
    case .skip: skipColumn = column
    case .attribute(let name):
      attributes.append((column, name))
      HeaderMap.reportUnknown(name, in: schema, at: table.headerPlace(column), into: &log)
    }
  }

  private func reportMissing(into log: inout DiagnosticLog) {
    let present = Set(known.map(\.position))
    for (position, column) in schema.columns.enumerated()
    where column.isRequired && !present.contains(position) {
      let near = Suggestion.nearest(to: column.name, among: attributes.map(\.name))
      log.report(
        .tableMissingColumn, .error, at: table.headerPlace,
        "the table of \(schema.name) has no column \(column.name)",
        remedy: near.map { "rename \(Diagnostic.quoted($0)) to \(column.name), if that is what it holds" }
          ?? "add the column \(column.name)")
    }
  }

  // MARK: Rows

  private func readRows(_ builder: inout NativeTableBuilder<Row>, into log: inout DiagnosticLog) {
    for row in table.rows { read(row, &builder, into: &log) }
  }

  private func read(_ row: TableRow, _ builder: inout NativeTableBuilder<Row>, into log: inout DiagnosticLog)
  {
    builder.begin()
    if let skipColumn, isSkipped(row, skipColumn, into: &log) { builder.skip() }
    for (column, position) in known {
      let range = table.range(row, column)
      guard range.length > 0 else { continue }
      switch value(row, column, kinds[position]) {
      case .unknown: continue
      case .value(let value): builder.set(position, value)
      case .flaw(let flaw):
        builder.spoil(position)
        report(flaw, row, column, schema.columns[position].name, into: &log)
      }
    }
    for (column, name) in attributes where table.range(row, column).length > 0 {
      let text = table.text(row, column)
      if !text.utf8.allSatisfy(\.isBlank) { builder.keep(name, text) }
    }
    builder.end(origin: row.index, into: &log)
  }

  private func value(
    _ row: TableRow, _ column: TableColumn, _ kind: ColumnKind
  ) -> CellValue {
    let numeric = kind.numeric
    guard numeric.isNumber else { return kind.value(text: table.text(row, column)) }
    let range = table.range(row, column)
    return table.withBytes(of: range) { bytes in
      let bytes = bytes.trimmed()
      guard !bytes.isEmpty else { return .unknown }
      let reading =
        range.isTypedNumber
        ? NumberReading(typed: bytes) : NumberReading(bytes, numbers, whole: numeric.isWhole)
      return kind.value(reading, table.text(row, column))
    }
  }

  private func isSkipped(_ row: TableRow, _ column: TableColumn, into log: inout DiagnosticLog) -> Bool {
    switch ColumnKind.flag.value(text: table.text(row, column)) {
    case .value(.flag(let flag)): return flag
    case .flaw(let flaw):
      report(flaw, row, column, column.name, into: &log)
      return false
    case .unknown, .value: return false
    }
  }

  private func report(
    _ flaw: CellFlaw, _ row: TableRow, _ column: TableColumn, _ name: String, into log: inout DiagnosticLog
  ) {
    guard log.keeps(flaw.code) else {
      log.report(flaw.code, .error, flaw.summary)
      return
    }
    log.report(
      flaw.code, .error, at: table.place(row, column), "\(name) \(flaw.summary)", remedy: flaw.remedy)
  }
}
