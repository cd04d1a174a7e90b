/// The sign that separates the whole part of a number from its fraction.
public enum DecimalSign: Hashable, Sendable {
  /// `0.5`
  case dot
  /// `0,5`
  case comma

  /// The other one.
  var other: DecimalSign { self == .dot ? .comma : .dot }

  /// As a character.
  var character: Character { self == .dot ? "." : "," }
}

/// How a file writes its numbers, decided once for the whole file.
public struct NumberConvention: Hashable, Sendable {
  /// The decimal sign; `nil` when the file shows none, or both.
  public var decimal: DecimalSign?
  /// Whether the file is known to group thousands by the other sign: then `1.234` in a file with
  /// decimal commas is 1234.
  public var groupsThousands: Bool

  /// A convention.
  public init(decimal: DecimalSign?, groupsThousands: Bool) {
    self.decimal = decimal
    self.groupsThousands = groupsThousands
  }

  /// Decimal dots, and no grouping: what the native form prescribes.
  public static let native = NumberConvention(decimal: .dot, groupsThousands: false)
}

extension NumberConvention {
  /// What the cells of tables show that one program wrote together, such as the tabs of an export.
  ///
  /// `0,34375` proves a decimal comma, `1.234,5` that and grouping by dots, `1.234` alone nothing.
  /// Only columns count in which every cell that is not empty looks like a number, so that a
  /// version or an address proves nothing. Contradicting cells leave the sign open: then each cell
  /// must show by itself how it is read.
  public init(inferredFrom tables: [Table]) {
    var evidence = NumberEvidence()
    for table in tables {
      for found in NumberEvidence.ofColumns(of: table) { evidence.add(found) }
    }
    self = evidence.convention
  }

  /// The convention of a table in the native form: decimal dots where commas separate the cells,
  /// and what the cells show where something else does, because spreadsheets of the decimal-comma
  /// countries write it so.
  public init(native table: Table) {
    if table.origin == .text(delimiter: .comma) {
      self = .native
    } else {
      self.init(inferredFrom: [table])
    }
  }
}
