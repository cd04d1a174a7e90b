import StowageDiagnostics

/// Turns UTF-16 bytes into UTF-8.
struct UTF16Decoding {
  private let bytes: [UInt8]
  private let start: Int
  private let encoding: TextEncoding

  /// Decodes `bytes` from `start`, after the byte order mark.
  init(_ bytes: [UInt8], from start: Int, _ encoding: TextEncoding) {
    self.bytes = bytes
    self.start = start
    self.encoding = encoding
  }

  private var unitCount: Int { (bytes.count - start) / 2 }

  private func unit(_ index: Int) -> UInt32 {
    let offset = start + 2 * index
    let low = UInt32(bytes[encoding == .utf16LittleEndian ? offset : offset + 1])
    let high = UInt32(bytes[encoding == .utf16LittleEndian ? offset + 1 : offset])
    return high << 8 | low
  }

  /// The text; `nil` after reporting a half pair of surrogates or half a unit.
  func decode(file: String, log: inout DiagnosticLog) -> SourceText? {
    var text: [UInt8] = []
    text.reserveCapacity(unitCount + unitCount / 8)
    var index = 0
    while index < unitCount {
      let unit = unit(index)
      index += 1
      if unit < 0x80 {
        text.append(UInt8(unit))
      } else if unit & 0xF800 != 0xD800 {
        text.appendUTF8(unit)
      } else if let scalar = pair(unit, before: index) {
        text.appendUTF8(scalar)
        index += 1
      } else {
        report(unit, isLast: index == unitCount, after: text, file: file, &log)
        return nil
      }
    }
    let whole = SourceText(file: file, bytes: text, encoding: encoding)
    guard (bytes.count - start) % 2 == 0 else {
      log.report(
        .fileTruncated, .error, at: whole.place(at: text.count),
        "is \(encoding.rawValue), and its last character is cut in half",
        remedy: "export the file again, and copy all of it")
      return nil
    }
    return whole
  }

  /// The scalar of a high surrogate and the low one at `index`, if that is what they are.
  private func pair(_ high: UInt32, before index: Int) -> UInt32? {
    guard high < 0xDC00, index < unitCount else { return nil }
    let low = unit(index)
    guard low & 0xFC00 == 0xDC00 else { return nil }
    return 0x1_0000 + (high - 0xD800) << 10 + (low - 0xDC00)
  }

  private func report(
    _ unit: UInt32, isLast: Bool, after text: [UInt8], file: String, _ log: inout DiagnosticLog
  ) {
    let position = TextPosition(of: text.count, in: text)
    let place = SourcePlace(file: file, line: position.line, column: position.column)
    let half = "half of a surrogate pair (\(String(unit, radix: 16, uppercase: true)))"
    if isLast && unit < 0xDC00 {
      log.report(
        .fileTruncated, .error, at: place, "ends with \(half)",
        remedy: "export the file again, and copy all of it")
    } else {
      log.report(
        .fileEncoding, .error, at: place, "is \(encoding.rawValue), and has \(half)",
        remedy: "save the file as UTF-8 text")
    }
  }
}
