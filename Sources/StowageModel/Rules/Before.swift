/// Some VMs move before others do. Always hard.
///
/// - At rest: nothing.
/// - At every instant: every move of a member of `vms` ends before the first move of a member of `then`
///   starts. A VM on both sides counts among the first only, so that `then` can be everybody.
/// - Broken at the start: cannot be.
public struct Before: Hashable, Sendable {
  /// Who moves first.
  public var vms: Selection
  /// Who waits for them.
  public var then: Selection

  /// An order of moves.
  public init(vms: Selection, then: Selection) {
    self.vms = vms
    self.then = then
  }
}
