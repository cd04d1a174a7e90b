/// What became of one step of a plan, as whoever executes it wrote it down.
public struct JournalEntry: Hashable, Sendable {
  /// How a step stands.
  public enum Outcome: String, CaseIterable, Hashable, Sendable {
    /// The VM runs at the step's target.
    case done
    /// The step was tried and given up: the VM is where the step found it.
    case failed
    /// The step has begun and not ended.
    case underWay = "under_way"
    /// The step was left out on purpose: the VM is where the step would have found it.
    case skipped
  }

  /// Which step.
  public var step: Move.ID
  /// How it stands.
  public var outcome: Outcome
  /// When, as it was written; `nil` when nothing was.
  public var instant: String?

  /// An entry of its parts.
  public init(step: Move.ID, outcome: Outcome, instant: String? = nil) {
    self.step = step
    self.outcome = outcome
    self.instant = instant
  }
}
