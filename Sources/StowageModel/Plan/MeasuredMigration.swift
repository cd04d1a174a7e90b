/// A migration that was made, and what it took.
public struct MeasuredMigration: Hashable, Sendable {
  /// Moves of one guest are kept together when a fit is tested on what it has not seen.
  public var guest: String
  /// What was known of the VM beforehand.
  public var vm: VM
  /// How it was moved.
  public var technique: Technique
  /// Whether its disks were copied too.
  public var copiesDisks: Bool
  /// Bandwidth of the path, in Gb/s.
  public var gbps: Double
  /// Round trip of the path, in ms, if known.
  public var roundTripMilliseconds: Double?
  /// From the command to the end, in s.
  public var totalSeconds: Double
  /// The pause as the guest's users saw it, in s, if measured.
  public var downtimeSeconds: Double?
  /// Sent, in MiB, if measured.
  public var sentMiB: Double?

  /// A migration of its parts.
  public init(
    guest: String, vm: VM, technique: Technique, copiesDisks: Bool, gbps: Double,
    roundTripMilliseconds: Double?, totalSeconds: Double, downtimeSeconds: Double?, sentMiB: Double?
  ) {
    self.guest = guest
    self.vm = vm
    self.technique = technique
    self.copiesDisks = copiesDisks
    self.gbps = gbps
    self.roundTripMilliseconds = roundTripMilliseconds
    self.totalSeconds = totalSeconds
    self.downtimeSeconds = downtimeSeconds
    self.sentMiB = sentMiB
  }
}
