import Foundation

/// Exports that are not part of the package and may be absent: tests that read them are skipped
/// without them.
enum RVToolsSamples {
  /// The path of a sample, if it is there: `shared/samples` beside the package.
  static func path(_ name: String) -> String? {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<5 { folder.deleteLastPathComponent() }
    let path = folder.appendingPathComponent("shared/samples/\(name)").path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }
}
