import CExpat
import Glibc

/// What a ``XMLStream`` meets, in the order of the text.
protocol XMLHandler: AnyObject {
  /// An element begins. Names come without their namespace prefix.
  func start(_ element: XMLName, _ attributes: XMLAttributes) throws(WorkbookProblem)
  /// An element ends.
  func end(_ element: XMLName) throws(WorkbookProblem)
  /// Characters, in pieces of any size.
  func characters(_ bytes: UnsafeBufferPointer<UInt8>) throws(WorkbookProblem)
}

/// The name of an element, without its prefix; valid only within the call that brings it.
struct XMLName {
  fileprivate let pointer: UnsafePointer<CChar>

  /// Prefixes are free to choose: what spreadsheets write as `row`, some tools write as `x:row`.
  fileprivate init(_ qualified: UnsafePointer<CChar>) {
    pointer = strrchr(qualified, CInt(UInt8(ascii: ":"))).map { UnsafePointer($0 + 1) } ?? qualified
  }

  /// The name as text.
  var string: String { String(cString: pointer) }

  static func == (name: XMLName, text: StaticString) -> Bool {
    strcmp(name.pointer, UnsafeRawPointer(text.utf8Start).assumingMemoryBound(to: CChar.self)) == 0
  }
}

/// The attributes of an element; valid only within the call that brings them.
struct XMLAttributes {
  fileprivate let pairs: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  /// The value of the attribute with this name, prefixes aside.
  func bytes(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
    guard let pairs else { return nil }
    var index = 0
    while let key = pairs[index], let value = pairs[index + 1] {
      if XMLName(key) == name {
        let start = UnsafeRawPointer(value).assumingMemoryBound(to: UInt8.self)
        return UnsafeBufferPointer(start: start, count: strlen(value))
      }
      index += 2
    }
    return nil
  }

  /// All of them, in the order of the text, names without their prefixes.
  var all: [(name: String, value: String)] {
    guard let pairs else { return [] }
    var all: [(name: String, value: String)] = []
    var index = 0
    while let key = pairs[index], let value = pairs[index + 1] {
      all.append((XMLName(key).string, String(cString: value)))
      index += 2
    }
    return all
  }

  /// The value as text.
  func string(_ name: StaticString) -> String? {
    bytes(name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The value as a whole number that is not negative.
  func integer(_ name: StaticString) -> Int? {
    string(name).flatMap { Int($0) }.flatMap { $0 >= 0 ? $0 : nil }
  }

  /// The value as a boolean, `1` or `true`.
  func boolean(_ name: StaticString) -> Bool {
    let value = string(name)
    return value == "1" || value == "true"
  }
}

/// Parses XML piece by piece (expat). Document types are refused, and with them every entity that
/// could fetch a file or unfold without end.
final class XMLStream {
  private let parser: XML_Parser
  private let handler: any XMLHandler
  private let part: String
  private let depthLimit: Int
  private var depth = 0
  private var problem: WorkbookProblem?

  init(part: String, depthLimit: Int, handler: any XMLHandler) throws(WorkbookProblem) {
    guard let parser = XML_ParserCreate(nil) else { throw .tooLarge("there is no memory for a parser") }
    self.parser = parser
    self.part = part
    self.depthLimit = depthLimit
    self.handler = handler
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { XMLStream.of($0)?.start($1, $2) },
      { XMLStream.of($0)?.end($1) })
    XML_SetCharacterDataHandler(parser) { XMLStream.of($0)?.characters($1, $2) }
    XML_SetStartDoctypeDeclHandler(parser) { userData, _, _, _, _ in XMLStream.of(userData)?.refuseDoctype() }
  }

  deinit {
    XML_ParserFree(parser)
  }

  /// The line of the text that is being read, from 1.
  var line: Int { Int(XML_GetCurrentLineNumber(parser)) }

  /// Takes the next piece in; `isLast` with the last one, which may be empty.
  func parse(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) throws(WorkbookProblem) {
    let start = bytes.baseAddress.map { UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self) }
    let status = XML_Parse(parser, start, CInt(clamping: bytes.count), isLast ? 1 : 0)
    if let problem { throw problem }
    guard status == XML_STATUS_OK else {
      let line = XML_GetCurrentLineNumber(parser)
      throw .damaged("'\(part)' is not XML on its line \(line)")
    }
  }

  private static func of(_ userData: UnsafeMutableRawPointer?) -> XMLStream? {
    userData.map { Unmanaged<XMLStream>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Runs `body` unless something went wrong before; a problem stops the parser.
  private func attempt(_ body: () throws(WorkbookProblem) -> Void) {
    guard problem == nil else { return }
    do throws(WorkbookProblem) {
      try body()
    } catch {
      problem = error
      XML_StopParser(parser, 0)
    }
  }

  private func start(
    _ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
  ) {
    guard let name else { return }
    attempt { () throws(WorkbookProblem) in
      depth += 1
      guard depth <= depthLimit else { throw .damaged("'\(part)' is nested more than \(depthLimit) deep") }
      try handler.start(XMLName(name), XMLAttributes(pairs: attributes))
    }
  }

  private func end(_ name: UnsafePointer<CChar>?) {
    guard let name else { return }
    attempt { () throws(WorkbookProblem) in
      depth -= 1
      try handler.end(XMLName(name))
    }
  }

  private func characters(_ text: UnsafePointer<CChar>?, _ count: CInt) {
    let start = text.map { UnsafeRawPointer($0).assumingMemoryBound(to: UInt8.self) }
    let bytes = UnsafeBufferPointer(start: start, count: Int(count))
    attempt { () throws(WorkbookProblem) in try handler.characters(bytes) }
  }

  private func refuseDoctype() {
    attempt { () throws(WorkbookProblem) in
      throw .damaged("'\(part)' has a document type, which workbooks never have")
    }
  }
}

extension ZipArchive {
  /// Parses the XML of a part.
  func parse(_ part: Part, depthLimit: Int, _ handler: any XMLHandler) throws(WorkbookProblem) {
    let stream = try XMLStream(part: part.name, depthLimit: depthLimit, handler: handler)
    try read(part) { (bytes) throws(WorkbookProblem) in try stream.parse(bytes, isLast: false) }
    try stream.parse(UnsafeBufferPointer(start: nil, count: 0), isLast: true)
  }
}
