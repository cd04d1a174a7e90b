public import StowageModel

/// Why a VM does not move.
public enum PinReason: Hashable, Sendable {
  /// A rule of kind `stay`.
  case stay(Rule.ID)
  /// The inventory says `movable=false`.
  case notMovable
  /// The request takes other VMs to another site, and not this one.
  case notSelected
  /// No technique can move it.
  case noTechnique(because: String)
}
