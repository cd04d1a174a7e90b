import StowageDiagnostics

/// Reads a native table from a list of objects.
struct NativeJSON<Row: Sendable> {
  private let schema: TableSchema<Row>
  private let file: String
  /// What each key means, found once: the objects of a table repeat their keys.
  private var meanings: [String: HeaderMap.Meaning] = [:]

  /// Prepares to read a table.
  init(_ schema: TableSchema<Row>, file: String) {
    self.schema = schema
    self.file = file
  }

  /// The rows, with all that is wrong reported.
  mutating func read(_ value: JSONValue, into log: inout DiagnosticLog) -> NativeTable<Row> {
    guard let items = value.array else {
      log.report(
        .tableBadValue, .error, at: place(value.position),
        "'\(schema.name)' is \(value.kindName), not a list",
        remedy: "write \"\(schema.name)\": [ {…}, {…} ]")
      return NativeTable { _, _ in nil }
    }
    var builder = NativeTableBuilder(schema) { [file] origin, name in
      let position = Self.position(items[origin], name)
      return SourcePlace(file: file, line: position.line, column: position.column)
    }
    builder.reserve(items.count)
    for (position, item) in items.enumerated() { read(item, position, &builder, into: &log) }
    return builder.table
  }

  /// The place of the value of `name` in a row, or of the row where it has none.
  private static func position(_ item: JSONValue, _ name: String?) -> TextPosition {
    guard let name, let value = item.object?[name] else { return item.position }
    return value.position
  }

  private func place(_ position: TextPosition) -> SourcePlace {
    SourcePlace(file: file, line: position.line, column: position.column)
  }

  private mutating func read(
    _ item: JSONValue, _ position: Int, _ builder: inout NativeTableBuilder<Row>,
    into log: inout DiagnosticLog
  ) {
    guard let object = item.object else {
      log.report(
        .tableBadValue, .error, at: place(item.position),
        "a \(schema.noun) is \(item.kindName), not an object",
        remedy: "write {\"id\": …, … }")
      return
    }
    builder.begin()
    var seen: Set<HeaderMap.Meaning> = []
    for member in object.members {
      let meaning = meaning(of: member, into: &log)
      guard seen.insert(meaning).inserted else {
        log.report(
          .tableDuplicateColumn, .error, at: place(member.keyPosition),
          "the \(schema.noun) has \(Diagnostic.quoted(member.key)) twice", remedy: "keep one of the two")
        continue
      }
      read(member, meaning, &builder, into: &log)
    }
    builder.end(origin: position, into: &log)
  }

  private mutating func meaning(
    of member: JSONMember, into log: inout DiagnosticLog
  ) -> HeaderMap.Meaning {
    if let known = meanings[member.key] { return known }
    let meaning = HeaderMap.meaning(member.key, in: schema)
    meanings[member.key] = meaning
    if case .attribute(let name) = meaning {
      HeaderMap.reportUnknown(name, in: schema, at: place(member.keyPosition), into: &log)
    }
    return meaning
  }

  private func read(
    _ member: JSONMember, _ meaning: HeaderMap.Meaning, _ builder: inout NativeTableBuilder<Row>,
    into log: inout DiagnosticLog
  ) {
    switch meaning {
    case .column(let position):
      switch Self.value(member.value, schema.columns[position].kind) {
      case .unknown: return
      case .value(let value): builder.set(position, value)
      case .flaw(let flaw):
        builder.spoil(position)
        report(flaw, member, schema.columns[position].name, into: &log)
      }
    case .skip:
      switch Self.value(member.value, .flag) {
      case .value(.flag(true)): builder.skip()
      case .flaw(let flaw): report(flaw, member, member.key, into: &log)
      case .unknown, .value: return
      }
    case .attribute(let name):
      guard !name.isEmpty, let text = Self.attribute(member.value) else { return }
      if text.utf8.contains(0) {
        report(ColumnKind.nul, member, member.key, into: &log)
      } else {
        builder.keep(name, text)
      }
    }
  }

  private func report(
    _ flaw: CellFlaw, _ member: JSONMember, _ name: String, into log: inout DiagnosticLog
  ) {
    log.report(
      flaw.code, .error, at: place(member.value.position), "\(name) \(flaw.summary)", remedy: flaw.remedy)
  }

  /// The meaning of a value in a column.
  private static func value(_ value: JSONValue, _ kind: ColumnKind) -> CellValue {
    switch value.content {
    case .null: return .unknown
    case .number(let number): return kind.value(number: number.value)
    case .string(let text): return kind.value(text: text)
    case .boolean(let flag):
      if kind == .flag { return .value(.flag(flag)) }
      return .flaw(CellFlaw(summary: "is \(flag), not \(kind.noun)", remedy: "write \(kind.noun)"))
    case .array(let items): return list(items, kind)
    case .object(let object): return labels(object.members, kind)
    }
  }

  private static func list(_ items: [JSONValue], _ kind: ColumnKind) -> CellValue {
    if kind == .week { return ColumnKind.week(items.map(number)) }
    var words: [String] = []
    for item in items {
      guard let word = item.string else {
        return .flaw(
          CellFlaw(summary: "has \(item.kindName) in its list", remedy: "write each entry in quotes"))
      }
      if word.utf8.contains(0) { return .flaw(ColumnKind.nul) }
      words.append(word)
    }
    return kind.value(words: words)
  }

  private static func number(_ value: JSONValue) -> Double? {
    if case .number(let number) = value.content { number.value } else { nil }
  }

  private static func labels(_ members: [JSONMember], _ kind: ColumnKind) -> CellValue {
    guard kind == .labels else {
      return .flaw(CellFlaw(summary: "is an object, not \(kind.noun)", remedy: "write \(kind.noun)"))
    }
    var labels: [String: String] = [:]
    for member in members {
      guard let value = member.value.string ?? attribute(member.value), !member.key.isEmpty else {
        return .flaw(
          CellFlaw(
            summary: "has the label \(Diagnostic.quoted(member.key)) that is \(member.value.kindName)",
            remedy: "write a key and a text for each label"))
      }
      if (member.key + value).utf8.contains(0) { return .flaw(ColumnKind.nul) }
      labels[member.key] = value
    }
    return labels.isEmpty ? .unknown : .value(.labels(labels))
  }

  /// A single value as text; `nil` for nothing, and for lists and objects, which no attribute holds.
  private static func attribute(_ value: JSONValue) -> String? {
    switch value.content {
    case .string(let text): text.utf8.allSatisfy(\.isBlank) ? nil : text
    case .number(let number): number.text
    case .boolean(let flag): flag ? "true" : "false"
    case .null, .array, .object: nil
    }
  }
}
