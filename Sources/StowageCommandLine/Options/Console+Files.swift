import StowageKit

extension Console {
  /// Writes files into a folder, all or none, and tells why where that cannot be done.
  func write(_ files: [(name: String, bytes: [UInt8])], to folder: String) -> Bool {
    do {
      try OutputFolder(folder).write(files)
      return true
    } catch {
      note(
        Diagnostic(
          .fileUnwritable, .error, at: SourcePlace(file: error.path), error.reason,
          remedy: "choose a folder that you may write to"
        ).description)
      return false
    }
  }
}
