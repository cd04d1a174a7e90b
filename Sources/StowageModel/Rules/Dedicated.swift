/// These VMs share hosts with nobody else.
///
/// - At rest: no host holds both a member and another VM, running or not.
/// - At every instant: as at rest; a moving VM counts at both ends.
/// - Broken at the start: while a host holds both, it holds no more members and no more others than
///   at the start.
public struct Dedicated: Hashable, Sendable {
  /// The members, which may share hosts with each other.
  public var vms: Selection

  /// VMs that keep to themselves.
  public init(vms: Selection) {
    self.vms = vms
  }
}
