import StowageModel

/// Writes rules in the form `stowage.rules/v1`.
enum RuleEncoder {
  /// Writes one rule as an object. What has its default is left out.
  static func write(_ rule: Rule, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.member("id", rule.id.rawValue)
      writer.member("kind", rule.requirement.kind)
      if !rule.isHard && rule.requirement.mayBeHard { writer.member("hard", false) }
      if rule.weight != 1 { writer.member("weight", rule.weight) }
      write(rule.requirement, to: &writer)
    }
  }

  private static func write(_ requirement: Requirement, to writer: inout JSONWriter) {
    switch requirement {
    case .affinity(let affinity):
      write(affinity.scope, to: &writer)
    case .antiAffinity(let antiAffinity):
      write(antiAffinity.scope, to: &writer)
    case .failover(let failover):
      write(failover.scope, to: &writer)
      writer.member("failures", failover.failures)
    case .spread(let spread):
      write(spread.scope, to: &writer)
      if let least = spread.minDomains { writer.member("min_domains", least) }
      if let most = spread.maxPerDomain { writer.member("max_per_domain", most) }
    case .groupCap(let cap):
      writer.member("resource", cap.resource.rawValue)
      writer.member("limit", cap.limit)
    case .maxMoves(let most):
      writer.member("limit", most.limit)
    case .moveBudget(let budget):
      writer.member("limit_mib", budget.limitMiB)
    case .concurrency(let most):
      writer.member("limit", most.limit)
      if most.place != .total { writer.member("per", most.place.rawValue) }
      if !most.links.isEmpty { writer.member("links", most.links.map(\.pattern)) }
    case .technique(let limit):
      write(limit, to: &writer)
    case .deadline(let deadline):
      switch deadline.due {
      case .within(let seconds): writer.member("within_s", seconds)
      case .by(let instant): writer.member("by", instant.description)
      }
    case .window(let window):
      write(window.hours, to: &writer)
    case .blackout(let blackout):
      write(blackout.hours, to: &writer)
    case .before(let order):
      write(order.then, globs: "then", labels: "then_labels", to: &writer)
    case .onlyOn, .neverOn, .stay, .drain, .preferOn, .noNew, .keepOn, .dedicated, .serialize, .together:
      break
    }
    if let vms = requirement.vmSelection { write(vms, globs: "vms", labels: "labels", to: &writer) }
    if let hosts = requirement.hostSelection {
      write(hosts, globs: "hosts", labels: "host_labels", to: &writer)
    }
  }

  private static func write(_ hours: Hours, to writer: inout JSONWriter) {
    switch hours {
    case .dated(let from, let to):
      writer.member("from", from.description)
      writer.member("to", to.description)
    case .weekly(let weekly):
      writer.member("from", clock(weekly.from))
      writer.member("to", clock(weekly.to))
      let all = WeeklyHours.Day.allCases
      if weekly.days.count < all.count {
        writer.member("days", all.filter(weekly.days.contains).map(\.rawValue))
      }
      if weekly.zone.name != "UTC" { writer.member("tz", weekly.zone.name) }
    }
  }

  private static func clock(_ minutes: Int) -> String {
    let parts = [minutes / 60, minutes % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return parts.joined(separator: ":")
  }

  private static func write(_ limit: TechniqueLimit, to writer: inout JSONWriter) {
    if let allowed = limit.allowed { writer.member("allow", allowed.sorted().map(\.rawValue)) }
    if !limit.denied.isEmpty { writer.member("deny", limit.denied.sorted().map(\.rawValue)) }
    if let most = limit.maxDowntimeMilliseconds { writer.member("max_downtime_ms", most) }
    if let most = limit.maxLossProbability { writer.member("max_loss_probability", most) }
    if let most = limit.maxSlowdownSeconds { writer.member("max_slowdown_s", most) }
  }

  private static func write(_ scope: Scope, to writer: inout JSONWriter) {
    if scope != .host { writer.member("scope", scope.rawValue) }
  }

  private static func write(
    _ selection: Selection, globs: String, labels: String, to writer: inout JSONWriter
  ) {
    if !selection.globs.isEmpty { writer.member(globs, selection.globs.map(\.pattern)) }
    guard !selection.labels.isEmpty else { return }
    // As an object, which unlike `key=value` words can hold an equals sign in a key.
    writer.object(labels) { writer in
      for (key, value) in selection.labels.sorted(by: { $0.key < $1.key }) { writer.member(key, value) }
    }
  }
}
