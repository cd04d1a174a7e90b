import StowageDiagnostics

/// A file of an export, read once and taken apart as far as its form alone tells how.
struct ExportFile {
  /// What a file holds.
  enum Content {
    /// JSON values, one after the other.
    case json([JSONValue])
    /// A table.
    case table(RecordTable)
    /// XML elements, one after the other.
    case xml([XMLNode])
    /// Lines of another form.
    case text(SourceText)
  }

  /// The file as the operator named it.
  let path: String
  /// What it holds.
  let content: Content
  /// What is wrong with it; told only when a reader takes the file.
  let log: DiagnosticLog

  /// The last part of the path without what follows its last dot.
  var stem: String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// The name of the folder that it lies in.
  var folder: String {
    let parts = path.split(separator: "/")
    return parts.count > 1 ? String(parts[parts.count - 2]) : ""
  }

  /// The records of a JSON document or a table: the elements of a list, the object itself, or what
  /// lies under the key `data` that an API puts around its answer.
  var records: [ExportRecord] {
    switch content {
    case .json(let values): values.flatMap { Self.records($0, file: path) }
    case .table(let table): table.records
    case .xml, .text: []
    }
  }

  private static func records(_ value: JSONValue, file: String) -> [ExportRecord] {
    if let list = value.array { return list.flatMap { records($0, file: file) } }
    guard let record = ExportRecord(value, file: file) else { return [] }
    if let data = record.json("data"), data.array != nil || data.object != nil {
      return records(data, file: file)
    }
    return [record]
  }

  /// The objects in the list under this key of the document, as APIs answer: `{"servers": […]}`.
  /// Several answers of one query in pages may follow one another.
  func list(_ key: String) -> [ExportRecord] {
    guard case .json(let values) = content else { return [] }
    return values.flatMap { value -> [ExportRecord] in
      let pages = value.array ?? [value]
      return pages.flatMap { ExportRecord($0, file: path)?.children(key) ?? [] }
    }
  }

  /// The table, if it is one.
  var table: RecordTable? { if case .table(let table) = content { table } else { nil } }
  /// The XML elements, if it is XML.
  var elements: [XMLNode] { if case .xml(let nodes) = content { nodes } else { [] } }
  /// The text, if it is of no other form.
  var text: SourceText? { if case .text(let source) = content { source } else { nil } }
}

extension ExportFile {
  /// Reads a file; `nil` after reporting why it cannot be read.
  static func read(_ path: String, log: inout DiagnosticLog) -> ExportFile? {
    guard let bytes = FileBytes.read(path, log: &log) else { return nil }
    var own = DiagnosticLog()
    guard let source = SourceText.decode(bytes, file: path, log: &own) else {
      log.merge(own)
      return nil
    }
    let content = sniff(source, &own, &log)
    return content.map { ExportFile(path: path, content: $0, log: own) }
  }

  private static func sniff(
    _ source: SourceText, _ own: inout DiagnosticLog, _ log: inout DiagnosticLog
  ) -> Content? {
    switch source.bytes.first(where: { !$0.isBlank }) {
    case nil: return .text(source)
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      // A file that starts like JSON is meant as JSON: what is wrong with it is told in any case.
      return JSONValue.parseAll(source, log: &log).map { .json($0) }
    case UInt8(ascii: "<"):
      return XMLNode.parse(source, log: &log).map { .xml($0) }
    default:
      guard TextForm.looksLikeTable(source.bytes), let table = Table.parse(source, log: &own) else {
        own = DiagnosticLog()
        return .text(source)
      }
      return .table(RecordTable(table))
    }
  }
}

/// Tells tables from other text by their first line.
enum TextForm {
  /// Whether the first line that holds something has several cells. Ganeti's sections are told apart
  /// by `|`, and lines of a key and a value by `: `.
  static func looksLikeTable(_ bytes: [UInt8]) -> Bool {
    let preamble = bytes.withUnsafeBufferPointer { Delimiter.preamble(of: $0) }
    let line = bytes[min(preamble.offset, bytes.count)...].prefix { $0 != .lineFeed && $0 != .carriageReturn }
    let bars = line.count { $0 == UInt8(ascii: "|") }
    let cells = line.count { $0 == .comma || $0 == .semicolon || $0 == .tab }
    guard cells > 0, bars <= 1 else { return false }
    return line.first == .quote || !hasKey(line)
  }

  /// Whether the line starts with a key: `name : value`.
  private static func hasKey(_ line: ArraySlice<UInt8>) -> Bool {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return false }
    let before = line[..<colon]
    return !before.contains(.comma) && !before.contains(.semicolon) && !before.contains(.tab)
      && (colon + 1 == line.endIndex || line[colon + 1].isBlank)
  }
}
