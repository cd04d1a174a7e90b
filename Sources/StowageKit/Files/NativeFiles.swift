public import StowageFormats
public import StowageModel

/// The files of an inventory in native form.
public enum NativeFiles {
  /// The folder to write into and the files, for a path given by an operator: one document when it
  /// ends in `.json`, a folder of CSV files otherwise.
  public static func files(
    _ inventory: Inventory, for path: String
  ) -> (folder: String, files: [(name: String, bytes: [UInt8])]) {
    guard path.hasSuffix(".json") else {
      return (path, NativeWriter.folder(inventory).map { ($0.name, $0.bytes) })
    }
    let (folder, name) = OutputFolder.split(path)
    return (folder, [(name, NativeWriter.document(inventory))])
  }
}
