/// These VMs switch over to their new hosts at one moment. Always hard.
///
/// A VM runs at its target from the start of a post-copy move on, and from the end of any other; of a
/// hybrid, which switches over somewhere on its way, the end counts. So post-copy moves start together and
/// pre-copy moves end together, and members whose techniques differ meet where these moments do
/// (BtrPlace calls the rule Sync).
///
/// - At rest: nothing.
/// - At every instant: all moves of members have the same moment. A VM that does not move is not waited
///   for; one that went over a third host would have two moments, so none does.
/// - Broken at the start: cannot be.
public struct Together: Hashable, Sendable {
  /// The members.
  public var vms: Selection

  /// VMs that switch over at one moment.
  public init(vms: Selection) {
    self.vms = vms
  }
}
