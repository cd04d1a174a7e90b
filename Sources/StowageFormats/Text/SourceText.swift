public import StowageDiagnostics

/// The text of a file as UTF-8 bytes, whatever its encoding was.
public struct SourceText: Sendable {
  /// The file as the operator named it.
  public let file: String
  /// The text in valid UTF-8, without a byte order mark and without NUL.
  public let bytes: [UInt8]
  /// What the file was written in.
  public let encoding: TextEncoding

  /// Text that is known to be UTF-8.
  public init(_ text: String, file: String) {
    self.file = file
    bytes = Array(text.utf8)
    encoding = .utf8
  }

  init(file: String, bytes: [UInt8], encoding: TextEncoding) {
    self.file = file
    self.bytes = bytes
    self.encoding = encoding
  }

  /// Reads the file at `path` and decodes it; `nil` after reporting why not.
  public static func read(_ path: String, log: inout DiagnosticLog) -> SourceText? {
    guard let bytes = FileBytes.read(path, log: &log) else { return nil }
    return decode(bytes, file: path, log: &log)
  }

  /// The place of the byte at `offset`; columns count Unicode scalars from 1.
  ///
  /// Walks the text from its start, so it is for the few places that are shown to people.
  public func place(at offset: Int) -> SourcePlace {
    let position = TextPosition(of: offset, in: bytes)
    return SourcePlace(file: file, line: position.line, column: position.column)
  }
}
