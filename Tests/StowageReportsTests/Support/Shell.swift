import Foundation

/// Runs a script in the system's POSIX shell.
enum Shell {
  struct Failure: Error {
    let status: Int32
    let message: String
  }

  /// What the script prints; an error when it ends with another status than 0, or complains
  /// although it must be silent.
  static func run(_ script: String, mustBeSilent: Bool = false) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let input = Pipe()
    let output = Pipe()
    let error = Pipe()
    process.standardInput = input
    process.standardOutput = output
    process.standardError = error
    let file = FileManager.default.temporaryDirectory.appending(path: "stowage-\(UUID().uuidString).sh")
    try Data(script.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    process.arguments = [file.path]
    try process.run()
    try input.fileHandleForWriting.close()
    let printed = try output.fileHandleForReading.readToEnd() ?? Data()
    let message = try error.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0, !mustBeSilent || message.isEmpty else {
      throw Failure(status: process.terminationStatus, message: String(decoding: message, as: UTF8.self))
    }
    return String(decoding: printed, as: UTF8.self)
  }
}
