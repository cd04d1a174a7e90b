import Glibc
public import StowageDiagnostics

/// Reads whole files.
///
/// An inventory is read once, into memory: its digest, its format and its content then all come
/// from the same bytes, even while somebody overwrites the file.
public enum FileBytes {
  /// The most bytes that a file may have: 4 GiB, some hundred times the largest known inventory.
  public static let sizeLimit = 4 << 30

  /// The content of the file at `path`, or `nil` after reporting why not.
  ///
  /// Pipes work too, so that `<(…)` can be given on a command line.
  public static func read(
    _ path: String, sizeLimit: Int = FileBytes.sizeLimit, log: inout DiagnosticLog
  ) -> [UInt8]? {
    let place = SourcePlace(file: path)
    guard let descriptor = open(path, at: place, &log) else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      reportUnreadable(errno, at: place, &log)
      return nil
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      log.report(
        .fileUnreadable, .error, at: place, "this is a folder, and a file is expected",
        remedy: "name a file inside it")
      return nil
    }
    if status.st_size > sizeLimit {
      reportTooLarge(Int(status.st_size), sizeLimit, at: place, &log)
      return nil
    }
    return readAll(descriptor, expecting: Int(status.st_size), sizeLimit, at: place, &log)
  }

  private static func open(_ path: String, at place: SourcePlace, _ log: inout DiagnosticLog) -> CInt? {
    // A path with a NUL inside would open the file named by the part before it.
    guard !path.utf8.contains(0) else {
      reportUnreadable(EINVAL, at: place, &log)
      return nil
    }
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      reportUnreadable(errno, at: place, &log)
      return nil
    }
    return descriptor
  }

  private static func readAll(
    _ descriptor: CInt, expecting size: Int, _ sizeLimit: Int, at place: SourcePlace,
    _ log: inout DiagnosticLog
  ) -> [UInt8]? {
    var bytes: [UInt8] = []
    // One byte more than expected, so that the end is seen without growing the array.
    var chunk = size + 1
    while true {
      let count = append(chunk, from: descriptor, to: &bytes)
      guard count >= 0 else {
        reportUnreadable(errno, at: place, &log)
        return nil
      }
      if count == 0 { return bytes }
      guard bytes.count <= sizeLimit else {
        reportTooLarge(bytes.count, sizeLimit, at: place, &log)
        return nil
      }
      chunk = max(1 << 16, size + 1 - bytes.count)
    }
  }

  /// Appends at most `count` bytes; returns how many came, 0 at the end, -1 on failure.
  private static func append(_ count: Int, from descriptor: CInt, to bytes: inout [UInt8]) -> Int {
    var outcome = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      repeat {
        outcome = Glibc.read(descriptor, buffer.baseAddress, count)
      } while outcome < 0 && errno == EINTR
      initialized = max(0, outcome)
    }
    if bytes.isEmpty { bytes = chunk } else { bytes.append(contentsOf: chunk) }
    return outcome
  }

  private static func reportUnreadable(_ code: CInt, at place: SourcePlace, _ log: inout DiagnosticLog) {
    let reason = String(cString: strerror(code))
    let remedy =
      switch code {
      case ENOENT, ENOTDIR: "check the spelling of the path"
      case EACCES, EPERM: "grant yourself read access to it, or run as a user who has it"
      default: "check that the file can be read by other programs"
      }
    log.report(.fileUnreadable, .error, at: place, "cannot be read: \(reason)", remedy: remedy)
  }

  private static func reportTooLarge(
    _ size: Int, _ limit: Int, at place: SourcePlace, _ log: inout DiagnosticLog
  ) {
    log.report(
      .fileTooLarge, .error, at: place, "has at least \(size) bytes, and at most \(limit) are read",
      remedy: "split the inventory, for example one for each site")
  }
}
