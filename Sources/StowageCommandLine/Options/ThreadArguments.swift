import ArgumentParser
import Foundation
import StowageKit

/// How many threads search.
struct ThreadArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Threads that search; the answer is the same with any number, unless time cuts the search short. As many as the machine has, 8 at most, by default.",
      valueName: "n"))
  var threads: Int?

  /// The number asked for, or what the machine offers.
  var count: Int { threads ?? min(8, max(1, ProcessInfo.processInfo.activeProcessorCount)) }

  func validate() throws {
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads must be 1 to 256, not \(threads)")
    }
  }
}
