import StowageDiagnostics

/// One thing that an export describes, with named values: an object of JSON, a row of a table, a
/// stanza of text, or the attributes of an XML element.
///
/// Names are found by their letters and digits alone. A name may be a path through objects, with
/// `/` between its parts: `summary/config/numCpu`. What is empty or null is `nil`: unknown.
struct ExportRecord: Sendable {
  private enum Backing: Sendable {
    case object([JSONMember], TextPosition)
    case row(RecordTable, TableRow)
  }

  /// The file as the operator named it.
  let file: String
  private let backing: Backing

  /// The object of a JSON document; `nil` when the value is none.
  init?(_ value: JSONValue, file: String) {
    guard case .object(let object) = value.content else { return nil }
    self.init(object.members, at: value.position, file: file)
  }

  /// Named values that start at a position.
  init(_ members: [JSONMember], at position: TextPosition, file: String) {
    self.file = file
    backing = .object(members, position)
  }

  /// A row of a table.
  init(_ table: RecordTable, _ row: TableRow) {
    file = table.table.file
    backing = .row(table, row)
  }

  /// The names of the values, in their order.
  var names: [String] {
    switch backing {
    case .object(let members, _): members.map(\.key)
    case .row(let table, _): table.table.columns.map(\.name)
    }
  }

  /// Whether all of these are there, empty or not.
  func has(_ names: String...) -> Bool {
    names.allSatisfy { name in
      switch backing {
      case .object(let members, _): members.contains { FoldedName.equal($0.key, name) }
      case .row(let table, _): table.column(name) != nil
      }
    }
  }

  /// Where the record starts.
  var place: SourcePlace {
    switch backing {
    case .object(_, let position): SourcePlace(file: file, line: position.line, column: position.column)
    case .row(let table, let row): table.table.place(row)
    }
  }

  /// Where the first of these values stands; the record's own place when none does.
  func place(_ names: String...) -> SourcePlace {
    switch backing {
    case .object:
      for name in names {
        if let value = json(name) {
          return SourcePlace(file: file, line: value.position.line, column: value.position.column)
        }
      }
    case .row(let table, let row):
      for name in names {
        if let column = table.column(name) { return table.table.place(row, column) }
      }
    }
    return place
  }

  /// The first of these values that is there.
  func json(_ names: String...) -> JSONValue? { json(names) }

  private func json(_ names: [String]) -> JSONValue? {
    guard case .object(let members, _) = backing else { return nil }
    for name in names {
      if let value = Self.find(name, in: members), !value.isNull { return value }
    }
    return nil
  }

  private static func find(_ path: String, in members: [JSONMember]) -> JSONValue? {
    guard let slash = path.firstIndex(of: "/") else {
      return members.first { FoldedName.equal($0.key, path) }?.value
    }
    let head = String(path[..<slash])
    guard let object = members.first(where: { FoldedName.equal($0.key, head) })?.value.object else {
      return nil
    }
    return find(String(path[path.index(after: slash)...]), in: object.members)
  }
}

// Texts and parts.
extension ExportRecord {
  /// The first of these values as text, without blanks around it.
  func text(_ names: String...) -> String? { text(names) }

  func text(_ names: [String]) -> String? {
    for name in names {
      let found: String?
      switch backing {
      case .object: found = json([name]).flatMap(Self.text)
      case .row(let table, let row):
        found = TableReader(table.table, numbers: table.numbers).string(row, table.column(name))
      }
      if let found { return found }
    }
    return nil
  }

  private static func text(_ value: JSONValue) -> String? {
    switch value.content {
    case .string(let text):
      let trimmed = text.trimmedOfBlanks
      return trimmed.isEmpty ? nil : trimmed
    case .number(let number): return number.text
    case .boolean(let flag): return flag ? "true" : "false"
    case .null, .array, .object: return nil
    }
  }

  /// Whether the first of these values says yes; `nil` when it is absent or says neither.
  func flag(_ names: String...) -> Bool? {
    switch text(names)?.lowercased() {
    case "true", "1", "yes", "y", "on", "enabled": true
    case "false", "0", "no", "n", "off", "disabled": false
    default: nil
    }
  }

  /// The first of these values as a record of its own.
  func child(_ names: String...) -> ExportRecord? {
    json(names).flatMap { ExportRecord($0, file: file) }
  }

  /// The objects in the list that the first of these values is.
  func children(_ names: String...) -> [ExportRecord] {
    json(names)?.array?.compactMap { ExportRecord($0, file: file) } ?? []
  }

  /// The texts in the list that the first of these values is; a text is split at `separators`.
  func texts(_ names: String..., separators: Set<Character> = [",", ";"]) -> [String] {
    if let list = json(names)?.array { return list.compactMap(Self.text) }
    return text(names)?.parts(separatedBy: separators) ?? []
  }
}

// Numbers.
extension ExportRecord {
  /// The first of these values as a number; one that is none is a warning, and passed over.
  func number(_ names: String..., log: inout DiagnosticLog) -> Double? { number(names, nil, &log) }

  /// The first of these values in the unit that `quantity` names, which may be written behind it.
  func quantity(_ names: String..., as quantity: Quantity, log: inout DiagnosticLog) -> Double? {
    number(names, quantity, &log)
  }

  /// A number above zero: most exports write 0 or -1 for what they do not know.
  func positive(_ names: String..., log: inout DiagnosticLog) -> Double? {
    number(names, nil, &log).flatMap { $0 > 0 ? $0 : nil }
  }

  private func number(_ names: [String], _ quantity: Quantity?, _ log: inout DiagnosticLog) -> Double? {
    for name in names {
      if let number = json([name])?.number { return number }
      // Lists that people save show a dash where there is nothing.
      guard let text = text([name]), text != "-" else { continue }
      if let number = parse(text, quantity) { return number }
      log.report(
        .tableBadValue, .warning, at: place(name),
        "\(Diagnostic.quoted(name)) is \(Diagnostic.quoted(text)), not a number; it is passed over",
        remedy: "export again, or correct the value")
      return nil
    }
    return nil
  }

  private func parse(_ text: String, _ quantity: Quantity?) -> Double? {
    var numbers = NumberConvention(decimal: .dot, groupsThousands: false)
    if case .row(let table, _) = backing { numbers = table.numbers }
    var copy = text
    return copy.withUTF8 { bytes in
      let end = quantity == nil ? bytes.count : Quantity.numberEnd(bytes)
      let suffix = UnsafeBufferPointer(rebasing: bytes[end...]).trimmed()
      var factor = 1.0
      if let quantity, !suffix.isEmpty {
        guard let found = quantity.factor(ofSuffix: String(decoding: suffix, as: UTF8.self)) else {
          return nil
        }
        factor = found
        // Cells with units say nothing about the file's signs, and are written by programs, not by people:
        // `1,024 MiB` is a thousand of them unless other columns show decimal commas.
        if numbers.decimal != .comma { numbers = NumberConvention(decimal: .dot, groupsThousands: true) }
      }
      let digits = UnsafeBufferPointer(rebasing: bytes[..<end])
      if !digits.isEmpty, case .value(let value) = NumberReading(digits, numbers, whole: false) {
        return value * factor
      }
      let plain = Double(String(decoding: digits, as: UTF8.self))
      return plain.flatMap { $0.isFinite ? $0 * factor : nil }
    }
  }
}
