import Glibc
import StowageKit

/// Has SIGINT and SIGTERM end a search with what it has; a second one ends the program.
enum InterruptSignals {
  /// Handlers of signals carry no context, so what they raise has to lie where they find it.
  nonisolated(unsafe) private static var watch: PlanWatch?

  /// Runs `body` while both signals go to a watch.
  static func heeding<Result>(_ watch: PlanWatch, _ body: () throws -> Result) rethrows -> Result {
    self.watch = watch
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        InterruptSignals.watch?.interrupt()
        signal(number, SIG_DFL)
      }
    }
    defer { for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) } }
    return try body()
  }
}
