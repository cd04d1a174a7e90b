/// A string that names one kind of thing.
///
/// Hosts, VMs, rules and links each have an identifier type of their own, so that the compiler
/// tells them apart. Identifiers compare by Unicode scalars, the same on every machine and locale.
public protocol Identifier: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible,
  ExpressibleByStringLiteral
where RawValue == String {
  /// Wraps the text of an identifier.
  init(_ text: String)
}

extension Identifier {
  /// Wraps the text of an identifier.
  public init(rawValue: String) {
    self.init(rawValue)
  }

  /// Wraps a literal.
  public init(stringLiteral value: String) {
    self.init(value)
  }

  /// The text itself.
  public var description: String { rawValue }

  /// Orders identifiers by their Unicode scalars.
  public static func < (left: Self, right: Self) -> Bool {
    left.rawValue < right.rawValue
  }
}
