/// Moves of these VMs end by a time. Always hard.
///
/// - At rest: nothing.
/// - At every instant: every move of a member ends no later than it is due. A VM that does not move
///   misses no deadline.
/// - Broken at the start: cannot be.
public struct Deadline: Hashable, Sendable {
  /// When moves must have ended.
  public enum Due: Hashable, Sendable {
    /// So many seconds after the plan starts.
    case within(seconds: Double)
    /// At an instant.
    case by(Instant)
  }

  /// The members.
  public var vms: Selection
  /// When their moves must have ended.
  public var due: Due

  /// VMs whose moves end by a time.
  public init(vms: Selection, due: Due) {
    self.vms = vms
    self.due = due
  }
}
