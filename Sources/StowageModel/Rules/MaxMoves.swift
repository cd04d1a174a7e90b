/// A plan moves these VMs at most so many times. Always hard.
///
/// - At rest: nothing.
/// - At every instant: the plan has at most so many moves of members in all; a detour over a third
///   host counts each of its moves.
/// - Broken at the start: cannot be.
public struct MaxMoves: Hashable, Sendable {
  /// Whose moves count; unspecified means all VMs.
  public var vms: Selection
  /// How many moves at most.
  public var limit: Int

  /// A limit on moves.
  public init(vms: Selection = Selection(), limit: Int) {
    precondition(limit >= 0, "a limit on moves is not negative: \(limit)")
    self.vms = vms
    self.limit = limit
  }
}
