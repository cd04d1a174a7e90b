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
    /// How long a move may last that has one of the times to itself, in s.
    public let longestSeconds: Double
  }

  /// The different ones; VMs of the same rules share one.
  public let entries: [Entry]
  /// The entry of each VM; empty when no rule speaks of hours or dates.
  let entryOfVM: [Int?]

  /// The entry of a VM; `nil` when it may move at any time.
  public func entry(of vm: Int) -> Int? { entryOfVM.isEmpty ? nil : entryOfVM[vm] }

  /// How long a move of a VM may last at most, in s; `nil` when no rule says when it may move.
  public func longestSeconds(of vm: Int) -> Double? { entry(of: vm).map { entries[$0].longestSeconds } }
}

extension MoveCalendar.Entry {
  /// An entry of its rules. Where there are waves, what is left of a time after them holds each to less.
  init(open: OpenTimes, due: Int?, rules: [Rule.ID], waves: WavePolicy?) {
    self.open = open
    self.due = due
    self.rules = rules
    let lengths = open.spans.map { span in
      min(Self.longest(span.count, waves), max(0, min(span.upperBound, due ?? .max) - span.lowerBound))
    }
    longestSeconds = Double(lengths.max() ?? 0) / 1000
  }

  /// Hours hold the moves of a wave, the time to see whether its VMs are well, and the time to take it back.
  private static func longest(_ length: Int, _ waves: WavePolicy?) -> Int {
    guard let waves else { return length }
    let left = Double(length) - 1000 * waves.reservedSeconds(afterMovesOf: 0)
    // As long as the moves took, unless the policy says how long it takes to go back.
    return Int(max(0, waves.rollbackSeconds == nil ? left / 2 : left))
  }
}
