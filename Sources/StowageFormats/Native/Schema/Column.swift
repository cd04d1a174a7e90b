import StowageModel

/// One column of a native table: its name, what its values look like, and where they live in the
/// model.
///
/// This is the only place that ties a name in a file to a property. Reading and writing, CSV and
/// JSON, all go through it, so they cannot drift apart.
struct Column<Row: Sendable>: Sendable {
  /// Where a value lives in a row.
  typealias Property<Value> = any WritableKeyPath<Row, Value> & Sendable

  /// The header in CSV and the key in JSON, with the unit in it.
  let name: String
  /// What the values look like.
  let kind: ColumnKind
  /// Whether a row without a value cannot be used.
  let isRequired: Bool
  /// Puts a value, already of the right kind and in range, into a row.
  let set: @Sendable (NativeValue, inout Row) -> Void
  /// Takes the value out of a row; `nil` when it is unknown.
  let get: @Sendable (Row) -> NativeValue?
}

extension Column {
  /// The name that other rows refer to; every row has one.
  static func id<ID: Identifier>(_ name: String, _ path: Property<ID>) -> Column {
    Column(name: name, kind: .identifier, isRequired: true) { value, row in
      if case .text(let text) = value { row[keyPath: path] = ID(text) }
    } get: {
      .text($0[keyPath: path].rawValue)
    }
  }

  /// The name that other rows refer to, where the model has no identifier type of its own.
  static func id(_ name: String, _ path: Property<String>) -> Column {
    requiredText(name, path, .identifier)
  }

  /// The name of something else that must be told.
  static func requiredText(
    _ name: String, _ path: Property<String>, _ kind: ColumnKind = .text
  ) -> Column {
    Column(name: name, kind: kind, isRequired: true) { value, row in
      if case .text(let text) = value { row[keyPath: path] = text }
    } get: {
      .text($0[keyPath: path])
    }
  }

  /// The name of something that is listed elsewhere.
  static func reference<ID: Identifier>(
    _ name: String, _ path: Property<ID?>
  ) -> Column {
    Column(name: name, kind: .identifier, isRequired: false) { value, row in
      if case .text(let text) = value { row[keyPath: path] = ID(text) }
    } get: {
      $0[keyPath: path].map { .text($0.rawValue) }
    }
  }

  /// Words that may be unknown.
  static func text(_ name: String, _ path: Property<String?>) -> Column {
    Column(name: name, kind: .text, isRequired: false) { value, row in
      if case .text(let text) = value { row[keyPath: path] = text }
    } get: {
      $0[keyPath: path].map(NativeValue.text)
    }
  }

  /// A number that must be told.
  static func number(
    _ name: String, _ path: Property<Double>, _ range: NumberRange, isWholeByNature: Bool = true
  ) -> Column {
    Column(name: name, kind: .number(range, isWholeByNature: isWholeByNature), isRequired: true) {
      value, row in
      if case .number(let number) = value { row[keyPath: path] = number }
    } get: {
      .number($0[keyPath: path])
    }
  }

  /// A number that may be unknown.
  static func number(
    _ name: String, _ path: Property<Double?>, _ range: NumberRange, isWholeByNature: Bool = false
  ) -> Column {
    Column(name: name, kind: .number(range, isWholeByNature: isWholeByNature), isRequired: false) {
      value, row in
      if case .number(let number) = value { row[keyPath: path] = number }
    } get: {
      $0[keyPath: path].map(NativeValue.number)
    }
  }

  /// A count that may be unknown.
  static func count(
    _ name: String, _ path: Property<Int?>, _ range: NumberRange = .count
  ) -> Column {
    Column(name: name, kind: .wholeNumber(range), isRequired: false) { value, row in
      if case .number(let number) = value { row[keyPath: path] = Int(number) }
    } get: {
      $0[keyPath: path].map { .number(Double($0)) }
    }
  }

