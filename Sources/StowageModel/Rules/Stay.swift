/// These VMs do not move.
///
/// - At rest: each member is on the host where it was at the start.
/// - At every instant: no member has a move.
/// - Broken at the start: cannot be.
public struct Stay: Hashable, Sendable {
  /// The members.
  public var vms: Selection

  /// VMs that stay.
  public init(vms: Selection) {
    self.vms = vms
  }
}
