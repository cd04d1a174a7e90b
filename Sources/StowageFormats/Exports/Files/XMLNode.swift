import StowageDiagnostics

/// An element of an XML document.
final class XMLNode {
  /// Its name, without a prefix.
  let name: String
  /// Where it starts.
  let line: Int
  /// Its attributes, in the order of the text.
  let attributes: [(name: String, value: String)]
  /// The elements in it.
  fileprivate(set) var children: [XMLNode] = []
  /// The text in it, without blanks around it.
  fileprivate(set) var text = ""

  fileprivate init(name: String, line: Int, attributes: [(name: String, value: String)]) {
    self.name = name
    self.line = line
    self.attributes = attributes
  }

  /// The value of an attribute.
  subscript(name: String) -> String? { attributes.first { $0.name == name }?.value }

  /// The first element in it with this name.
  func child(_ name: String) -> XMLNode? { children.first { $0.name == name } }

  /// The first element at the end of a path.
  func descendant(_ path: String...) -> XMLNode? {
    path.reduce(Optional(self)) { node, name in node?.child(name) }
  }

  /// The elements in it with this name.
  func children(_ name: String) -> [XMLNode] { children.filter { $0.name == name } }

  /// Its attributes as a record.
  func record(file: String) -> ExportRecord {
    let position = TextPosition(line: line, column: 1)
    return ExportRecord(
      attributes.map { JSONMember($0.name, at: position, JSONValue(.string($0.value), at: position)) },
      at: position, file: file)
  }
}

extension XMLNode {
  /// Chosen: ten times the elements of the largest known export.
  static let elementLimit = 20_000_000
  /// Chosen: libvirt nests eight deep.
  static let depthLimit = 256

  /// The root elements of a text, which may hold several documents one after the other, as a loop
  /// over `virsh dumpxml` writes them; `nil` after reporting why it holds none.
  static func parse(_ source: SourceText, log: inout DiagnosticLog) -> [XMLNode]? {
    let builder = XMLTreeBuilder()
    let body = withoutDeclarations(source.bytes)
    do throws(WorkbookProblem) {
      let stream = try XMLStream(part: source.file, depthLimit: depthLimit, handler: builder)
      builder.lineOf = { stream.line }
      // One element around all makes a sequence of documents one document.
      for piece in [Array("<all>".utf8), body, Array("</all>".utf8)] {
        var failure: WorkbookProblem?
        piece.withUnsafeBufferPointer { bytes in
          do throws(WorkbookProblem) { try stream.parse(bytes, isLast: false) } catch { failure = error }
        }
        if let failure { throw failure }
      }
      try stream.parse(UnsafeBufferPointer(start: nil, count: 0), isLast: true)
      builder.lineOf = { 0 }
    } catch {
      builder.lineOf = { 0 }
      log.report(
        .fileSyntax, .error, at: SourcePlace(file: source.file, line: builder.lastLine),
        "cannot be read as XML: it is damaged, cut off, or has a document type",
        remedy: "export the file again, and copy all of it")
      return nil
    }
    return builder.root?.children
  }

  /// The text with `<?xml …?>` blanked out: a second one would be an error.
  private static func withoutDeclarations(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    let mark = Array("<?xml".utf8)
    var index = 0
    while index + mark.count <= bytes.count {
      guard bytes[index] == mark[0], bytes[index..<index + mark.count].elementsEqual(mark) else {
        index += 1
        continue
      }
      while index < bytes.count {
        let isEnd = bytes[index] == UInt8(ascii: ">")
        if bytes[index] != .lineFeed && bytes[index] != .carriageReturn { bytes[index] = .space }
        index += 1
        if isEnd { break }
      }
    }
    return bytes
  }
}

/// Builds the tree.
private final class XMLTreeBuilder: XMLHandler {
  private(set) var root: XMLNode?
  private(set) var lastLine = 1
  var lineOf: () -> Int = { 0 }
  private var open: [XMLNode] = []
  private var texts: [[UInt8]] = []
  private var count = 0

  func start(_ element: XMLName, _ attributes: XMLAttributes) throws(WorkbookProblem) {
    count += 1
    guard count <= XMLNode.elementLimit else {
      throw .tooLarge("there are more than \(XMLNode.elementLimit) elements")
    }
    lastLine = lineOf()
    let node = XMLNode(name: element.string, line: lastLine, attributes: attributes.all)
    open.last?.children.append(node)
    if root == nil { root = node }
    open.append(node)
    texts.append([])
  }

  func end(_ element: XMLName) throws(WorkbookProblem) {
    lastLine = lineOf()
    guard let node = open.popLast(), let text = texts.popLast() else { return }
    node.text = String(decoding: text, as: UTF8.self).trimmedOfBlanks
  }

  func characters(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookProblem) {
    guard !texts.isEmpty else { return }
    texts[texts.count - 1].append(contentsOf: bytes)
  }
}
