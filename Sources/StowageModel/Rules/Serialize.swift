/// These VMs move one at a time. Always hard.
///
/// - At rest: nothing.
/// - At every instant: at most one move of a member is under way.
/// - Broken at the start: cannot be.
public struct Serialize: Hashable, Sendable {
  /// The members.
  public var vms: Selection

  /// VMs that move one after the other.
  public init(vms: Selection) {
    self.vms = vms
  }
}
