import StowageModel

/// A repair ends with no host above its capacity, save for what no other host may hold.
struct RepairCheck {
  let limits: RestLimits
  let sizing: SizingOptions

  func run(_ end: RestState, at instant: Double) -> [Finding] {
    let load = end.load
    let residents = end.residents
    return end.roster.hosts.indices.flatMap { host in
      Resource.allCases.compactMap { resource -> Finding? in
        guard let limit = limits.limits[host][resource.index], load[host][resource] > limit else {
          return nil
        }
        let id = end.roster.hosts[host].id
        let fact = OverloadFact(
          host: id, resource: resource, cpu: sizing.cpu, load: load[host][resource], limit: limit,
          vms: residents[host].count)
        return Finding(at: instant, .host(id), .overload(fact))
      }
    }
  }
}
