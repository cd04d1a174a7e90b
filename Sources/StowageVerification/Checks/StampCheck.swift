import StowageModel

/// Whether the plan is one for this inventory and the request that it names: digests and counts.
struct StampCheck {
  let inventory: Inventory
  /// SHA-256 of the inventory in native form; `nil` when the caller does not know it.
  let digest: String?

  /// SHA-256 of what the plan says was asked; `nil` when the caller does not know it.
  var requestDigest: String?

  func run(_ plan: Plan) -> [Finding] {
    var facts: [DocumentFact] = []
    if let requestDigest, let stated = plan.requestSHA256, stated.lowercased() != requestDigest.lowercased() {
      facts.append(.request(stated: stated, actual: requestDigest))
    }
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
