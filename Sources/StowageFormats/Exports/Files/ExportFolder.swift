import Foundation
import StowageDiagnostics

/// Finds the files of an export.
enum ExportFolder {
  /// How deep folders are searched. Chosen: an export is a folder for each host of each cluster.
  static let depthLimit = 3
  /// Chosen: a config file for each VM of the largest known fleet, with room to spare.
  static let fileLimit = 400_000

  /// The paths of all files below a folder, in order; hidden ones and packed ones are left out.
  static func files(below folder: String, log: inout DiagnosticLog) -> [String] {
    var files: [String] = []
    collect(folder, depth: 1, into: &files)
    if files.count > fileLimit {
      log.report(
        .fileTooLarge, .error, at: SourcePlace(file: folder),
        "the folder holds more than \(fileLimit) files", remedy: "point at the folder of one export")
      return []
    }
    return files
  }

  private static func collect(_ folder: String, depth: Int, into files: inout [String]) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names.sorted() where !name.hasPrefix(".") && !name.hasPrefix("~$") {
      guard files.count <= fileLimit else { return }
      let path = SourceDetector.join(folder, name)
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
      if isFolder.boolValue {
        if depth < depthLimit { collect(path, depth: depth + 1, into: &files) }
      } else if !isOther(name) {
        files.append(path)
      }
    }
  }

  /// Whether a path leads to a folder.
  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// Whether the name says that there is nothing to read in it.
  private static func isOther(_ name: String) -> Bool {
    let ending = name.lowercased().split(separator: ".").last.map(String.init) ?? ""
    return ["md", "zip", "gz", "xz", "bz2", "zst", "7z", "png", "jpg", "pdf", "xlsx", "xlsm", "xls", "html"]
      .contains(ending)
  }
}
