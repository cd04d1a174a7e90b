import Foundation
import Testing

/// Texts kept in `Golden/`, recorded anew when `STOWAGE_RECORD` is set and reviewed as a diff.
enum Golden {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Golden")

  static func expect(
    _ text: String, matches name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["STOWAGE_RECORD"] != nil {
      try Data(text.utf8).write(to: file)
      return
    }
    let kept = try String(decoding: Data(contentsOf: file), as: UTF8.self)
    let different = zip(text.split(separator: "\n"), kept.split(separator: "\n")).first { $0 != $1 }
    #expect(
      text == kept,
      "\(name) differs, first in: \(different.map { "\($0.0)" } ?? "its length"). STOWAGE_RECORD=1 records it",
      sourceLocation: sourceLocation)
  }
}
