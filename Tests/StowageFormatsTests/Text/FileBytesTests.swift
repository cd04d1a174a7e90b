import Foundation
import StowageDiagnostics
import StowageFormats
import Testing

@Suite("FileBytes")
struct FileBytesTests {
  private let folder = FileManager.default.temporaryDirectory.appending(
    path: "file-bytes-\(UUID().uuidString)")

  init() throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  @Test("reads all bytes of a file, also of an empty one", arguments: [0, 1, 65_535, 65_536, 200_001])
  func reads(count: Int) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let path = folder.appending(path: "a").path
    try Data(bytes).write(to: URL(filePath: path))
    var log = DiagnosticLog()
    #expect(FileBytes.read(path, log: &log) == bytes)
    #expect(log.kept.isEmpty)
  }

  @Test("reads what has no size of its own, such as a pipe or a file of the system")
  func readsWithoutSize() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var log = DiagnosticLog()
    let bytes = try #require(FileBytes.read("/proc/self/status", log: &log))
    #expect(bytes.starts(with: Array("Name:".utf8)))
  }

  @Test("says what is wrong with a path: missing, a folder, a NUL inside")
  func reportsUnreadable() {
    defer { try? FileManager.default.removeItem(at: folder) }
    for path in [folder.appending(path: "none").path, folder.path, "a\u{0}b"] {
      var log = DiagnosticLog()
      #expect(FileBytes.read(path, log: &log) == nil)
      #expect(log.brief == ["error file.unreadable"])
    }
  }

  @Test("refuses a file above the limit, whether its size is known or not")
  func limits() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "a").path
    try Data(count: 100).write(to: URL(filePath: path))
    var log = DiagnosticLog()
    #expect(FileBytes.read(path, sizeLimit: 100, log: &log)?.count == 100)
    #expect(FileBytes.read(path, sizeLimit: 99, log: &log) == nil)
    #expect(FileBytes.read("/proc/self/status", sizeLimit: 10, log: &log) == nil)
    #expect(log.brief == ["error file.too-large", "error file.too-large"])
  }
}
