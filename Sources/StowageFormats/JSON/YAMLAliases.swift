/// Counts the anchors and aliases of a YAML text, before anything follows them.
///
/// Nine anchors that each hold nine aliases of the one before unfold to a thousand million values.
struct YAMLAliases {
  private var anchors = 0
  private var aliases = 0

  /// How many copies a document may make of a value at most.
  private static let copyLimit = 10_000.0

  /// Counts everything that may be one, also within quotes, where it is text: too many is safe.
  init(_ bytes: [UInt8]) {
    var previous = UInt8.lineFeed
    for index in bytes.indices.dropLast() {
      let byte = bytes[index]
      let next = bytes[index + 1]
      // Beyond ASCII lie further line ends.
      let startsToken = previous.isBlank || previous >= 0x80 || Self.openers.contains(previous)
      if startsToken && !next.isBlank && next != .quote && next != UInt8(ascii: "'") {
        if byte == UInt8(ascii: "&") { anchors += 1 }
        if byte == UInt8(ascii: "*") { aliases += 1 }
      }
      previous = byte
    }
  }

  private static let openers = Array("[{,:-?!".utf8)

  /// Whether the text cannot unfold to much more than it is. With *a* anchors and *n* aliases no
  /// value is copied more than (n/a)ᵃ times, nor more than eⁿᐟᵉ: the worst is to spread the aliases
  /// evenly over a chain of anchors.
  var areHarmless: Bool {
    guard anchors > 0, aliases > 0 else { return true }
    let links = max(1, min(Double(anchors), (Double(aliases) / 2.718).rounded()))
    var copies = 1.0
    for _ in 0..<Int(links) where copies <= Self.copyLimit { copies *= max(1, Double(aliases) / links) }
    return copies <= Self.copyLimit
  }
}
