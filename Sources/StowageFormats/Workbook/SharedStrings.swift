/// The texts of a workbook that its cells refer to by number.
struct SharedStrings {
  /// The texts in UTF-8, one after the other.
  var bytes: [UInt8] = []
  /// Where each text ends.
  var ends: [Int] = []

  /// Where the text with this number lies in ``bytes``.
  func range(_ number: Int) -> Range<Int>? {
    guard ends.indices.contains(number) else { return nil }
    return (number == 0 ? 0 : ends[number - 1])..<ends[number]
  }
}

/// Collects the text of `t` elements: all runs of a rich text, and no phonetic guides.
struct RunText {
  private(set) var bytes: [UInt8] = []
  private var isInText = false
  private var isInGuide = false

  mutating func start(_ element: XMLName) {
    if element == "t" { isInText = true }
    if element == "rPh" { isInGuide = true }
  }

  mutating func end(_ element: XMLName) {
    if element == "t" { isInText = false }
    if element == "rPh" { isInGuide = false }
  }

  mutating func append(_ more: UnsafeBufferPointer<UInt8>) throws(WorkbookProblem) {
    guard isInText && !isInGuide else { return }
    bytes.append(contentsOf: more)
    guard bytes.count <= CellScanner.cellLimit else {
      throw .tooLarge("a cell is longer than \(CellScanner.cellLimit) bytes")
    }
  }

  /// Gives the text away and starts anew.
  mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return EscapedText.undo(bytes)
  }
}

/// Reads `xl/sharedStrings.xml`.
final class SharedStringsHandler: XMLHandler {
  private(set) var strings = SharedStrings()
  private var text = RunText()

  func start(_ element: XMLName, _ attributes: XMLAttributes) {
    text.start(element)
  }

  func characters(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookProblem) {
    try text.append(bytes)
  }

  func end(_ element: XMLName) {
    text.end(element)
    guard element == "si" else { return }
    strings.bytes.append(contentsOf: text.take())
    strings.ends.append(strings.bytes.count)
  }
}
