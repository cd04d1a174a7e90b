import Foundation

/// Writes a set of files into a folder so that nobody ever sees some of them, or half of one.
///
/// Each file is written aside in the same folder and flushed; only when all are there are they
/// renamed into place. A failure removes what was written aside.
public struct OutputFolder: Sendable {
  /// A file or folder that could not be written, and what the system says.
  public struct Failure: Error, Sendable {
    /// Where.
    public let path: String
    /// What the system says.
    public let reason: String
  }

  /// The folder; made when it does not exist.
  public let path: String

  /// A folder to write into.
  public init(_ path: String) {
    self.path = path
  }

  /// Folder and name of a file that an operator named.
  public static func split(_ path: String) -> (folder: String, name: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().joined(separator: "/")
    let isAbsolute = path.hasPrefix("/")
    return (folder.isEmpty ? (isAbsolute ? "/" : ".") : folder, String(parts.last ?? ""))
  }

  /// Writes the files, all or none.
  ///
  /// - Parameter files: Names within the folder, with folders in it that are made where they lack, and contents, in the
  ///   order in which they appear.
  /// - Throws: ``Failure`` for the first file or folder that cannot be written.
  public func write(_ files: [(name: String, bytes: [UInt8])]) throws(Failure) {
    let manager = FileManager.default
    do {
      try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure(path: path, reason: error.localizedDescription)
    }
    var aside: [(from: String, to: String)] = []
    do {
      for file in files {
        let target = "\(path)/\(file.name)"
        let (folder, name) = Self.split(target)
        let temporary = "\(folder)/.\(name).\(ProcessInfo.processInfo.processIdentifier)"
        if folder != path { try manager.createDirectory(atPath: folder, withIntermediateDirectories: true) }
        aside.append((temporary, target))
        try Data(file.bytes).write(to: URL(fileURLWithPath: temporary))
      }
      for file in aside {
        guard rename(file.from, file.to) == 0 else {
          throw Failure(path: file.to, reason: String(cString: strerror(errno)))
        }
      }
    } catch {
      for file in aside { try? manager.removeItem(atPath: file.from) }
      if let failure = error as? Failure { throw failure }
      throw Failure(path: aside.last?.to ?? path, reason: error.localizedDescription)
    }
  }
}
