/// The stable name of one kind of finding, in dotted words such as `verify.capacity`.
///
/// A code never changes its meaning once released: scripts match on it.
public struct FindingCode: RawRepresentable, Hashable, Comparable, Sendable {
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

extension FindingCode {
  /// Every code that a verdict can carry, in alphabetical order.
  public static let all: [FindingCode] =
    (documentCodes + movementCodes + timingCodes + capacityCodes + networkCodes + ruleCodes + targetCodes
    + estimateCodes + claimCodes + overloadCodes + recoveryCodes + spaceCodes).sorted()
}
