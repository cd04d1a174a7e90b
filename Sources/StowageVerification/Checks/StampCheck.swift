import StowageModel

/// Whether the plan is one for this inventory: digest and counts.
struct StampCheck {
  let inventory: Inventory
  /// SHA-256 of the inventory in native form; `nil` when the caller does not know it.
  let digest: String?

  func run(_ plan: Plan) -> [Finding] {
    var facts: [DocumentFact] = []
    if let digest, digest.lowercased() != plan.inventory.sha256.lowercased() {
      facts.append(.digest(stated: plan.inventory.sha256, actual: digest))
    }
    if plan.inventory.hosts != inventory.hosts.count {
      facts.append(.stamp(.hosts, stated: plan.inventory.hosts, actual: inventory.hosts.count))
    }
    if plan.inventory.vms != inventory.vms.count {
      facts.append(.stamp(.vms, stated: plan.inventory.vms, actual: inventory.vms.count))
    }
    return facts.map { Finding(.plan, .document($0)) }
  }
}
