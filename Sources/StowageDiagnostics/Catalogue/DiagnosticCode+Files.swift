// Problems of files as such: reading, writing, encoding, syntax.
extension DiagnosticCode {
  /// A file or folder cannot be opened, read or written.
  public static let fileUnreadable = DiagnosticCode(rawValue: "file.unreadable")
  /// Nothing in the file or folder looks like an inventory that Stowage reads.
  public static let fileUnknownFormat = DiagnosticCode(rawValue: "file.unknown-format")
  /// The bytes are not text in the encoding that they claim.
  public static let fileEncoding = DiagnosticCode(rawValue: "file.encoding")
  /// The file ends in the middle of something.
  public static let fileTruncated = DiagnosticCode(rawValue: "file.truncated")
  /// The file is larger than the reader accepts, packed or unpacked.
  public static let fileTooLarge = DiagnosticCode(rawValue: "file.too-large")
  /// The text does not follow the grammar of its format.
  public static let fileSyntax = DiagnosticCode(rawValue: "file.syntax")
  /// An output cannot be written.
  public static let fileUnwritable = DiagnosticCode(rawValue: "file.unwritable")

  static let fileCodes: [DiagnosticCode] = [
    .fileUnreadable, .fileUnknownFormat, .fileEncoding, .fileTruncated, .fileTooLarge, .fileSyntax,
    .fileUnwritable,
  ]
}
