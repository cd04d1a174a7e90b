import CLibZip
import Glibc
import StowageDiagnostics

/// A zip archive in memory, of which parts are read as a stream and within limits.
final class ZipArchive {
  /// One part of the archive.
  struct Part {
    let name: String
    fileprivate let index: zip_uint64_t
    fileprivate let packedBytes: Int
  }

  private let archive: OpaquePointer
  private let limits: WorkbookLimits
  private var totalBytes = 0

  /// Opens the archive that `bytes` hold.
  init(_ bytes: [UInt8], limits: WorkbookLimits) throws(WorkbookProblem) {
    self.limits = limits
    archive = try Self.open(bytes)
    let count = zip_get_num_entries(archive, 0)
    guard count <= limits.partCount else {
      throw .tooLarge("the archive has \(count) parts, and at most \(limits.partCount) are read")
    }
  }

  deinit {
    zip_discard(archive)
  }

  private static func open(_ bytes: [UInt8]) throws(WorkbookProblem) -> OpaquePointer {
    // The archive reads from this copy until it is closed, and frees it.
    guard let copy = malloc(max(1, bytes.count)) else {
      throw .tooLarge("there is no memory for \(bytes.count) bytes")
    }
    bytes.withUnsafeBytes { buffer in
      if let base = buffer.baseAddress { memcpy(copy, base, buffer.count) }
    }
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_buffer_create(copy, zip_uint64_t(bytes.count), 1, &error) else {
      free(copy)
      throw .tooLarge("there is no memory for \(bytes.count) bytes")
    }
    guard let archive = zip_open_from_source(source, ZIP_RDONLY, &error) else {
      let code = zip_error_code_zip(&error)
      zip_source_free(source)
      // The table of contents is the last thing in an archive.
      if code == ZIP_ER_NOZIP || code == ZIP_ER_EOF { throw .truncated("its table of contents is missing") }
      throw .damaged("its table of contents cannot be read")
    }
    return archive
  }

  /// The part with this name, whatever its case.
  func part(named name: String) -> Part? {
    let index = zip_name_locate(archive, name, ZIP_FL_NOCASE)
    guard index >= 0 else { return nil }
    var status = zip_stat_t()
    guard zip_stat_index(archive, zip_uint64_t(index), 0, &status) == 0 else { return nil }
    return Part(name: name, index: zip_uint64_t(index), packedBytes: Int(clamping: status.comp_size))
  }

  /// Gives the content of a part to `body`, piece by piece.
  func read(
    _ part: Part, _ body: (UnsafeBufferPointer<UInt8>) throws(WorkbookProblem) -> Void
  ) throws(WorkbookProblem) {
    guard let file = zip_fopen_index(archive, part.index, 0) else {
      throw problem(zip_error_code_zip(zip_get_error(archive)), part)
    }
    defer { zip_fclose(file) }
    let chunk = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
    defer { chunk.deallocate() }
    var bytes = 0
    while true {
      let count = Int(zip_fread(file, chunk.baseAddress, zip_uint64_t(chunk.count)))
      guard count >= 0 else { throw problem(zip_error_code_zip(zip_file_get_error(file)), part) }
      if count == 0 { return }
      bytes += count
      totalBytes += count
      try check(bytes, of: part)
      try body(UnsafeBufferPointer(rebasing: chunk[..<count]))
    }
  }

  /// Counts what really comes out: the sizes that an archive states can lie.
  private func check(_ bytes: Int, of part: Part) throws(WorkbookProblem) {
    if bytes > limits.partBytes {
      throw .tooLarge("'\(part.name)' unpacks to more than \(limits.partBytes) bytes")
    }
    if totalBytes > limits.totalBytes {
      throw .tooLarge("the workbook unpacks to more than \(limits.totalBytes) bytes")
    }
    if bytes > limits.ratioFreeBytes && bytes / limits.ratio > part.packedBytes {
      throw .tooLarge(
        "'\(part.name)' unpacks to more than \(limits.ratio) times its \(part.packedBytes) bytes")
    }
  }

  private func problem(_ code: CInt, _ part: Part) -> WorkbookProblem {
    switch code {
    case ZIP_ER_NOPASSWD, ZIP_ER_WRONGPASSWD, ZIP_ER_ENCRNOTSUPP: .encrypted
    case ZIP_ER_EOF: .truncated("'\(part.name)' ends too early")
    case ZIP_ER_CRC: .damaged("'\(part.name)' does not match its checksum")
    case ZIP_ER_COMPNOTSUPP: .damaged("'\(part.name)' is packed in a way that is not read")
    default: .damaged("'\(part.name)' cannot be unpacked")
    }
  }
}

extension WorkbookProblem {
  /// The file is locked by a password.
  static let encrypted = WorkbookProblem(
    code: .fileUnreadable, summary: "the workbook is protected by a password",
    remedy: "save a copy without the password, and give that")
}
