import StowageDiagnostics

/// The rows of one native table, and where each came from.
struct NativeTable<Row: Sendable> {
  /// The rows, in the order of the file.
  var rows: [Row] = []
  /// For each row, its index in the file, from which ``place`` finds it.
  var origins: [Int] = []
  /// How many rows were skipped because they say so (templates).
  var skipped = 0
  /// The place of a column's value in the row with an index, or of the row itself.
  var place: @Sendable (_ origin: Int, _ column: String?) -> SourcePlace?

  /// The place of a value of the row at `position`.
  func place(at position: Int, _ column: String? = nil) -> SourcePlace? {
    place(origins[position], column)
  }
}

/// Builds the rows of one native table from their values, whatever the file form.
struct NativeTableBuilder<Row: Sendable> {
  /// What the table is made of.
  let schema: TableSchema<Row>
  /// The rows so far.
  private(set) var table: NativeTable<Row>
  private var row: Row
  private var filled: UInt64 = 0
  private var skips = false
  private let required: UInt64
  private var firstOrigins: [String: Int] = [:]

  /// A builder of no rows yet.
  init(_ schema: TableSchema<Row>, place: @escaping @Sendable (Int, String?) -> SourcePlace?) {
    precondition(schema.columns.count <= 64, "\(schema.name) has more columns than there are bits")
    self.schema = schema
    table = NativeTable(place: place)
    row = schema.blank()
    required = schema.columns.enumerated().reduce(0) {
      $0 | ($1.element.isRequired ? 1 << UInt64($1.offset) : 0)
    }
  }

  /// Makes room for as many rows as the file is known to have.
  mutating func reserve(_ count: Int) {
    table.rows.reserveCapacity(count)
    table.origins.reserveCapacity(count)
    firstOrigins.reserveCapacity(count)
  }

  /// Starts the next row.
  mutating func begin() {
    row = schema.blank()
    filled = 0
    skips = false
  }

  /// Puts a value into a column of the row.
  mutating func set(_ column: Int, _ value: NativeValue) {
    schema.columns[column].set(value, &row)
    filled |= 1 << UInt64(column)
  }

  /// Says that a column of the row has a value that cannot be used, which is already reported.
  mutating func spoil(_ column: Int) {
    filled |= 1 << UInt64(column)
  }

  /// Says that the row is none (a template).
  mutating func skip() {
    skips = true
  }

  /// Keeps a value of a column that Stowage does not know.
  mutating func keep(_ name: String, _ value: String) {
    row[keyPath: schema.attributes][name] = value
  }

  /// Ends the row, which has the index `origin` in its file.
  mutating func end(origin: Int, into log: inout DiagnosticLog) {
    if skips {
      table.skipped += 1
      return
    }
    if filled & required != required { reportMissing(origin, into: &log) }
    let id = schema.id(row)
    if let first = firstOrigins[id] {
      if !id.isEmpty { reportDuplicate(id, origin, first, into: &log) }
    } else {
      firstOrigins[id] = origin
    }
    table.rows.append(row)
    table.origins.append(origin)
  }

  private func reportMissing(_ origin: Int, into log: inout DiagnosticLog) {
    for (position, column) in schema.columns.enumerated()
    where column.isRequired && filled & (1 << UInt64(position)) == 0 {
      let id = schema.id(row)
      let owner = id.isEmpty ? "the \(schema.noun)" : "\(schema.noun) \(Diagnostic.quoted(id))"
      log.report(
        .tableMissingValue, .error, at: table.place(origin, column.name), "\(owner) has no \(column.name)",
        remedy: "fill in \(column.name), or remove the row")
    }
  }

  private func reportDuplicate(_ id: String, _ origin: Int, _ first: Int, into log: inout DiagnosticLog) {
    let line = table.place(first, nil)?.line ?? 0
    log.report(
      schema.duplicateCode, .error, at: table.place(origin, schema.columns.first?.name),
      "\(schema.noun) \(Diagnostic.quoted(id)) is listed twice, first on line \(line)",
      remedy: "remove one of the two, or give the second an id of its own")
  }
}
