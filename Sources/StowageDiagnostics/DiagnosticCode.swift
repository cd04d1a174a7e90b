/// The stable name of one kind of problem, in dotted words such as `inventory.duplicate-host`.
///
/// A code never changes its meaning once released: scripts match on it. Each area of the program
/// declares its codes in a file of `Catalogue/`, and ``all`` lists them for the documentation's test.
public struct DiagnosticCode: RawRepresentable, Hashable, Comparable, Sendable {
  /// The dotted words.
  public let rawValue: String

  /// Wraps the dotted words of a code.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Orders codes alphabetically.
  public static func < (left: Self, right: Self) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension DiagnosticCode {
  /// Every code that the program can print, in alphabetical order.
  public static let all: [DiagnosticCode] = (fileCodes + tableCodes + inventoryCodes + ruleCodes + planCodes)
    .sorted()
}
