public import StowageDiagnostics

extension TableReader {
  /// The boolean in a cell: `true`, `yes` or `1`, and `false`, `no` or `0`, in any case; `nil` when
  /// it is empty or, after a report, something else.
  public func boolean(_ row: TableRow, _ column: TableColumn?, log: inout DiagnosticLog) -> Bool? {
    guard let column, let word = string(row, column) else { return nil }
    switch word.lowercased() {
    case "true", "yes", "1": return true
    case "false", "no", "0": return false
    default:
      reportBadValue(row, column, isNot: "true or false", remedy: "write true or false", log: &log)
      return nil
    }
  }

  /// The value whose name a cell holds, in any case; `nil` when it is empty or, after a report,
  /// none of the names. A report lists them in their order.
  public func choice<Value>(
    _ row: TableRow, _ column: TableColumn?, _ names: [(name: String, value: Value)],
    log: inout DiagnosticLog
  ) -> Value? {
    guard let column, let word = string(row, column) else { return nil }
    let key = word.lowercased()
    if let match = names.first(where: { $0.name.lowercased() == key }) { return match.value }
    let all = names.map(\.name)
    let nearest = log.keeps(.tableBadValue) ? Suggestion.nearest(to: word, among: all) : nil
    reportBadValue(
      row, column, isNot: "one of \(all.joined(separator: ", "))",
      remedy: nearest.map { "write '\($0)', if that is what is meant" } ?? "write one of them", log: &log)
    return nil
  }

  /// The parts of a cell that `;` separates, without blanks around them and without empty ones.
  public func list(_ row: TableRow, _ column: TableColumn?) -> [String] {
    withCell(row, column) { bytes in
      bytes.split(separator: .semicolon).compactMap { part in
        let trimmed = UnsafeBufferPointer(rebasing: part).trimmed()
        return trimmed.isEmpty ? nil : String(decoding: trimmed, as: UTF8.self)
      }
    } ?? []
  }

  /// The labels `key=value;key=value` of a cell. A key without `=` has an empty value; a key that is
  /// empty or repeats with another value is reported.
  public func labels(
    _ row: TableRow, _ column: TableColumn?, log: inout DiagnosticLog
  ) -> [String: String] {
    guard let column else { return [:] }
    var isClean = true
    let labels = withCell(row, column) { Self.labels($0, &isClean) }
    if !isClean {
      reportBadValue(
        row, column, isNot: "a list of labels with different keys",
        remedy: "write it as key=value;key=value, each key once", log: &log)
    }
    return labels ?? [:]
  }

  private static func labels(_ bytes: UnsafeBufferPointer<UInt8>, _ isClean: inout Bool) -> [String: String] {
    var labels: [String: String] = [:]
    for part in bytes.split(separator: .semicolon) {
      let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
      let key = string(part[..<equals])
      let value = string(part[equals...].dropFirst())
      if key.isEmpty {
        if !value.isEmpty || equals != part.endIndex { isClean = false }
      } else if let earlier = labels.updateValue(value, forKey: key), earlier != value {
        isClean = false
        labels[key] = earlier
      }
    }
    return labels
  }

  private static func string(_ part: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: part).trimmed(), as: UTF8.self)
  }
}
