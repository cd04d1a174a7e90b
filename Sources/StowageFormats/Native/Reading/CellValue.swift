import StowageDiagnostics
import StowageModel

/// What the text of a cell means in a column.
enum CellValue {
  /// Nothing: unknown.
  case unknown
  /// A value that the column may have.
  case value(NativeValue)
  /// Something that the column may not have.
  case flaw(CellFlaw)
}

/// Why a cell does not hold what its column may have.
struct CellFlaw: Error {
  /// The kind of problem.
  var code = DiagnosticCode.tableBadValue
  /// What is wrong, as the end of a sentence that starts with the column: `is 'abc', not a number`.
  let summary: String
  /// What to do about it.
  let remedy: String
}

extension ColumnKind {
  /// The meaning of a text, blanks around it included; for numbers see ``value(number:)``.
  func value(text: String) -> CellValue {
    if text.utf8.allSatisfy(\.isBlank) { return .unknown }
    if text.utf8.contains(0) { return .flaw(Self.nul) }
    switch self {
    case .identifier: return Self.identifier(text)
    case .text: return .value(.text(text))
    case .flag: return Self.flag(text)
    case .choice(let words): return Self.choice(text, words)
    case .list: return .value(.list(ListCell.words(text)))
    case .choices(let words): return Self.choices(ListCell.words(text), words)
    case .labels: return Self.labels(text)
    case .week: return Self.week(ListCell.words(text).map { Double($0) })
    case .number, .wholeNumber:
      guard let number = Double(text), number.isFinite else { return .flaw(Self.noNumber(text)) }
      return value(number: number)
    }
  }

  /// The meaning of a number.
  func value(number: Double) -> CellValue {
    switch self {
    case .number(let range, _): return Self.inRange(number, range)
    case .wholeNumber(let range):
      guard number == number.rounded() else {
        return .flaw(CellFlaw(summary: "is \(DecimalText.of(number))", remedy: "write a whole number"))
      }
      return Self.inRange(number, range)
    case .flag where number == 0 || number == 1: return .value(.flag(number == 1))
    case .identifier, .text, .flag, .choice, .list, .choices, .labels, .week:
      return .flaw(CellFlaw(summary: "is a number, not \(noun)", remedy: "write it in quotes"))
    }
  }

  /// The meaning of several words.
  func value(words: [String]) -> CellValue {
    let words = words.filter { !$0.isEmpty }
    switch self {
    case .list: return .value(.list(words))
    case .choices(let known): return Self.choices(words, known)
    case .week: return Self.week(words.map { Double($0) })
    case .identifier, .text, .number, .wholeNumber, .flag, .choice, .labels:
      return .flaw(CellFlaw(summary: "is a list, not \(noun)", remedy: "write one value"))
    }
  }

  /// What a value of this kind is called.
  var noun: String {
    switch self {
    case .identifier, .text, .choice: "text"
    case .number, .wholeNumber: "a number"
    case .flag: "true or false"
    case .list, .choices: "a list"
    case .labels: "an object of labels"
    case .week: "a list of 168 numbers"
    }
  }

  /// Whether a text is read as a number, and if so whether the number is whole by nature.
  var numeric: (isNumber: Bool, isWhole: Bool) {
    switch self {
    case .number(_, let isWhole): (true, isWhole)
    case .wholeNumber: (true, true)
    case .identifier, .text, .flag, .choice, .list, .choices, .labels, .week: (false, false)
    }
  }

  /// The meaning of a number as a cell has it.
  func value(_ reading: NumberReading, _ text: @autoclosure () -> String) -> CellValue {
    switch reading {
    case .value(let number): return value(number: number)
    case .ambiguous:
      return .flaw(
        CellFlaw(
          code: .tableAmbiguousNumber,
          summary: "is \(Diagnostic.quoted(text())), which can be read as thousands or as a fraction",
          remedy: "write it without a thousands separator, and with no fraction of exactly three digits"))
    case .otherSign(let sign):
      return .flaw(
        CellFlaw(
          summary:
            "is \(Diagnostic.quoted(text())), with '\(sign.character)' as decimal sign unlike the rest",
          remedy: "write '\(sign.other.character)' as decimal sign"))
    case .none: return .flaw(Self.noNumber(text()))
    }
  }

