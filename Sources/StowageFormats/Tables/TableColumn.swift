/// A column of a table.
public struct TableColumn: Hashable, Sendable {
  /// Its index among the columns, from 0.
  public let index: Int
  /// Its header, without blanks around it.
  public let name: String

  /// What headers are compared by: they may differ in case.
  var key: String { Self.key(name) }

  /// What a header is compared by.
  static func key(_ name: String) -> String { name.lowercased() }
}
