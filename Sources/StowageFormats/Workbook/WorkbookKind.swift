import StowageDiagnostics

/// Tells workbooks from what is taken for one.
enum WorkbookKind {
  private static let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  /// The container of Office before 2007, and of encrypted workbooks since.
  private static let compoundFile: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  /// Explains what `bytes` are when they are no zip archive.
  static func requireWorkbook(_ bytes: [UInt8]) throws(WorkbookProblem) {
    if bytes.starts(with: compoundFile) {
      if contains("EncryptedPackage", in: bytes) { throw .encrypted }
      throw WorkbookProblem(
        code: .fileUnknownFormat,
        summary: "this is a workbook of Excel before 2007 (.xls), which is not read",
        remedy: "save it as .xlsx")
    }
    guard bytes.starts(with: zip) else {
      throw WorkbookProblem(
        code: .fileUnknownFormat, summary: "this is not a workbook",
        remedy: "save it as .xlsx, or give the CSV file")
    }
  }

  /// Whether the directory of a compound file, whose names are UTF-16, has this name.
  private static func contains(_ name: String, in bytes: [UInt8]) -> Bool {
    let wanted = name.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    return bytes.indices.contains { index in
      bytes[index] == wanted[0] && bytes[index...].starts(with: wanted)
    }
  }
}

extension Workbook {
  /// Whether `bytes` start as workbooks do, those that cannot be read included: ``open(_:file:limits:log:)``
  /// then says why.
  public static func looksLikeWorkbook(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x50, 0x4B]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
  }
}
