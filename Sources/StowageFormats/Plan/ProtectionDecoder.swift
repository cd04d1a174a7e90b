import StowageDiagnostics
import StowageModel

/// Reads what a plan says of the copies that VMs keep at other sites.
enum ProtectionDecoder {
  static func policy(_ options: PlanFields, into log: inout DiagnosticLog) -> ProtectionPolicy? {
    guard let fields = options.object("protection", into: &log) else { return nil }
    let replicator: Replicator? = fields.requiredChoice("replicator", into: &log)
    guard let replicator else { return nil }
    var policy = ProtectionPolicy(
      replicator: replicator, reduction: min(0.99, fields.number("reduction", greatest: 1, into: &log) ?? 0),
      overhead: fields.number("overhead", greatest: 1000, into: &log) ?? 0)
    if let headroom = fields.number("headroom", greatest: 10, into: &log) { policy.headroom = headroom }
    if let part = fields.number("shared_link_part", greatest: 1, into: &log) { policy.sharedLinkPart = part }
    return policy
  }

  static func protections(_ fields: PlanFields, into log: inout DiagnosticLog) -> [Protection] {
    fields.list("protection", into: &log).compactMap { node in
      let item = PlanFields(node, "an entry of 'protection'", into: &log)
      let vm = item.requiredText("vm", into: &log)
      let before = item.requiredText("copy_before", into: &log)
      let after = item.requiredText("copy_after", into: &log)
      let interval = item.requiredNumber("interval_s", into: &log)
      let rate = item.requiredNumber("rate_mib_per_s", into: &log)
      let age = item.requiredNumber("worst_age_s", into: &log)
      guard let vm, let before, let after, let interval, let rate, let age else { return nil }
      var protection = Protection(
        vm: VM.ID(vm), before: Host.ID(before), after: Host.ID(after), intervalSeconds: interval,
        rateMiBPerSecond: rate, worstAgeSeconds: age, deltaMiB: item.number("delta_mib", into: &log),
        linksBefore: item.words("links_before", into: &log),
        linksAfter: item.words("links_after", into: &log))
      protection.datastore = item.text("datastore", into: &log)
      return protection
    }
  }
}
