import ArgumentParser
import StowageKit

/// How long a search may take, and in what that is counted.
struct SearchArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Seconds to search.", valueName: "s"))
  var timeLimit = 60.0

  @Flag(help: "Count limits in work instead of seconds: the same answer on every machine.")
  var deterministic = false

  func validate() throws {
    guard timeLimit > 0 else {
      throw ValidationError("--time-limit must be above 0 seconds, not \(timeLimit)")
    }
  }
}
