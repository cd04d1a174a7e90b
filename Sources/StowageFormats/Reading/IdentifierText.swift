/// What may name a host, a VM, a link or a rule.
///
/// Any text may, blanks, quotes and control characters included, because platforms let people name
/// things so and the planner must not refuse a fleet for it; reports escape what they show. NUL is
/// refused everywhere, since no command line can carry it.
enum IdentifierText {
  /// The most Unicode scalars of an identifier. Chosen: the length of the longest host name.
  static let longest = 255

  /// What is wrong with a text as an identifier; `nil` when nothing is.
  static func flaw(_ text: String) -> String? {
    // One scalar takes at most four bytes, so short texts need not be counted.
    if text.utf8.count > longest, text.unicodeScalars.count > longest {
      return "has \(text.unicodeScalars.count) characters, more than \(longest)"
    }
    return nil
  }
}
