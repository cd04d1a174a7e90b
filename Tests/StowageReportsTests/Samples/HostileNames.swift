/// Names that try to become something else than a name.
enum HostileNames {
  static let all = [
    "a'; rm -rf ~ #", "$(touch /tmp/stowage-owned)", "`touch /tmp/stowage-owned`", "-rf", "--help", "--live",
    "a\nb", "a\r\nvirsh destroy b", "\n```\nrm -rf ~\n```", "\u{1b}[2J\u{1b}[H", "a\u{202e}b", "\u{0}", "",
    " ",
    "'", "''", "\\", "\\'", "\"", "\"\u{301}", "<\u{338}", "'\u{301} onmouseover='x", "a b", "a\tb", "*", "?",
    "~", "!!", "!ls", "a;b", "a&b", "a|b", "a||b", "a>b", "a<b", "{a,b}", "[x](http://evil.example)",
    "![x](http://evil.example/x.png)", "<script>alert(1)</script>", "</style><script>alert(1)</script>",
    "</svg><img src=x onerror=alert(1)>", "| a | b |", "``", "` `", "```", "````", "# heading", "- item",
    "=cmd|' /C calc'!A0", "{{{name}}}", "{{> partial}}", "%s%n", "a/../../b", "host?command=evil",
    "user@host", "[::1]:22", "☃", "日本語", "a\u{301}", String(repeating: "x", count: 300), "www.evil.example",
    "http://evil.example", "a\u{85}b", "a\u{2028}b", "&lt;", "&#60;script&#62;",
  ]

  /// A string made of random bytes, read as UTF-8 with replacements.
  static func random(using generator: inout SeededGenerator) -> String {
    let length = Int.random(in: 0...24, using: &generator)
    let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A string made of signs that shells, Markdown and HTML give a meaning.
  static func signs(using generator: inout SeededGenerator) -> String {
    let alphabet = Array("'\"`$\\|&;<>(){}[]*?!#~-=%@:/ \n\t\u{301}\u{202e}ab".unicodeScalars)
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...24, using: &generator) {
      text.append(alphabet[Int.random(in: 0..<alphabet.count, using: &generator)])
    }
    return String(text)
  }
}
