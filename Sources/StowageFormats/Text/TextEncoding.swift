/// How the bytes of a text file stand for characters.
public enum TextEncoding: String, Hashable, Sendable, CaseIterable {
  /// UTF-8, with or without a byte order mark.
  case utf8 = "UTF-8"
  /// UTF-16, low byte first: what Windows PowerShell writes by `>` and `Out-File`.
  case utf16LittleEndian = "UTF-16LE"
  /// UTF-16, high byte first.
  case utf16BigEndian = "UTF-16BE"
  /// UTF-32, low byte first; recognised, not read.
  case utf32LittleEndian = "UTF-32LE"
  /// UTF-32, high byte first; recognised, not read.
  case utf32BigEndian = "UTF-32BE"
  /// The Windows code page of western Europe, taken when bytes are not UTF-8.
  case windows1252 = "Windows-1252"
}

extension TextEncoding {
  /// What the first bytes of a file say: its encoding, and the length of its byte order mark in
  /// bytes (0 without one). Never Windows-1252, which nothing announces.
  public static func sniff(_ bytes: [UInt8]) -> (encoding: TextEncoding, markLength: Int) {
    // UTF-32LE starts with the mark of UTF-16LE, so it is asked first.
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return (.utf32LittleEndian, 4) }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return (.utf32BigEndian, 4) }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    return (sniffByZeros(bytes.prefix(512)), 0)
  }

  /// The first line of an inventory is a header of mostly ASCII letters; in UTF-16 every second
  /// byte of it is zero.
  private static func sniffByZeros(_ head: ArraySlice<UInt8>) -> TextEncoding {
    var zeros = [0, 0]
    for (index, byte) in head.enumerated() where byte == 0 { zeros[index % 2] += 1 }
    let many = max(2, head.count / 4)
    if zeros[1] >= many && zeros[0] * 8 <= zeros[1] { return .utf16LittleEndian }
    if zeros[0] >= many && zeros[1] * 8 <= zeros[0] { return .utf16BigEndian }
    return .utf8
  }
}
