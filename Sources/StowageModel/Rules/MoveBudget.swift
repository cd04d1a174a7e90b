/// A plan moves at most so much memory of these VMs. Always hard.
///
/// - At rest: nothing.
/// - At every instant: the configured memory of the plan's moves of members sums to at most the
///   limit, as `moved_mib` counts it; a detour over a third host counts each of its moves.
/// - Broken at the start: cannot be.
public struct MoveBudget: Hashable, Sendable {
  /// Whose moves count; unspecified means all VMs.
  public var vms: Selection
  /// How much memory at most, in MiB.
  public var limitMiB: Double

  /// A limit on the memory moved.
  public init(vms: Selection = Selection(), limitMiB: Double) {
    precondition(limitMiB >= 0, "a budget is not negative: \(limitMiB) MiB")
    self.vms = vms
    self.limitMiB = limitMiB
  }
}
