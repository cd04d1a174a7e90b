public import StowageReports

/// The files that `stowage compare --out` writes.
public enum ComparisonFiles {
  /// `compare.html`, `compare.md` and `compare.json`.
  public static func all(_ comparison: Comparison) -> [(name: String, bytes: [UInt8])] {
    let generator = ProgramVersion.generator
    return [
      ("compare.html", Array(comparison.html(generator: generator).utf8)),
      ("compare.md", Array(comparison.markdown(generator: generator).utf8)),
      ("compare.json", Array(comparison.json.utf8)),
    ]
  }
}
