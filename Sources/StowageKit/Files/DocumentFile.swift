import Foundation
import StowageDiagnostics

/// Documents of our own in files.
enum DocumentFile {
  /// Whether a file names a form near its start.
  static func names(_ form: String, at path: String) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path), let head = try? file.read(upToCount: 4096) else {
      return false
    }
    return String(decoding: head, as: UTF8.self).contains(form)
  }

  /// What a file holds, and all that is to be told about it.
  static func read<Document>(
    _ path: String, _ decode: ([UInt8], String) -> (Document?, DiagnosticLog)
  ) -> (Document?, DiagnosticLog) {
    do {
      return decode(Array(try Data(contentsOf: URL(fileURLWithPath: path))), path)
    } catch {
      var log = DiagnosticLog()
      log.report(
        .fileUnreadable, .error, at: SourcePlace(file: path), error.localizedDescription,
        remedy: "check the path and its permissions")
      return (nil, log)
    }
  }
}
