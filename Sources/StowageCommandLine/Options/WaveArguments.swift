import ArgumentParser
import StowageKit

/// Waves with a gate at the end of each.
struct WaveArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp("Move in waves of at most so many VMs, whole move groups each.", valueName: "vms"))
  var waveSize: Int?

  @Option(
    help: ArgumentHelp("Move in waves, first one of at most so many VMs of low risk.", valueName: "vms"))
  var pilot: Int?

  @Option(
    help: ArgumentHelp(
      "Move in waves, and see for so long to the VMs of one before the next starts.", valueName: "minutes"))
  var validationMinutes: Double?

  @Option(
    help: ArgumentHelp(
      "Move in waves, each with so long left in its change window to go back; by default as long as its moves took.",
      valueName: "minutes"))
  var rollbackMinutes: Double?

  func validate() throws {
    for (name, value) in [("--wave-size", waveSize), ("--pilot", pilot)] {
      if let value, !(1...1_000_000).contains(value) {
        throw ValidationError("\(name) must be 1 to 1000000 VMs, not \(value)")
      }
    }
    for (name, value) in [
      ("--validation-minutes", validationMinutes), ("--rollback-minutes", rollbackMinutes),
    ] {
      if let value, !(value >= 0 && value <= 100_000) {
        throw ValidationError("\(name) must be 0 to 100000 minutes, not \(value)")
      }
    }
  }

  /// What is asked for; `nil` when nothing is.
  var policy: WavePolicy? {
    guard waveSize != nil || pilot != nil || validationMinutes != nil || rollbackMinutes != nil else {
      return nil
    }
    return WavePolicy(
      mostVMs: waveSize, pilotVMs: pilot, validationSeconds: (validationMinutes ?? 0) * 60,
      rollbackSeconds: rollbackMinutes.map { $0 * 60 })
  }
}