  /// The flaw of a text that no CSV file and no command line can carry.
  static let nul = CellFlaw(summary: "contains the character NUL", remedy: "remove it")

  /// The flaw of a text that is no number.
  static func noNumber(_ text: String) -> CellFlaw {
    CellFlaw(
      summary: "is \(Diagnostic.quoted(text)), not a number",
      remedy: "write a number, or leave it empty if unknown")
  }

  private static func inRange(_ number: Double, _ range: NumberRange) -> CellValue {
    if range.contains(number) { return .value(.number(number)) }
    return .flaw(
      CellFlaw(
        summary: "is \(DecimalText.of(number))",
        remedy: "write a number \(range.words), or leave it empty if unknown"))
  }

  private static func identifier(_ text: String) -> CellValue {
    guard let flaw = IdentifierText.flaw(text) else { return .value(.text(text)) }
    return .flaw(CellFlaw(summary: flaw, remedy: "use a shorter id"))
  }

  private static func flag(_ text: String) -> CellValue {
    // Nearly all cells have the word as it is.
    if text == "true" { return .value(.flag(true)) }
    if text == "false" { return .value(.flag(false)) }
    switch trimmed(text).lowercased() {
    case "true", "1", "yes", "y": return .value(.flag(true))
    case "false", "0", "no", "n": return .value(.flag(false))
    default:
      return .flaw(
        CellFlaw(summary: "is \(Diagnostic.quoted(text)), not true or false", remedy: "write true or false"))
    }
  }

  /// A figure for each hour of the week; `nil` stands for what is no number.
  static func week(_ numbers: [Double?]) -> CellValue {
    let range = NumberRange.notNegative
    let remedy = "write 168 numbers \(range.words), those of Monday 0:00 to 1:00 UTC first"
    guard numbers.count == WeekProfile.hourCount else {
      return .flaw(CellFlaw(summary: "has \(numbers.count) figures, not 168", remedy: remedy))
    }
    let figures = numbers.compactMap { $0.flatMap { range.contains($0) ? $0 : nil } }
    guard figures.count == numbers.count else {
      let position = numbers.firstIndex { !($0.map(range.contains) ?? false) } ?? 0
      return .flaw(
        CellFlaw(summary: "has no number \(range.words) at place \(position + 1)", remedy: remedy))
    }
    return .value(.numbers(figures))
  }

  private static func choice(_ text: String, _ known: [String]) -> CellValue {
    // Nearly all cells have the word as it is.
    if known.contains(text) { return .value(.text(text)) }
    let word = trimmed(text).lowercased()
    if known.contains(word) { return .value(.text(word)) }
    return .flaw(unknownWord(text, known))
  }

  private static func choices(_ words: [String], _ known: [String]) -> CellValue {
    let lowered = words.map { $0.lowercased() }
    if let position = lowered.firstIndex(where: { !known.contains($0) }) {
      return .flaw(unknownWord(words[position], known))
    }
    return lowered.isEmpty ? .unknown : .value(.list(lowered))
  }

  private static func unknownWord(_ text: String, _ known: [String]) -> CellFlaw {
    CellFlaw(
      summary: "is \(Diagnostic.quoted(text))",
      remedy: Suggestion.remedy(
        for: text, among: known, otherwise: "write one of \(known.joined(separator: ", "))"))
  }

  private static func labels(_ text: String) -> CellValue {
    switch ListCell.labels(text) {
    case .success(let labels): return labels.isEmpty ? .unknown : .value(.labels(labels))
    case .failure(let part):
      return .flaw(
        CellFlaw(
          summary: "has the part \(Diagnostic.quoted(part.text)), which is no label",
          remedy: "write labels as key=value, separated by ';'"))
    }
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
