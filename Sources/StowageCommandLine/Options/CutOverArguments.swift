import ArgumentParser
import StowageKit

/// What cold moves that take disks along add to the downtime of their VMs, and how long sources are kept.
struct CutOverArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "To turn disks and definition of a VM into what the target runs: part of cold moves with disks, and of their downtime.",
      valueName: "minutes"))
  var convertMinutes: Double?

  @Option(
    help: ArgumentHelp(
      "Until clients follow a VM that moved cold with its disks: part of its downtime.", valueName: "minutes")
  )
  var networkMinutes: Double?

  @Option(
    help: ArgumentHelp(
      "To see to a VM that moved cold with its disks before users are let in: part of its downtime.",
      valueName: "minutes"))
  var checkMinutes: Double?

  @Option(
    help: ArgumentHelp(
      "Days for which a VM that moved to another site keeps its place at its source, as the way back.",
      valueName: "days"))
  var keepSourceDays: Int?

  func validate() throws {
    for (name, value) in [
      ("--convert-minutes", convertMinutes), ("--network-minutes", networkMinutes),
      ("--check-minutes", checkMinutes),
    ] {
      if let value, !(value >= 0 && value <= 100_000) {
        throw ValidationError("\(name) must be 0 to 100000 minutes, not \(value)")
      }
    }
    if let keepSourceDays, !(0...3650).contains(keepSourceDays) {
      throw ValidationError("--keep-source-days must lie between 0 and 3,650, not \(keepSourceDays)")
    }
  }

  /// What is asked for; `nil` when nothing is.
  var policy: CutOverPolicy? {
    guard convertMinutes != nil || networkMinutes != nil || checkMinutes != nil else { return nil }
    return CutOverPolicy(
      convertSeconds: (convertMinutes ?? 0) * 60, networkSeconds: (networkMinutes ?? 0) * 60,
      validationSeconds: (checkMinutes ?? 0) * 60)
  }
}
