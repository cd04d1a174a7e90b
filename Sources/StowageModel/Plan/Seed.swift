/// The first copy of a VM's disks, made while the VM runs, days before a cold move takes the rest.
///
/// From the end of the seed until its move starts, what the disks change is sent as it comes, at their rate of change.
public struct Seed: Hashable, Sendable {
  /// When the copy begins, in s.
  public var startSeconds: Double
  /// When it is complete but for what changed since, in s.
  public var endSeconds: Double
  /// Payload rate reserved on every link of the move's path while it copies, in MiB/s.
  public var rateMiBPerSecond: Double
  /// The same from the end of the copy until the move, in MiB/s.
  public var changeMiBPerSecond: Double
  /// Sent by the copy, in MiB, what changed meanwhile included.
  public var mib: Double
  /// What is left for the move to send, in MiB: what changes between two rounds of the replication.
  public var deltaMiB: Double

  /// A seed of its parts.
  public init(
    startSeconds: Double, endSeconds: Double, rateMiBPerSecond: Double, changeMiBPerSecond: Double,
    mib: Double, deltaMiB: Double
  ) {
    self.startSeconds = startSeconds
    self.endSeconds = endSeconds
    self.rateMiBPerSecond = rateMiBPerSecond
    self.changeMiBPerSecond = changeMiBPerSecond
    self.mib = mib
    self.deltaMiB = deltaMiB
  }
}
