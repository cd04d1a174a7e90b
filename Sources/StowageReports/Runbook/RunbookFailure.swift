/// Why a runbook cannot be written.
public enum RunbookFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// A script names its steps in its journal and on its command line, and this name is not fit for that.
  case stepNotPlain(String)
  /// Two steps have the same name.
  case stepTwice(String)
  /// A calendar is of instants, and the plan states no start.
  case noStart

  /// The failure and what to do, as a sentence each.
  public var description: String {
    switch self {
    case .stepNotPlain(let id):
      "a script cannot name the step \(VisibleText.name(id)): give moves ids of letters, digits, '-', '_' and '.', "
        + "as `stowage plan` does, or use --format md"
    case .stepTwice(let id):
      "two moves have the id \(VisibleText.name(id)): give each its own, or use --format md"
    case .noStart:
      "the plan states no start, and a calendar is of instants: plan with --start"
    }
  }
}
