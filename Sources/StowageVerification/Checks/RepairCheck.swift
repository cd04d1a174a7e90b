import StowageModel

/// A repair ends with no host above its capacity, save for what no other host may hold.
struct RepairCheck {
  let limits: RestLimits
  let sizing: SizingOptions

  func run(_ end: RestState, at instant: Double) -> [Finding] {
    let load = end.load
    let residents = end.residents
    return end.roster.hosts.indices.flatMap { host in
      end.roster.steadyResources.compactMap { resource -> Finding? in
        guard let limit = limits.limits[host][resource.index], load[host][resource] > limit else {
          return nil
        }
        return finding(host, resource, load[host][resource], limit, nil, residents[host].count, end, instant)
      } + hours(host, residents[host], end, instant)
    }
  }

  /// Hours in which a host still holds too much.
  private func hours(_ host: Int, _ vms: [Int], _ end: RestState, _ instant: Double) -> [Finding] {
    guard end.roster.hours != nil else { return [] }
    let load = vms.reduce(into: HourlyAmounts.nothing(end.roster)) {
      $0 += end.roster.taken(by: $1)
    }
    let worst = end.roster.worstHours(load.hours) { column in
      end.roster.capacity(of: host, column: column).map { max($0, limits.hourFloors[host][column]) }
    }
    return worst.map {
      finding(
        host, $0.resource, $0.load, $0.limit, $0.column % WeekProfile.hourCount, vms.count, end, instant)
    }
  }

  private func finding(
    _ host: Int, _ resource: Resource, _ load: Int64, _ limit: Int64, _ hour: Int?, _ vms: Int,
    _ end: RestState, _ instant: Double
  ) -> Finding {
    let id = end.roster.hosts[host].id
    let fact = OverloadFact(
      host: id, resource: resource, cpu: sizing.cpu, load: load, limit: limit, hour: hour, vms: vms)
    return Finding(at: instant, .host(id), .overload(fact))
  }
}
