import StowageKit

/// What the process tells the shell.
public enum ExitStatus: Int32, Sendable {
  /// Answered, and verified.
  case answered = 0
  /// An honest no: infeasible, plan rejected, rules broken in `check`.
  case no = 1
  /// Could not tell within the limits.
  case undecided = 2
  /// The input or a file is at fault.
  case badInput = 3
  /// The command line is at fault (`EX_USAGE`).
  case usage = 64
}

extension NoPlan {
  /// An honest no, or "could not tell".
  var status: ExitStatus {
    if case .infeasible = finding { .no } else { .undecided }
  }
}
