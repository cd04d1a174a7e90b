extension LinearProgram {
  /// Appends a column that may take any real value within `bounds`.
  @discardableResult
  public mutating func addContinuous(
    _ name: @autoclosure @escaping Name = "", in bounds: Bounds = .nonNegative, cost: Double = 0
  ) -> Column {
    appendColumn(name, kind: .continuous, bounds: bounds, cost: cost)
  }

  /// Appends a column that takes whole values within `bounds`.
  @discardableResult
  public mutating func addInteger(
    _ name: @autoclosure @escaping Name = "", in bounds: Bounds = .nonNegative, cost: Double = 0
  ) -> Column {
    appendColumn(name, kind: .integer, bounds: bounds, cost: cost)
  }

  /// Appends a column that is zero or one.
  @discardableResult
  public mutating func addBinary(
    _ name: @autoclosure @escaping Name = "", cost: Double = 0
  ) -> Column {
    appendColumn(name, kind: .binary, bounds: .unit, cost: cost)
  }

  /// Appends a column with its coefficients in rows that exist already.
  ///
  /// The path for column generation and for large models: no expression is built. Coefficients of
  /// zero are dropped; a row named twice is a mistake.
  ///
  /// - Complexity: linear in the number of coefficients when their rows ascend, else *n* log *n*.
  @discardableResult
  public mutating func appendColumn(
    _ name: @escaping Name = unnamed, kind: ColumnKind = .continuous, bounds: Bounds = .nonNegative,
    cost: Double = 0, coefficients entries: [(row: Row, value: Double)] = []
  ) -> Column {
    precondition(cost.isFinite, "the cost of \(name()) must be finite, not \(cost)")
    precondition(
      kind != .binary || (bounds.low >= 0 && bounds.high <= 1),
      "the bounds of the binary column \(name()) must lie within 0 and 1")
    let column = Column(index: columnCount)
    for entry in Self.ascending(entries, by: \.row.index) {
      precondition(entry.row.index < rowCount, "no row \(entry.row.index) among \(rowCount)")
      precondition(entry.value.isFinite, "a coefficient of \(name()) must be finite, not \(entry.value)")
      coefficients.append(row: entry.row.index, column: column.index, value: entry.value)
    }
    costs.append(cost)
    columnBounds.append(bounds)
    columnKinds.append(kind)
    columnNames.append(name)
    return column
  }

  /// The name of things that were given none.
  public static let unnamed: Name = { "" }

  /// `entries` in strictly ascending order, so that equal programs are built of equal bytes.
  static func ascending<Entry>(_ entries: [Entry], by index: (Entry) -> Int) -> [Entry] {
    if isStrictlyAscending(entries, by: index) { return entries }
    let sorted = entries.sorted { index($0) < index($1) }
    precondition(
      isStrictlyAscending(sorted, by: index), "two coefficients are given for one row and column")
    return sorted
  }

  private static func isStrictlyAscending<Entry>(_ entries: [Entry], by index: (Entry) -> Int) -> Bool {
    zip(entries, entries.dropFirst()).allSatisfy { index($0) < index($1) }
  }
}
