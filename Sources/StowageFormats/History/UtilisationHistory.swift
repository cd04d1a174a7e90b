public import StowageModel

/// What VMs used, hour by hour, as a `utilisation.csv` tells it.
public struct UtilisationHistory: Sendable {
  /// The use of one VM in one hour: the mean of its samples.
  public struct Hour: Sendable {
    /// Hours since 1970-01-01T00:00:00Z.
    public var hour: Int
    /// Position in ``vms``.
    public var vm: Int
    /// Mean CPU use in MHz; `nil` when no sample says it.
    public var cpuMHz: Double?
    /// Mean active memory in MiB; `nil` when no sample says it.
    public var memoryActiveMiB: Double?
  }

  /// The VMs, in ascending order.
  public let vms: [VM.ID]
  /// By hour, then by VM.
  public let hours: [Hour]
  /// Samples that were read.
  public let samples: Int
}
