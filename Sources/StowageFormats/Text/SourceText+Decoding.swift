import Glibc
public import StowageDiagnostics

extension SourceText {
  /// The text that `bytes` stand for; `nil` after reporting why they stand for none.
  ///
  /// A byte order mark decides; without one, zeros in every second byte mean UTF-16, and bytes
  /// that are valid UTF-8 are UTF-8. Anything else is taken as Windows-1252, with a notice.
  public static func decode(_ bytes: [UInt8], file: String, log: inout DiagnosticLog) -> SourceText? {
    guard !bytes.starts(with: [0x1F, 0x8B]) else {
      log.report(
        .fileUnknownFormat, .error, at: SourcePlace(file: file), "is packed by gzip",
        remedy: "unpack it first")
      return nil
    }
    let (encoding, markLength) = TextEncoding.sniff(bytes)
    let text: SourceText?
    switch encoding {
    case .utf32LittleEndian, .utf32BigEndian:
      reportEncoding(
        SourcePlace(file: file), "is \(encoding.rawValue) text, which is not read", &log)
      return nil
    case .utf16LittleEndian, .utf16BigEndian:
      text = UTF16Decoding(bytes, from: markLength, encoding).decode(file: file, log: &log)
    case .utf8, .windows1252:
      text = decodeUTF8(bytes, markLength: markLength, file: file, log: &log)
    }
    guard let text, text.hasNoNUL(&log) else { return nil }
    return text
  }

  private static func decodeUTF8(
    _ bytes: [UInt8], markLength: Int, file: String, log: inout DiagnosticLog
  ) -> SourceText? {
    let body = markLength == 0 ? bytes : Array(bytes[markLength...])
    guard let problem = UTF8Problem.first(in: body) else {
      return SourceText(file: file, bytes: body, encoding: .utf8)
    }
    let position = TextPosition(of: problem.offset, in: body)
    let place = SourcePlace(file: file, line: position.line, column: position.column)
    if problem.isCutOff {
      log.report(
        .fileTruncated, .error, at: place, "ends in the middle of a UTF-8 character",
        remedy: "export the file again, and copy all of it")
      return nil
    }
    if markLength > 0 {
      reportEncoding(place, "claims to be UTF-8, and byte \(hex(problem.byte)) is not", &log)
      return nil
    }
    log.report(
      .fileEncoding, .notice, at: place,
      "byte \(hex(problem.byte)) is not UTF-8: the file is read as Windows-1252",
      remedy: "save the file as UTF-8 if names with accents look wrong")
    return SourceText(file: file, bytes: Windows1252.decode(body), encoding: .windows1252)
  }

  /// A NUL in text means that it is no text: names with a NUL inside would be cut short by C.
  private func hasNoNUL(_ log: inout DiagnosticLog) -> Bool {
    let found = bytes.withUnsafeBytes { buffer in
      buffer.baseAddress.flatMap { base in
        memchr(base, 0, buffer.count).map { UnsafeRawPointer($0) - base }
      }
    }
    guard let found else { return true }
    Self.reportEncoding(place(at: found), "has a NUL byte, which text never has", &log)
    return false
  }

  private static func reportEncoding(_ place: SourcePlace, _ summary: String, _ log: inout DiagnosticLog) {
    log.report(.fileEncoding, .error, at: place, summary, remedy: "save the file as UTF-8 text")
  }

  private static func hex(_ byte: UInt8) -> String {
    "0x" + String(byte, radix: 16, uppercase: true)
  }
}
