public import StowageModel

/// How a VM moves, and why not otherwise.
public struct TechniqueChoice: Hashable, Sendable {
  /// The technique.
  public let technique: Technique
  /// What helps its pre-copy along; `nil` for a move as the platform makes it by itself.
  public let aid: PreCopyAid?
  /// Whether disks travel too.
  public let storage: StorageCopy
  /// Rate that the move takes of its path, in MiB/s: no more than the platform's streams carry, and 0
  /// when nothing is copied.
  public let rateMiBPerSecond: Double
  /// What it costs.
  public let forecast: Forecast
  /// The other techniques, each with one sentence, in the order of ``Technique``; with an aid also pre-copy without it.
  public let rejected: [RejectedTechnique]
}
