import StowageKit

/// Reads a plan document for a command.
enum PlanReading {
  /// The plan, or `nil` after its problems are told.
  static func read(_ path: String, on console: Console) -> Plan? {
    let (plan, log) = PlanDocument.read(path: path)
    for diagnostic in log.kept where diagnostic.severity != .notice { console.note(diagnostic.description) }
    return log.hasErrors ? nil : plan
  }
}
