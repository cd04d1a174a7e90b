/// The text form of lists and labels in one cell: words separated by `;`, labels as `key=value`.
///
/// A word that holds a separator, a leading quote or blanks at its ends is written in double quotes,
/// with quotes inside it doubled, so that every list comes back as it was.
enum ListCell {
  /// The words of a cell; blanks around words that are not quoted, and empty words, are left out.
  static func words(_ cell: String) -> [String] {
    guard cell.utf8.contains(quote) else { return plainWords(cell) }
    var parser = Parser(cell)
    var words: [String] = []
    while let word = parser.next(stop: [semicolon]) {
      if !word.isEmpty { words.append(word) }
      parser.skipSeparator()
    }
    return words
  }

  /// The labels of a cell, or the first part that is none.
  static func labels(_ cell: String) -> Result<[String: String], NoLabel> {
    var parser = Parser(cell)
    var labels: [String: String] = [:]
    while let key = parser.next(stop: [semicolon, equals]) {
      if parser.isAt(equals) {
        parser.skipSeparator()
        let value = parser.next(stop: [semicolon]) ?? ""
        if key.isEmpty { return .failure(NoLabel(text: "=" + value)) }
        labels[key] = value
      } else if !key.isEmpty {
        return .failure(NoLabel(text: key))
      }
      parser.skipSeparator()
    }
    return .success(labels)
  }

  /// A part of a cell that is not `key=value`.
  struct NoLabel: Error, Equatable {
    /// The part.
    let text: String
  }

  /// The cell for some words.
  static func cell(_ words: [String]) -> String {
    words.map { escaped($0, separators: [semicolon]) }.joined(separator: ";")
  }

  /// The cell for some labels, in the order of their keys.
  static func cell(_ labels: [String: String]) -> String {
    labels.sorted { $0.key < $1.key }.map { key, value in
      escaped(key, separators: [semicolon, equals]) + "=" + escaped(value, separators: [semicolon])
    }.joined(separator: ";")
  }

  private static let semicolon = UInt8(ascii: ";")
  private static let equals = UInt8(ascii: "=")
  private static let quote = UInt8(ascii: "\"")
  private static let blank = UInt8(ascii: " ")

  private static func plainWords(_ cell: String) -> [String] {
    cell.utf8.split(separator: semicolon).compactMap { part in
      let word = trimmed(part)
      return word.isEmpty ? nil : String(Substring(word))
    }
  }

  private static func trimmed(_ part: Substring.UTF8View) -> Substring.UTF8View {
    var part = part
    while part.first == blank { part.removeFirst() }
    while part.last == blank { part.removeLast() }
    return part
  }

  private static func escaped(_ word: String, separators: [UInt8]) -> String {
    let bytes = word.utf8
    let needsQuotes =
      bytes.first == quote || bytes.first == blank || bytes.last == blank
      || bytes.contains(where: separators.contains)
    guard needsQuotes else { return word }
    var quoted = "\""
    for character in word.unicodeScalars {
      if character == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(character)
    }
    return quoted + "\""
  }

  /// Walks over a cell, one word after the other.
  private struct Parser {
    private let bytes: [UInt8]
    private var at = 0
    private var isAtEnd = false

    init(_ cell: String) {
      bytes = Array(cell.utf8)
    }

    func isAt(_ byte: UInt8) -> Bool { at < bytes.count && bytes[at] == byte }

    mutating func skipSeparator() {
      if at < bytes.count { at += 1 } else { isAtEnd = true }
    }

    /// The next word up to one of the separators; `nil` at the end of the cell.
    mutating func next(stop: [UInt8]) -> String? {
      guard !isAtEnd, at < bytes.count else { return nil }
      while isAt(blank) { at += 1 }
      if let word = quotedWord(stop: stop) { return word }
      let start = at
      while at < bytes.count, !stop.contains(bytes[at]) { at += 1 }
      var end = at
      while end > start, bytes[end - 1] == blank { end -= 1 }
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }

    /// A word in quotes, if one starts here and is closed before a separator or the end; a quote
    /// that is never closed is a character like any other.
    private mutating func quotedWord(stop: [UInt8]) -> String? {
      guard isAt(quote) else { return nil }
      var word: [UInt8] = []
      var i = at + 1
      while i < bytes.count {
        if bytes[i] != quote {
          word.append(bytes[i])
          i += 1
        } else if i + 1 < bytes.count, bytes[i + 1] == quote {
          word.append(quote)
          i += 2
        } else {
          i += 1
          while i < bytes.count, bytes[i] == blank { i += 1 }
          guard i == bytes.count || stop.contains(bytes[i]) else { return nil }
          at = i
          return String(decoding: word, as: UTF8.self)
        }
      }
      return nil
    }
  }
}
