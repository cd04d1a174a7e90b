/// Writes JSON text: members in the order in which they are given, two spaces a level, one member
/// or element a line; lists of texts and numbers given at once stay on one line.
///
/// The same calls give the same bytes on every machine. Numbers are written as
/// the shortest text that reads back the same (whole ones without a fraction, -0 as 0);
/// text is escaped so that it is safe inside a terminal, a JavaScript file and an HTML script element.
public struct JSONWriter {
  private var bytes: [UInt8] = []
  private var indentation = 0
  /// Whether the container under way has nothing in it yet.
  private var isFirst = true
  /// Whether a key was just written, so that a value follows on the same line.
  private var isAfterKey = false

  private init() {}

  /// The text of one document, with a line end after it.
  public static func document(_ body: (inout JSONWriter) -> Void) -> [UInt8] {
    var writer = JSONWriter()
    body(&writer)
    precondition(!writer.bytes.isEmpty, "a document has a value")
    writer.bytes.append(.lineFeed)
    return writer.bytes
  }

  /// Writes an object whose members `body` gives by ``member(_:_:)-(String,String)`` and the like.
  public mutating func object(_ body: (inout JSONWriter) -> Void) {
    container("{", "}", body)
  }

  /// Writes an array whose elements `body` gives by ``value(_:)-(String)`` and the like.
  public mutating func array(_ body: (inout JSONWriter) -> Void) {
    container("[", "]", body)
  }

  private mutating func container(
    _ opening: Unicode.Scalar, _ closing: Unicode.Scalar, _ body: (inout JSONWriter) -> Void
  ) {
    startValue()
    bytes.append(UInt8(ascii: opening))
    indentation += 1
    isFirst = true
    isAfterKey = false
    body(&self)
    precondition(!isAfterKey, "a key needs a value")
    indentation -= 1
    if !isFirst { newLine() }
    bytes.append(UInt8(ascii: closing))
    endValue()
  }

  /// Writes the key of the member whose value comes next.
  public mutating func key(_ key: String) {
    precondition(!isAfterKey, "a key needs a value before the next key")
    startValue()
    JSONText.append(key, to: &bytes)
    bytes.append(contentsOf: [UInt8(ascii: ":"), .space])
    isAfterKey = true
  }

  /// Writes a text.
  public mutating func value(_ text: String) {
    startValue()
    JSONText.append(text, to: &bytes)
    endValue()
  }

  /// Writes a finite number.
  public mutating func value(_ number: Double) {
    raw(DecimalText.of(number))
  }

  /// Writes a whole number.
  public mutating func value(_ number: Int) {
    raw(String(number))
  }

  /// Writes `true` or `false`.
  public mutating func value(_ flag: Bool) {
    raw(flag ? "true" : "false")
  }

  /// Writes `null`.
  public mutating func null() {
    raw("null")
  }

  /// Writes texts as one list on one line.
  public mutating func value(_ texts: [String]) {
    line(texts) { JSONText.append($0, to: &$1) }
  }

  /// Writes finite numbers as one list on one line.
  public mutating func value(_ numbers: [Double]) {
    line(numbers) { $1.append(contentsOf: DecimalText.of($0).utf8) }
  }

  /// Writes whole numbers as one list on one line.
  public mutating func value(_ numbers: [Int]) {
    line(numbers) { $1.append(contentsOf: String($0).utf8) }
  }

  private mutating func line<Element>(_ elements: [Element], _ append: (Element, inout [UInt8]) -> Void) {
    startValue()
    bytes.append(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      if index > 0 { bytes.append(contentsOf: [.comma, .space]) }
      append(element, &bytes)
    }
    bytes.append(UInt8(ascii: "]"))
    endValue()
  }

  /// Writes a number's text or a word.
  mutating func raw(_ text: String) {
    startValue()
    bytes.append(contentsOf: text.utf8)
    endValue()
  }

  private mutating func startValue() {
    if isAfterKey { return }
    precondition(indentation > 0 || bytes.isEmpty, "a document has one value")
    if indentation == 0 { return }
    if !isFirst { bytes.append(.comma) }
    newLine()
  }

  private mutating func endValue() {
    isFirst = false
    isAfterKey = false
  }

  private mutating func newLine() {
    bytes.append(.lineFeed)
    for _ in 0..<indentation { bytes.append(contentsOf: [.space, .space]) }
  }
}
