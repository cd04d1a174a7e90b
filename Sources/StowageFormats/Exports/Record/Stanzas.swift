import StowageDiagnostics

/// Text in which each line is `key: value`, and blank lines separate one thing from the next: what
/// `xe`, `virsh`, and PowerShell's `Format-List` print.
enum Stanzas {
  /// The stanzas of a text, in its order. A key that comes again begins a new stanza.
  static func records(_ source: SourceText) -> [ExportRecord] {
    var records: [ExportRecord] = []
    var members: [JSONMember] = []
    var start = TextPosition(line: 1, column: 1)
    func close() {
      if !members.isEmpty { records.append(ExportRecord(members, at: start, file: source.file)) }
      members = []
    }
    for (number, line) in source.lines.enumerated() {
      let position = TextPosition(line: number + 1, column: 1)
      if line.allSatisfy(\.isWhitespace) {
        close()
        continue
      }
      guard let (key, value) = pair(line) else { continue }
      if members.first?.key == key { close() }
      if members.isEmpty { start = position }
      members.append(JSONMember(key, at: position, JSONValue(.string(value), at: position)))
    }
    close()
    return records
  }

  /// The key and value of a line; `xe` writes whether it may be changed behind the key: `( RW)`.
  static func pair(_ line: Substring) -> (key: String, value: String)? {
    guard let colon = line.firstIndex(of: ":") else { return nil }
    var key = line[..<colon].trimmedOfBlanks
    if key.hasSuffix(")"), let open = key.lastIndex(of: "(") {
      let access = key[open...].filter(\.isLetter)
      if ["RO", "RW", "MRO", "MRW", "SRO", "SRW"].contains(access) { key = key[..<open].trimmedOfBlanks }
    }
    guard !key.isEmpty, key.count <= 100 else { return nil }
    return (key, line[line.index(after: colon)...].trimmedOfBlanks)
  }
}

extension SourceText {
  /// The lines, without their ends. A text of one huge line is no lines worth having.
  var lines: [Substring] {
    String(decoding: bytes, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }
}
