/// What the cells of a table say about the way in which it writes numbers.
struct NumberEvidence {
  private var decimalDot = false
  private var decimalComma = false
  private var groupingDot = false
  private var groupingComma = false

  init() {}

  /// What one column says; `nil` when something in it is no number.
  init?(of column: TableColumn, in table: Table) {
    for row in table.rows {
      let range = table.range(row, column)
      if range.length == 0 || range.isTypedNumber { continue }
      let isNumber = table.withBytes(of: range) { add($0.trimmed()) }
      guard isNumber else { return nil }
    }
  }

  /// Takes a cell in; whether it looks like a number, a unit after it aside.
  private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if bytes.allSatisfy(\.isDigit) { return true }
    guard let shape = NumberShape(UnsafeBufferPointer(rebasing: bytes[..<Quantity.numberEnd(bytes)])) else {
      return false
    }
    switch shape.form {
    case .whole, .ambiguous: break
    case .decimal(.dot): decimalDot = true
    case .decimal(.comma): decimalComma = true
    case .grouped(.dot, _):
      if shape.looksLikeAddress { return false }
      groupingDot = true
    case .grouped(.comma, _): groupingComma = true
    case .groupedByBlank(let decimal):
      if decimal == .dot { decimalDot = true }
      if decimal == .comma { decimalComma = true }
    }
    return true
  }

  /// Takes in what another column says.
  mutating func add(_ other: NumberEvidence) {
    decimalDot = decimalDot || other.decimalDot
    decimalComma = decimalComma || other.decimalComma
    groupingDot = groupingDot || other.groupingDot
    groupingComma = groupingComma || other.groupingComma
  }

  /// Who groups by a sign does not use it for decimals.
  var convention: NumberConvention {
    let dot = decimalDot || groupingComma
    let comma = decimalComma || groupingDot
    if dot == comma { return NumberConvention(decimal: nil, groupsThousands: false) }
    return NumberConvention(decimal: dot ? .dot : .comma, groupsThousands: dot ? groupingComma : groupingDot)
  }
}
