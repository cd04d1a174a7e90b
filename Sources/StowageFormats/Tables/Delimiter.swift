/// Finds the byte that separates the cells of a text table.
enum Delimiter {
  /// What may separate cells; of two that occur equally often the earlier wins.
  static let candidates: [UInt8] = [.comma, .semicolon, .tab, UInt8(ascii: "|")]

  /// How far the header is looked at, in bytes.
  private static let sniffLimit = 1 << 20

  /// The candidate that occurs most often outside quotes on the line that starts at `offset`;
  /// a comma when none does.
  static func sniff(_ text: UnsafeBufferPointer<UInt8>, from offset: Int) -> UInt8 {
    var counts = [Int](repeating: 0, count: candidates.count)
    var isQuoted = false
    for byte in text[offset...].prefix(sniffLimit) {
      if byte == .quote {
        isQuoted.toggle()
      } else if !isQuoted {
        if byte == .lineFeed || byte == .carriageReturn { break }
        if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
      }
    }
    let most = counts.max() ?? 0
    return most == 0 ? .comma : candidates[counts.firstIndex(of: most) ?? 0]
  }

  /// What stands before the header: the `sep=;` that Excel reads, the `#TYPE` of PowerShell, and
  /// blank lines.
  struct Preamble {
    /// Index of the header's first byte.
    var offset = 0
    /// Line of the header, from 1.
    var line = 1
    /// The separator that the file announces.
    var delimiter: UInt8?
  }

  /// Steps over everything before the header.
  static func preamble(of text: UnsafeBufferPointer<UInt8>) -> Preamble {
    var preamble = Preamble()
    while preamble.offset < text.count {
      let rest = UnsafeBufferPointer(rebasing: text[preamble.offset...])
      let lineEnd = rest.firstIndex { $0 == .lineFeed || $0 == .carriageReturn } ?? rest.count
      let line = UnsafeBufferPointer(rebasing: rest[..<lineEnd])
      if let announced = announced(line) {
        preamble.delimiter = announced
      } else if !line.allSatisfy(\.isBlank) && !starts(line, with: "#type") {
        break
      }
      let isPair =
        lineEnd + 1 < rest.count && rest[lineEnd] == .carriageReturn && rest[lineEnd + 1] == .lineFeed
      preamble.offset = min(text.count, preamble.offset + lineEnd + (isPair ? 2 : 1))
      preamble.line += 1
    }
    return preamble
  }

  /// The separator of a line `sep=;`, with or without quotes around it.
  private static func announced(_ line: UnsafeBufferPointer<UInt8>) -> UInt8? {
    var letters = Array(line.prefix(8))
    if letters.first == .quote && letters.last == .quote { letters = Array(letters.dropFirst().dropLast()) }
    guard letters.count == 5, letters.prefix(4).map(\.lowercasedASCII) == Array("sep=".utf8) else {
      return nil
    }
    return candidates.contains(letters[4]) ? letters[4] : nil
  }

  private static func starts(_ line: UnsafeBufferPointer<UInt8>, with word: String) -> Bool {
    line.prefix(word.utf8.count).map(\.lowercasedASCII) == Array(word.utf8)
  }
}
