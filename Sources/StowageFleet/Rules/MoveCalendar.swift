public import StowageModel

/// When VMs may move by the rules of hours and dates, and by when they must have.
public struct MoveCalendar: Sendable {
  /// What rules leave to some VMs.
  public struct Entry: Sendable {
    /// When their moves may be under way.
    public let open: OpenTimes
    /// When they must have ended, in ms after the start of the plan; `nil` when they may end at any time.
    public let due: Int?
    /// The rules, in the order of the inventory.
    public let rules: [Rule.ID]
  }

  /// The different ones; VMs of the same rules share one.
  public let entries: [Entry]
  /// The entry of each VM; empty when no rule speaks of hours or dates.
  let entryOfVM: [Int?]

  /// The entry of a VM; `nil` when it may move at any time.
  public func entry(of vm: Int) -> Int? { entryOfVM.isEmpty ? nil : entryOfVM[vm] }
}