  /// Yes or no, or unknown.
  static func flag(_ name: String, _ path: Property<Bool?>) -> Column {
    Column(name: name, kind: .flag, isRequired: false) { value, row in
      if case .flag(let flag) = value { row[keyPath: path] = flag }
    } get: {
      $0[keyPath: path].map(NativeValue.flag)
    }
  }

  /// Yes or no, with a default that the blank row holds.
  static func flag(_ name: String, _ path: Property<Bool>) -> Column {
    Column(name: name, kind: .flag, isRequired: false) { value, row in
      if case .flag(let flag) = value { row[keyPath: path] = flag }
    } get: {
      .flag($0[keyPath: path])
    }
  }

  /// One of a few words, with a default that the blank row holds.
  static func choice<Choice: CaseIterable & RawRepresentable & Sendable>(
    _ name: String, _ path: Property<Choice>
  ) -> Column where Choice.RawValue == String {
    Column(name: name, kind: .choice(Choice.allCases.map(\.rawValue)), isRequired: false) { value, row in
      if case .text(let text) = value, let choice = Choice(rawValue: text) { row[keyPath: path] = choice }
    } get: {
      .text($0[keyPath: path].rawValue)
    }
  }

  /// Any number of words; none is written as nothing.
  static func list(_ name: String, _ path: Property<[String]>) -> Column {
    Column(name: name, kind: .list, isRequired: false) { value, row in
      if case .list(let words) = value { row[keyPath: path] = words }
    } get: {
      $0[keyPath: path].isEmpty ? nil : .list($0[keyPath: path])
    }
  }

  /// Any number of names of one kind.
  static func references<ID: Identifier>(
    _ name: String, _ path: Property<[ID]>
  ) -> Column {
    Column(name: name, kind: .list, isRequired: false) { value, row in
      if case .list(let words) = value { row[keyPath: path] = words.map { ID($0) } }
    } get: {
      $0[keyPath: path].isEmpty ? nil : .list($0[keyPath: path].map(\.rawValue))
    }
  }

  /// Any number of a few words; written in the order of their names.
  static func choices<Choice: CaseIterable & RawRepresentable & Hashable & Sendable>(
    _ name: String, _ path: Property<Set<Choice>>
  ) -> Column where Choice.RawValue == String {
    Column(name: name, kind: .choices(Choice.allCases.map(\.rawValue)), isRequired: false) { value, row in
      if case .list(let words) = value { row[keyPath: path] = Set(words.compactMap(Choice.init)) }
    } get: {
      $0[keyPath: path].isEmpty ? nil : .list($0[keyPath: path].map(\.rawValue).sorted())
    }
  }

  /// Any number of a few words, or unknown; naming none is the same as unknown.
  static func choices<Choice: CaseIterable & RawRepresentable & Hashable & Sendable>(
    _ name: String, _ path: Property<Set<Choice>?>
  ) -> Column where Choice.RawValue == String {
    Column(name: name, kind: .choices(Choice.allCases.map(\.rawValue)), isRequired: false) { value, row in
      if case .list(let words) = value { row[keyPath: path] = Set(words.compactMap(Choice.init)) }
    } get: {
      $0[keyPath: path].map { .list($0.map(\.rawValue).sorted()) }
    }
  }

  /// A figure for each hour of the week, or unknown.
  static func week(_ name: String, _ path: Property<WeekProfile?>) -> Column {
    Column(name: name, kind: .week, isRequired: false) { value, row in
      if case .numbers(let hours) = value { row[keyPath: path] = WeekProfile(hours: hours) }
    } get: {
      $0[keyPath: path].map { .numbers($0.hours) }
    }
  }

  /// Keys with their values; none is written as nothing.
  static func labels(_ name: String, _ path: Property<[String: String]>) -> Column {
    Column(name: name, kind: .labels, isRequired: false) { value, row in
      if case .labels(let labels) = value { row[keyPath: path] = labels }
    } get: {
      $0[keyPath: path].isEmpty ? nil : .labels($0[keyPath: path])
    }
  }
}
