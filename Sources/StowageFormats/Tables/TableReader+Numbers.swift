public import StowageDiagnostics

extension TableReader {
  /// The number in a cell; `nil` when it is empty or, after a report, no number within `range`.
  ///
  /// Nothing is negative unless `range` says so. `unit` is only for the report.
  public func number(
    _ row: TableRow, _ column: TableColumn?, in range: ClosedRange<Double> = 0...1e15, unit: String = "",
    log: inout DiagnosticLog
  ) -> Double? {
    guard let column, let value = reading(row, column, whole: false) else { return nil }
    return accept(value, row, column, range, unit, log: &log)
  }

  /// The whole number in a cell; `nil` when it is empty or, after a report, no whole number within
  /// `range`. `4.0` is 4; `1.234` is ambiguous.
  public func integer(
    _ row: TableRow, _ column: TableColumn?, in range: ClosedRange<Int> = 0...1_000_000_000_000_000,
    unit: String = "", log: inout DiagnosticLog
  ) -> Int? {
    guard
      let value = wholeNumber(
        row, column, in: Double(range.lowerBound)...Double(range.upperBound), unit: unit, log: &log)
    else { return nil }
    return Int(exactly: value)
  }

  /// The number in a cell of a column whose numbers are whole by nature, such as configured memory
  /// in MiB: as ``number(_:_:in:unit:log:)``, with `1.234` reported as ambiguous. `12.5` is reported
  /// too, unless `fractions` are taken.
  public func wholeNumber(
    _ row: TableRow, _ column: TableColumn?, in range: ClosedRange<Double> = 0...1e15, unit: String = "",
    fractions: Bool = false, log: inout DiagnosticLog
  ) -> Double? {
    guard let column, let reading = reading(row, column, whole: true),
      let value = accept(reading, row, column, range, unit, log: &log)
    else { return nil }
    guard fractions || value == value.rounded() else {
      reportBadValue(row, column, isNot: "a whole number", remedy: "write a whole number", log: &log)
      return nil
    }
    return value
  }

  /// What the cell says; `nil` when it is empty.
  private func reading(_ row: TableRow, _ column: TableColumn, whole: Bool) -> NumberReading? {
    let isTyped = table.range(row, column).isTypedNumber
    return withCell(row, column) { bytes in
      isTyped ? NumberReading(typed: bytes) : NumberReading(bytes, numbers, whole: whole)
    }
  }

  /// The value, if it is one and lies within `range`; otherwise reports what is wrong.
  func accept(
    _ reading: NumberReading, _ row: TableRow, _ column: TableColumn, _ range: ClosedRange<Double>,
    _ unit: String, log: inout DiagnosticLog
  ) -> Double? {
    switch reading {
    case .value(let value) where range.contains(value):
      return value
    case .value(let value):
      reportOutOfRange(value, row, column, range, unit, log: &log)
    case .ambiguous:
      reportAmbiguous(row, column, log: &log)
    case .otherSign(let sign):
      let right = sign.other.character
      reportBadValue(
        row, column, isNot: "written with '\(right)' as decimal sign, as the rest of the file is",
        remedy: "write the number with '\(right)'", log: &log)
    case .none:
      reportBadValue(
        row, column, isNot: "a number", remedy: "write a number such as 12.5, or leave the cell empty",
        log: &log)
    }
    return nil
  }

  private func reportOutOfRange(
    _ value: Double, _ row: TableRow, _ column: TableColumn, _ range: ClosedRange<Double>, _ unit: String,
    log: inout DiagnosticLog
  ) {
    let isBelow = value < range.lowerBound
    let bound = DecimalText.of(isBelow ? range.lowerBound : range.upperBound)
    let limit = unit.isEmpty ? bound : "\(bound) \(unit)"
    report(
      .tableBadValue, row, column,
      remedy: "write a number of at \(isBelow ? "least" : "most") \(limit), or leave the cell empty",
      log: &log
    ) { "\($0) is \(isBelow ? "below" : "above") \(limit)" }
  }

  private func reportAmbiguous(_ row: TableRow, _ column: TableColumn, log: inout DiagnosticLog) {
    report(
      .tableAmbiguousNumber, row, column,
      remedy: "write it without a thousands separator, and with no fraction of exactly three digits",
      log: &log
    ) { "\($0) can be read as thousands or as a fraction, and nothing else in the file decides" }
  }
}
