/// What the cells of a table say about the way in which it writes numbers.
struct NumberEvidence {
  private var decimalDot = false
  private var decimalComma = false
  private var groupingDot = false
  private var groupingComma = false

  init() {}

  /// What each column says in which everything is a number.
  ///
  /// Row by row, as the cells lie in memory; most columns are out after the first.
  static func ofColumns(of table: Table) -> [NumberEvidence] {
    var columns = table.columns.map { (column: $0, evidence: NumberEvidence()) }
    for row in table.rows {
      var position = 0
      while position < columns.count {
        let range = table.range(row, columns[position].column)
        if range.length == 0 || range.isTypedNumber
          || table.withBytes(of: range, { columns[position].evidence.add($0.trimmed()) })
        {
          position += 1
        } else {
          columns.remove(at: position)
        }
      }
    }
    return columns.map(\.evidence)
  }

  /// Takes a cell in; whether it looks like a number, a unit after it aside.
  private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if bytes.allSatisfy(\.isDigit) { return true }
    // A dash for nothing tells no more than an empty cell.
    if bytes.count == 1, bytes[0] == UInt8(ascii: "-") { return true }
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
