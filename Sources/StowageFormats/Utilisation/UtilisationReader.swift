import StowageDiagnostics

/// Reads what was measured of VMs over time, from files of any of the forms that Stowage knows.
public enum UtilisationReader {
  /// Reads files and folders.
  ///
  /// Tables are read piece by piece, so that a month of 5-minute samples of ten thousand VMs takes no
  /// more memory than their distributions; JSON is read as a whole.
  public static func read(_ paths: [String]) -> Utilisation {
    var collector = UtilisationCollector()
    var files: [String] = []
    for path in paths {
      files += ExportFolder.isFolder(path) ? ExportFolder.files(below: path, log: &collector.log) : [path]
    }
    var unknown: [String] = []
    for file in files {
      if !SampleFile(file).read(into: &collector) { unknown.append(file) }
    }
    if !unknown.isEmpty {
      let isAll = unknown.count == files.count
      let shown = unknown.prefix(3).map {
        Diagnostic.quoted($0.split(separator: "/").last.map(String.init) ?? $0)
      }
      collector.log.report(
        isAll ? .fileUnknownFormat : .inventorySkipped, isAll ? .error : .notice,
        at: SourcePlace(file: paths.joined(separator: ", ")),
        "\(counted(unknown.count, "file")) without samples in a form that is known, such as "
          + shown.joined(separator: ", "),
        remedy: isAll
          ? "give a table with the columns vm_id, timestamp and cpu_mhz, or an export of a monitoring system"
          : nil)
    }
    collector.finish()
    return Utilisation(collector)
  }
}
