/// A pattern for ids: `*` stands for any run of characters, `?` for exactly one.
public struct Glob: Hashable, Sendable {
  /// The pattern as written.
  public let pattern: String

  /// Wraps a pattern.
  public init(_ pattern: String) {
    self.pattern = pattern
  }

  /// Whether the pattern is a plain id without wildcards.
  public var isLiteral: Bool {
    !pattern.utf8.contains(where: Self.isWildcard)
  }

  private static func isWildcard(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "*") || byte == UInt8(ascii: "?")
  }

  /// Whether the whole of `text` matches.
  ///
  /// The usual two-pointer walk: on a mismatch it returns to the last `*` and lets it take one
  /// character more. Quadratic at worst, never exponential.
  public func matches(_ text: String) -> Bool {
    if isLiteral { return pattern == text }
    // Most ids differ from a pattern before its first wildcard; those need no walk.
    guard text.utf8.starts(with: self.pattern.utf8.prefix { !Self.isWildcard($0) }) else { return false }
    if self.pattern == "*" { return true }
    let pattern = Array(pattern.unicodeScalars)
    let text = Array(text.unicodeScalars)
    var patternAt = 0
    var textAt = 0
    var starAt: Int?
    var textAtStar = 0
    while textAt < text.count {
      if patternAt < pattern.count, pattern[patternAt] == "*" {
        starAt = patternAt
        textAtStar = textAt
        patternAt += 1
      } else if patternAt < pattern.count, pattern[patternAt] == "?" || pattern[patternAt] == text[textAt] {
        patternAt += 1
        textAt += 1
      } else if let star = starAt {
        patternAt = star + 1
        textAtStar += 1
        textAt = textAtStar
      } else {
        return false
      }
    }
    return pattern[patternAt...].allSatisfy { $0 == "*" }
  }
}
