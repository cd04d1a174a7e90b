import StowageDiagnostics

/// Reads one sheet into the cells of a ``Table``.
final class SheetHandler: XMLHandler {
  private let context: SheetContext
  private var builder: SheetBuilder
  private var text = RunText()
  private var value: [UInt8] = []
  private var isInValue = false
  private var isInData = false
  private var row = 0
  private var column = -1
  private var kind = CellKind.number
  private var style = NumberStyle.number
  private var hasFormula = false

  /// What the `t` of a cell says about its value.
  private enum CellKind {
    case number, shared, inline, text, boolean
  }

  init(_ context: SheetContext) {
    self.context = context
    builder = SheetBuilder(context)
  }

  /// The table that was read, with the problems of its cells.
  func finish(log: inout DiagnosticLog) -> Table? {
    builder.finish(log: &log)
  }

  func start(_ element: XMLName, _ attributes: XMLAttributes) throws(WorkbookProblem) {
    if element == "c" && isInData {
      try startCell(attributes)
    } else if element == "v" {
      isInValue = isInData
    } else if element == "f" {
      hasFormula = true
    } else if element == "row" && isInData {
      row = attributes.integer("r") ?? row + 1
      column = -1
      guard (1...CellReference.rowLimit).contains(row) else {
        throw .damaged("'\(context.part)' has a row \(row)")
      }
    } else if element == "sheetData" {
      isInData = true
    } else {
      text.start(element)
    }
  }

  private func startCell(_ attributes: XMLAttributes) throws(WorkbookProblem) {
    column += 1
    if let bytes = attributes.bytes("r") {
      guard let reference = CellReference(bytes) else {
        let written = Diagnostic.quoted(String(decoding: bytes, as: UTF8.self))
        throw .damaged("'\(context.part)' has a cell \(written) in row \(row)")
      }
      column = reference.column
    }
    guard column < CellReference.columnLimit else {
      throw .damaged("'\(context.part)' has more than \(CellReference.columnLimit) columns")
    }
    kind = Self.kind(attributes.bytes("t"))
    style = context.style(attributes.integer("s") ?? 0)
    value.removeAll(keepingCapacity: true)
    _ = text.take()
    hasFormula = false
  }

  private static func kind(_ type: UnsafeBufferPointer<UInt8>?) -> CellKind {
    guard let type, let first = type.first else { return .number }
    switch first {
    case UInt8(ascii: "s"): return type.count == 1 ? .shared : .text
    case UInt8(ascii: "i"): return .inline
    case UInt8(ascii: "b"): return .boolean
    case UInt8(ascii: "n"): return .number
    // Errors (`e`) and ISO dates (`d`) are read as the text that they are.
    default: return .text
    }
  }

  func characters(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookProblem) {
    if isInValue {
      value.append(contentsOf: bytes)
      guard value.count <= CellScanner.cellLimit else {
        throw .tooLarge("a cell is longer than \(CellScanner.cellLimit) bytes")
      }
    } else if kind == .inline {
      try text.append(bytes)
    }
  }

  func end(_ element: XMLName) throws(WorkbookProblem) {
    if element == "c" && isInData {
      try endCell()
    } else if element == "v" {
      isInValue = false
    } else if element == "row" && isInData {
      try builder.endRow(row)
    } else if element == "sheetData" {
      isInData = false
    } else {
      text.end(element)
    }
  }

  private func endCell() throws(WorkbookProblem) {
    switch kind {
    case .shared: try shared()
    case .inline: try builder.add(text.take(), at: column)
    case .text: try builder.add(EscapedText.undo(value), at: column)
    case .boolean: try builder.add(Array((value == [UInt8(ascii: "1")] ? "true" : "false").utf8), at: column)
    case .number: try number()
    }
    if hasFormula && value.isEmpty && kind != .text { builder.noteFormula(row: row, column: column) }
  }

  private func shared() throws(WorkbookProblem) {
    if value.isEmpty { return }
    guard let number = Int(String(decoding: value, as: UTF8.self)), let range = context.strings.range(number)
    else {
      throw .damaged("cell \(CellReference(row: row, column: column)) refers to a text that is not there")
    }
    try builder.add(sharedRange: range, at: column)
  }

  private func number() throws(WorkbookProblem) {
    if value.isEmpty { return }
    if style == .number && value.count <= 15 && value.allSatisfy({ $0.isDigit }) {
      try builder.add(value, at: column, isTypedNumber: true)
      return
    }
    guard let number = Double(String(decoding: value, as: UTF8.self)), number.isFinite else {
      throw .damaged("cell \(CellReference(row: row, column: column)) holds a number that is none")
    }
    if style != .number, let date = SheetDate.text(number, style, from1904: context.from1904) {
      try builder.add(Array(date.utf8), at: column)
    } else {
      try builder.add(Array(DecimalText.of(number).utf8), at: column, isTypedNumber: true)
    }
  }
}
