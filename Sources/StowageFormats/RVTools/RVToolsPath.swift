/// Paths of vSphere: `[datastore] folder/file`.
enum RVToolsPath {
  /// The datastore of a path.
  static func datastore(_ path: String) -> String? {
    guard path.hasPrefix("["), let end = path.firstIndex(of: "]") else { return nil }
    let name = path[path.index(after: path.startIndex)..<end]
    return name.isEmpty ? nil : String(name)
  }
}
