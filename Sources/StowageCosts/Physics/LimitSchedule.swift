/// How an engine's downtime limit changes while a pre-copy runs.
public enum LimitSchedule: Hashable, Sendable {
  /// Not at all.
  case fixed
  /// From `limit/count` to the limit in `count` equal steps, one every `secondsEach` (Nova's
  /// `live_migration_downtime_steps` and `_delay`).
  case steps(count: Int, secondsEach: Double)

  /// The limit in force after `seconds`, in s, of a limit that is `limitSeconds` in the end.
  func limit(_ limitSeconds: Double, after seconds: Double) -> Double {
    guard case .steps(let count, let each) = self, each > 0 else { return limitSeconds }
    let step = min(Double(count), (seconds / each).rounded(.down) + 1)
    return limitSeconds * step / Double(count)
  }

  /// When the limit rises after `seconds`, in s: a rounding later, so that it is in force by then.
  func nextStepSeconds(after seconds: Double) -> Double {
    guard case .steps(_, let each) = self, each > 0 else { return seconds }
    return (((seconds / each).rounded(.down) + 1) * each).nextUp
  }
}
