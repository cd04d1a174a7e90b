extension StringProtocol {
  /// Without blanks and line ends around it.
  var trimmedOfBlanks: String {
    let start = drop(while: \.isWhitespace)
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }

  /// The parts between separators, without blanks around them; empty ones are left out.
  func parts(separatedBy separators: Set<Character>) -> [String] {
    split(whereSeparator: separators.contains).map(\.trimmedOfBlanks).filter { !$0.isEmpty }
  }
}
