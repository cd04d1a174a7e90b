/// A recursive-descent parser over valid UTF-8 that knows the position of everything.
struct JSONParser {
  let text: UnsafeBufferPointer<UInt8>
  /// Index of the next byte.
  var offset = 0
  /// Keys found twice within one object.
  private(set) var duplicates: [DuplicateKey] = []
  private var keys = KeyTable()
  private var depth = 0

  // The column of a byte is its distance from the line's start, without the bytes that continue a
  // character; only strings have those. Counting them on the way makes each position cost nothing,
  // also in a document of one line.
  private var line = 1
  private var lineStart = 0
  var continuationBytes = 0

  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
  }

  /// The position of the next byte.
  var position: TextPosition {
    TextPosition(line: line, column: offset - lineStart - continuationBytes + 1)
  }

  /// The next byte, or `nil` at the end.
  var byte: UInt8? { offset < text.count ? text[offset] : nil }

  /// The one value of the text, and nothing after it.
  mutating func document() -> Result<JSONValue, JSONProblem> {
    do throws(JSONProblem) {
      skipBlanks()
      guard byte != nil else {
        throw JSONProblem(
          position: position, summary: "the document is empty", remedy: "export the file again")
      }
      let value = try value()
      skipBlanks()
      guard byte == nil else {
        throw problem(
          "something follows the end of the document", remedy: "remove it, or write one list around all")
      }
      return .success(value)
    } catch {
      return .failure(error)
    }
  }

  /// The values of a text that has one after the other, as some tools write them.
  mutating func documents() -> Result<[JSONValue], JSONProblem> {
    var values: [JSONValue] = []
    do throws(JSONProblem) {
      skipBlanks()
      while byte != nil {
        values.append(try value())
        skipBlanks()
      }
      return .success(values)
    } catch {
      return .failure(error)
    }
  }

  mutating func skipBlanks() {
    while let byte, byte.isBlank {
      offset += 1
      let isPair = byte == .carriageReturn && self.byte == .lineFeed
      if byte == .lineFeed || byte == .carriageReturn && !isPair {
        line += 1
        lineStart = offset
        continuationBytes = 0
      }
    }
  }

  private mutating func value() throws(JSONProblem) -> JSONValue {
    let start = position
    switch byte {
    case UInt8(ascii: "{"): return JSONValue(.object(try object(from: start)), at: start)
    case UInt8(ascii: "["): return JSONValue(.array(try array(from: start)), at: start)
    case .quote: return JSONValue(.string(try string()), at: start)
    case let byte? where byte.isDigit || byte == UInt8(ascii: "-"):
      return JSONValue(.number(try number()), at: start)
    default: return JSONValue(try word(), at: start)
    }
  }

  private mutating func word() throws(JSONProblem) -> JSONValue.Content {
    if skip("null") { return .null }
    if skip("true") { return .boolean(true) }
    if skip("false") { return .boolean(false) }
    throw unexpected("a value")
  }

  private mutating func skip(_ word: StaticString) -> Bool {
    let end = offset + word.utf8CodeUnitCount
    guard end <= text.count else { return false }
    for index in offset..<end where text[index] != word.utf8Start[index - offset] { return false }
    // `nullx` is no word.
    if end < text.count && (text[end].lowercasedASCII &- 0x61 < 26 || text[end].isDigit) { return false }
    offset = end
    return true
  }

  private mutating func enter(_ opening: TextPosition) throws(JSONProblem) {
    depth += 1
    offset += 1
    guard depth <= JSONValue.depthLimit else {
      throw JSONProblem(
        position: opening, summary: "lists and objects are nested more than \(JSONValue.depthLimit) deep",
        remedy: "check what wrote this file")
    }
    skipBlanks()
  }

  private mutating func array(from opening: TextPosition) throws(JSONProblem) -> [JSONValue] {
    try enter(opening)
    var values: [JSONValue] = []
    if byte != UInt8(ascii: "]") {
      repeat {
        skipBlanks()
        try rejectClosing(UInt8(ascii: "]"))
        try requireMore("the list", from: opening)
        values.append(try value())
      } while try continues(UInt8(ascii: "]"), "the list", from: opening)
    }
    offset += 1
    depth -= 1
    return values
  }

  private mutating func object(from opening: TextPosition) throws(JSONProblem) -> JSONObject {
    try enter(opening)
    var members: [JSONMember] = []
    var seen = SeenKeys()
    if byte != UInt8(ascii: "}") {
      repeat {
        skipBlanks()
        try rejectClosing(UInt8(ascii: "}"))
        try requireMore("the object", from: opening)
        let keyPosition = position
        let number = try key()
        try colon(from: opening)
        let member = JSONMember(keys.name(number), at: keyPosition, try value())
        if let first = seen.insert(number, at: members.count) {
          duplicates.append(
            DuplicateKey(key: member.key, position: keyPosition, first: members[first].keyPosition))
        } else {
          members.append(member)
        }
      } while try continues(UInt8(ascii: "}"), "the object", from: opening)
    }
    offset += 1
    depth -= 1
    return JSONObject(members)
  }

  private mutating func key() throws(JSONProblem) -> Int32 {
    guard byte == .quote else { throw unexpected("a key in double quotes") }
    if let range = try plainString() { return keys.number(of: UnsafeBufferPointer(rebasing: text[range])) }
    let bytes = try escapedString()
    return bytes.withUnsafeBufferPointer { keys.number(of: $0) }
  }

  private mutating func colon(from opening: TextPosition) throws(JSONProblem) {
    skipBlanks()
    try requireMore("the object", from: opening)
    guard byte == UInt8(ascii: ":") else { throw unexpected("a colon after the key") }
    offset += 1
    skipBlanks()
  }

  /// Whether a comma promises another element; stands before the closing bracket if not.
  private mutating func continues(
    _ closing: UInt8, _ what: String, from opening: TextPosition
  ) throws(JSONProblem) -> Bool {
    skipBlanks()
    try requireMore(what, from: opening)
    if byte == closing { return false }
    guard byte == .comma else { throw unexpected("a comma or '\(Character(UnicodeScalar(closing)))'") }
    offset += 1
    return true
  }

  private func rejectClosing(_ closing: UInt8) throws(JSONProblem) {
    guard byte == closing else { return }
    throw problem("a comma stands before '\(Character(UnicodeScalar(closing)))'", remedy: "remove the comma")
  }

  private func requireMore(_ what: String, from opening: TextPosition) throws(JSONProblem) {
    guard byte == nil else { return }
    throw JSONProblem(
      position: position,
      summary: "the text ends within \(what) that starts on line \(opening.line), column \(opening.column)",
      remedy: "export the file again, and copy all of it", isTruncation: true)
  }
}
