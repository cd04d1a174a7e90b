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

  @Flag(
    help:
      "Move in waves, at most one a night: the n-th night is the n-th 24 hours from --start, best at noon.")
  var nightly = false

  @Option(
    help: ArgumentHelp(
      "Move in waves, one a night, of at most so many move groups: as many as people can see to.",
      valueName: "groups"))
  var groupsPerNight: Int?

  @Option(
    help: ArgumentHelp(
      "With one wave a night: copy disks that must cross ahead of their moves, on so much of every port and link.",
      valueName: "percent"))
  var seedShare: Double?

  @Option(
    help: ArgumentHelp(
      "With --seed-share: minutes between two rounds of the replication, which leave the last changes to the move.",
      valueName: "minutes"))
  var seedIntervalMinutes: Double?

  func validate() throws {
    for (name, value, unit) in [
      ("--wave-size", waveSize, "VMs"), ("--pilot", pilot, "VMs"),
      ("--groups-per-night", groupsPerNight, "move groups"),
    ] {
      if let value, !(1...1_000_000).contains(value) {
        throw ValidationError("\(name) must be 1 to 1000000 \(unit), not \(value)")
      }
    }
    for (name, value) in [
      ("--validation-minutes", validationMinutes), ("--rollback-minutes", rollbackMinutes),
      ("--seed-interval-minutes", seedIntervalMinutes),
    ] {
      if let value, !(value >= 0 && value <= 100_000) {
        throw ValidationError("\(name) must be 0 to 100000 minutes, not \(value)")
      }
    }
    try validateSeeds()
  }

  private func validateSeeds() throws {
    if let seedShare, !(seedShare > 0 && seedShare < 100) {
      throw ValidationError("--seed-share must be above 0 and below 100 percent, not \(seedShare)")
    }
    if seedIntervalMinutes != nil, seedShare == nil {
      throw ValidationError("--seed-interval-minutes needs --seed-share")
    }
    if seedShare != nil, !nightly, groupsPerNight == nil {
      throw ValidationError("--seed-share needs --nightly or --groups-per-night")
    }
  }

  /// What is asked for; `nil` when nothing is.
  var policy: WavePolicy? {
    let isNightly = nightly || groupsPerNight != nil
    guard
      isNightly || waveSize != nil || pilot != nil || validationMinutes != nil || rollbackMinutes != nil
    else { return nil }
    return WavePolicy(
      mostVMs: waveSize, pilotVMs: pilot, validationSeconds: (validationMinutes ?? 0) * 60,
      rollbackSeconds: rollbackMinutes.map { $0 * 60 },
      nights: isNightly ? NightPolicy(mostGroups: groupsPerNight) : nil,
      seeding: seedShare.map {
        SeedPolicy(sharePercent: $0, intervalSeconds: seedIntervalMinutes.map { $0 * 60 } ?? 900)
      })
  }
}
