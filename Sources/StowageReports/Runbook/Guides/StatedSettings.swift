import StowageModel

/// The settings of the site that a plan counts on because its calibration states them, by the names that the platform
/// gives them.
struct StatedSettings {
  private let platform: Platform
  private let constants: [Calibration.Constant: Double]

  /// Those of a plan for a runbook on a platform; a runbook for another than the plan was made for has none.
  init(_ options: PlanOptions, on platform: Platform) {
    self.platform = platform
    constants = platform == options.platform ? options.calibration?.constants ?? [:] : [:]
  }

  /// What to look at before the first move; `nil` where the calibration states none.
  var part: RunbookPart? {
    let settings = Calibration.Constant.allCases.compactMap { setting in
      constants[setting].flatMap { words(setting, $0) }
    }
    guard !settings.isEmpty else { return nil }
    return RunbookPart(
      .note, "Settings",
      ["The plan counts on \(settings.joined(separator: ", ")): see that the site still has them."])
  }

  private func words(_ setting: Calibration.Constant, _ value: Double) -> String? {
    guard let name = name(of: setting) else { return nil }
    return switch setting {
    case .cap: "`\(name)` at \(Units.rate(mibPerSecond: value))"
    case .completion: "`\(name)` at \(Units.decimal(value)) s"
    case .autoConverge: "`\(name)` \(value >= 0.5 ? "on" : "off")"
    case .setUp, .goodput, .stream, .streams, .switchover, .postCopyPause, .hybridPause, .stopAndBoot: nil
    }
  }

  private func name(of setting: Calibration.Constant) -> String? {
    switch (platform, setting) {
    case (.openstack, .cap): "live_migration_bandwidth"
    case (.openstack, .autoConverge): "live_migration_permit_auto_converge"
    case (.openstack, .completion): "live_migration_completion_timeout"
    case (.kubevirt, .cap): "bandwidthPerMigration"
    case (.kubevirt, .autoConverge): "allowAutoConverge"
    case (.kubevirt, .completion): "completionTimeoutPerGiB"
    case (.ganeti, .cap): "migration_bandwidth"
    case (.ganeti, .autoConverge): "migration_caps=auto-converge"
    case (.proxmox, .cap): "bwlimit: migration="
    default: nil
    }
  }
}
