public import StowageDiagnostics

extension TableReader {
  /// The number in a cell of an export, in the unit that `quantity` names: `16 GiB` read as
  /// mebibytes is 16384. A number without a unit is in `unlabelled`, the wanted unit by default.
  public func quantity(
    _ row: TableRow, _ column: TableColumn?, _ quantity: Quantity, unlabelled: Quantity? = nil,
    in range: ClosedRange<Double> = 0...1e15, log: inout DiagnosticLog
  ) -> Double? {
    guard let column else { return nil }
    let isTyped = table.range(row, column).isTypedNumber
    let parts = withCell(row, column) { bytes -> (NumberReading, suffix: String)? in
      if isTyped { return (NumberReading(typed: bytes), "") }
      let end = Quantity.numberEnd(bytes)
      let rest = UnsafeBufferPointer(rebasing: bytes[end...]).trimmed()
      let number = UnsafeBufferPointer(rebasing: bytes[..<end])
      return (NumberReading(number, numbers, whole: false), String(decoding: rest, as: UTF8.self))
    }
    guard let (reading, suffix) = parts else { return nil }
    guard let factor = factor(of: suffix, quantity, unlabelled ?? quantity) else {
      reportBadValue(
        row, column, isNot: "in a unit that belongs here",
        remedy: "write the number with a unit, such as \(quantity.example), or without one", log: &log)
      return nil
    }
    return accept(scaled(reading, by: factor), row, column, range, "", log: &log)
  }

  private func factor(of suffix: String, _ wanted: Quantity, _ unlabelled: Quantity) -> Double? {
    suffix.isEmpty ? unlabelled.factor(to: wanted) : wanted.factor(ofSuffix: suffix)
  }

  private func scaled(_ reading: NumberReading, by factor: Double) -> NumberReading {
    guard case .value(let value) = reading else { return reading }
    return .value(value * factor)
  }
}
