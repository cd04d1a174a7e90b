/// The program's name and version, as plans carry it.
public enum ProgramVersion {
  /// The version alone.
  public static let text = "0.1.0"
  /// What a plan names as its generator.
  public static let generator = "stowage \(text)"
}
