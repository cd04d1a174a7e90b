/// A value on its way into a CSV file.
public enum CSVCell: Hashable, Sendable {
  /// Nothing is known.
  case empty
  /// Free text, or anything that came from an inventory.
  case text(String)
  /// A finite number.
  case number(Double)
  /// A whole number.
  case integer(Int)
  /// `true` or `false`.
  case boolean(Bool)

  /// The cell as text, before quoting.
  var plainText: String {
    switch self {
    case .empty: ""
    case .text(let text): text
    case .number(let number): DecimalText.of(number)
    case .integer(let number): String(number)
    case .boolean(let flag): flag ? "true" : "false"
    }
  }
}

extension CSVCell: ExpressibleByStringLiteral {
  /// A text.
  public init(stringLiteral value: String) { self = .text(value) }
}

extension CSVCell {
  /// A text, or nothing.
  public init(_ text: String?) { self = text.map { .text($0) } ?? .empty }
  /// A number, or nothing.
  public init(_ number: Double?) { self = number.map { .number($0) } ?? .empty }
  /// A whole number, or nothing.
  public init(_ number: Int?) { self = number.map { .integer($0) } ?? .empty }
  /// A boolean, or nothing.
  public init(_ flag: Bool?) { self = flag.map { .boolean($0) } ?? .empty }
  /// Texts separated by `;`, as lists stand in one cell.
  public init(_ texts: [String]) { self = texts.isEmpty ? .empty : .text(texts.joined(separator: ";")) }
}
