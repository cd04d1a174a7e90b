public import StowageModel

/// A limit on the moves of a plan, by a rule or by the request.
public struct MoveLimit: Sendable {
  /// The rule; `nil` for the option of the request.
  public let rule: Rule.ID?
  /// Whose moves count, by index, ascending; `nil` for all.
  public let members: [Int]?
  /// What is limited.
  public let quantity: Quantity
  /// How much at most: a count, or MiB.
  public let most: Double

  /// What can be limited.
  public enum Quantity: Sendable {
    /// The number of moves.
    case moves
    /// The configured memory of the moved VMs, each move counted, in MiB.
    case memoryMiB
  }

  /// Whether moves of these VMs, one entry for each move, keep the limit.
  public func permits(_ moved: [Int], of fleet: Fleet) -> Bool {
    let counted = members.map(Set.init)
    let sum = moved.reduce(0.0) { sum, vm in
      guard counted?.contains(vm) ?? true else { return sum }
      return sum + weight(of: vm, in: fleet)
    }
    return sum <= most
  }

  /// What one move of a member counts.
  public func weight(of vm: Int, in fleet: Fleet) -> Double {
    switch quantity {
    case .moves: 1
    case .memoryMiB: fleet.vms[vm].memoryMiB
    }
  }
}
