/// The form of a number as text: sign, digits, separators, exponent. It says in how many ways the
/// text can be read, and not yet which one is right.
struct NumberShape {
  /// How the digits are separated.
  enum Form: Equatable {
    /// `1234`
    case whole
    /// `12.5`, `0.125`, `1234.567`: the separator can only be a decimal sign.
    case decimal(DecimalSign)
    /// `1.234`: a decimal sign or a thousands separator.
    case ambiguous(DecimalSign)
    /// `1.234.567`, `1.234,5`: grouped by the sign given, with or without decimals by the other.
    case grouped(DecimalSign, hasDecimals: Bool)
    /// `1 234`, `1'234,5`: grouped by a blank or an apostrophe.
    case groupedByBlank(decimal: DecimalSign?)
  }

  private(set) var form: Form
  private let isNegative: Bool
  private let groups: [Group]
  private let exponent: Substring.UTF8View

  private struct Group {
    var digits: String
    /// What stands before it: `nil` for the first group.
    var separator: Separator?
  }

  fileprivate enum Separator {
    case dot, comma, blank
  }

  /// Reads `bytes`; `nil` when they are no number at all, such as `nan`, `1e`, `12-3` or `1,2.3,4`.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var scanner = Scanner(bytes)
    isNegative = scanner.sign()
    groups = scanner.groups()
    guard let exponent = scanner.exponent(), scanner.isAtEnd,
      groups.contains(where: { !$0.digits.isEmpty })
    else { return nil }
    self.exponent = exponent.utf8
    form = .whole
    guard let form = Self.form(of: groups, hasExponent: !exponent.isEmpty) else { return nil }
    self.form = form
  }

  private static func form(of groups: [Group], hasExponent: Bool) -> Form? {
    let separators = groups.dropFirst().compactMap(\.separator)
    guard let last = separators.last, let first = separators.first else { return .whole }
    let lead = groups[0].digits
    if separators.count == 1 {
      guard let sign = first.decimalSign else {
        return isGrouping(groups) ? .groupedByBlank(decimal: nil) : nil
      }
      let looksGrouped = isGrouping(groups) && !lead.hasPrefix("0") && !hasExponent
      return looksGrouped ? .ambiguous(sign) : .decimal(sign)
    }
    let isUniform = separators.allSatisfy { $0 == first }
    guard isUniform || separators.dropLast().allSatisfy({ $0 == first }) else { return nil }
    guard isGrouping(isUniform ? groups : Array(groups.dropLast())) else { return nil }
    guard let grouping = first.decimalSign else {
      if isUniform { return .groupedByBlank(decimal: nil) }
      return last.decimalSign.map { .groupedByBlank(decimal: $0) }
    }
    if isUniform { return .grouped(grouping, hasDecimals: false) }
    return last.decimalSign == nil ? nil : .grouped(grouping, hasDecimals: true)
  }

  /// Whether the groups are thousands: one to three digits, then threes.
  private static func isGrouping(_ groups: [Group]) -> Bool {
    (1...3).contains(groups[0].digits.utf8.count)
      && groups.dropFirst().allSatisfy { $0.digits.utf8.count == 3 }
  }

  /// Four groups of at most 255, as `10.100.200.123` has.
  var looksLikeAddress: Bool {
    groups.count == 4 && groups.allSatisfy { (Int($0.digits) ?? 256) < 256 }
  }

  /// The value when the last separator is (or is not) a decimal sign.
  func value(lastIsDecimal: Bool) -> Double? {
    var text = isNegative ? "-" : ""
    for (index, group) in groups.enumerated() {
      if lastIsDecimal && index == groups.count - 1 && index > 0 { text += "." }
      text += group.digits
    }
    if text.hasSuffix(".") { text += "0" }
    if !exponent.isEmpty { text += "e" + String(Substring(exponent)) }
    return Double(text)
  }

  private struct Scanner {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var isAtEnd: Bool { index == bytes.count }

    mutating func sign() -> Bool {
      guard index < bytes.count else { return false }
      let byte = bytes[index]
      guard byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") else { return false }
      index += 1
      return byte == UInt8(ascii: "-")
    }

    mutating func groups() -> [Group] {
      var groups = [Group(digits: digits(), separator: nil)]
      while let separator = separator() { groups.append(Group(digits: digits(), separator: separator)) }
      return groups
    }

    private mutating func digits() -> String {
      let start = index
      while index < bytes.count && bytes[index].isDigit { index += 1 }
      return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private mutating func separator() -> Separator? {
      for (symbol, separator) in Separator.symbols
      where bytes[index...].starts(with: symbol) {
        index += symbol.count
        return separator
      }
      return nil
    }

    /// The digits and sign after `e`; empty without one, `nil` when nothing follows the `e`.
    mutating func exponent() -> Substring? {
      guard index < bytes.count, bytes[index].lowercasedASCII == UInt8(ascii: "e") else { return "" }
      index += 1
      let isNegative = sign()
      let digits = digits()
      return digits.isEmpty ? nil : (isNegative ? "-" : "") + digits
    }
  }
}

extension NumberShape.Separator {
  /// The bytes of each separator: dot, comma, space, apostrophe, no-break space, narrow no-break
  /// space, right single quotation mark (Swiss spreadsheets).
  fileprivate static let symbols: [([UInt8], Self)] = [
    ([.dot], .dot), ([.comma], .comma), ([.space], .blank), ([UInt8(ascii: "'")], .blank),
    ([0xC2, 0xA0], .blank), ([0xE2, 0x80, 0xAF], .blank), ([0xE2, 0x80, 0x99], .blank),
  ]

  fileprivate var decimalSign: DecimalSign? {
    switch self {
    case .dot: .dot
    case .comma: .comma
    case .blank: nil
    }
  }
}
