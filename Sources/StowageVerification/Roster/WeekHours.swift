import StowageModel

/// What VMs take in each hour of the week, where that was measured and counts.
///
/// A VM takes in an hour the most that was measured in it, and never more than its percentile. Hours of CPU
/// come first, then hours of memory; where no VM was measured by the hour a resource has none.
struct WeekHours: Sendable {
  /// The resources counted by the hour.
  let resources: [Resource]
  /// What each VM takes, 168 figures for each of ``resources``; empty for a VM that has no host.
  let ofVM: [[Int64]]
  /// For each resource the hour in which all VMs together take most, the earliest of equals.
  let busiest: [Int]

  /// `nil` when nothing is counted by the hour. `demand` are percentiles.
  init?(_ vms: [VM], demand: [Amounts], isPlaced: [Bool], options: SizingOptions) {
    var resources: [Resource] = []
    var profiles: [[WeekProfile?]] = []
    let kinds: [(isCounted: Bool, Resource, (VM) -> WeekProfile?)] = [
      (options.cpu == .mhz, .cpu, \.cpuMHzByHour),
      (options.memory == .active, .memory, \.memoryActiveMiBByHour),
    ]
    for (isCounted, resource, profile) in kinds where isCounted {
      let measured = zip(vms, isPlaced).map { $1 && $0.powerState == .on ? profile($0) : nil }
      guard measured.contains(where: { $0 != nil }) else { continue }
      resources.append(resource)
      profiles.append(measured)
    }
    guard !resources.isEmpty else { return nil }
    self.resources = resources
    ofVM = vms.indices.map { vm in
      guard isPlaced[vm] else { return [] }
      return zip(resources, profiles).flatMap { resource, profiles in
        let most = demand[vm][resource]
        guard let profile = profiles[vm] else {
          return [Int64](repeating: most, count: WeekProfile.hourCount)
        }
        let units = resource == .cpu ? 1000.0 : 1024
        return profile.hours.map { min(most, WholeUnits.demand($0 * units)) }
      }
    }
    var totals = [Int64](repeating: 0, count: resources.count * WeekProfile.hourCount)
    for taken in ofVM {
      for (column, amount) in taken.enumerated() { totals[column] += amount }
    }
    busiest = resources.indices.map { position in
      var best = 0
      for hour in 1..<WeekProfile.hourCount
      where totals[position * WeekProfile.hourCount + hour] > totals[position * WeekProfile.hourCount + best]
      {
        best = hour
      }
      return best
    }
  }

  /// What a VM takes in the busiest hours, in place of its percentiles.
  func inBusiestHours(_ vm: Int, _ demand: Amounts) -> Amounts {
    guard !ofVM[vm].isEmpty else { return demand }
    var demand = demand
    for (position, resource) in resources.enumerated() {
      demand[resource] = ofVM[vm][position * WeekProfile.hourCount + busiest[position]]
    }
    return demand
  }

  /// The resource of a figure.
  func resource(of column: Int) -> Resource { resources[column / WeekProfile.hourCount] }
}

/// Amounts, with what is taken or left in each hour of the week where that counts.
struct HourlyAmounts: Hashable, Sendable {
  /// Of every resource; in the busiest hour where it is counted by the hour.
  var whole: Amounts
  /// As in ``WeekHours``; empty when nothing is counted by the hour.
  var hours: [Int64]

  /// Nothing, of so many hours.
  static func nothing(_ roster: Roster) -> HourlyAmounts {
    HourlyAmounts(
      whole: .zero,
      hours: Array(repeating: 0, count: (roster.hours?.resources.count ?? 0) * WeekProfile.hourCount))
  }

  static func += (left: inout Self, right: Self) {
    left.whole += right.whole
    for column in right.hours.indices { left.hours[column] += right.hours[column] }
  }

  static func -= (left: inout Self, right: Self) {
    left.whole -= right.whole
    for column in right.hours.indices { left.hours[column] -= right.hours[column] }
  }
}

extension Roster {
  /// The resources that are the same in every hour.
  var steadyResources: [Resource] {
    Resource.allCases.filter { !(hours?.resources.contains($0) ?? false) }
  }

  /// What a VM takes, by the hour where that counts.
  func taken(by vm: Int) -> HourlyAmounts {
    HourlyAmounts(whole: demand[vm], hours: hours?.ofVM[vm] ?? [])
  }

  /// The first figure of the week in which a host with this load exceeds what it may hold, over all hours
  /// the one with the largest excess in each resource; `most` says what it may hold.
  func worstHours(
    _ load: [Int64], most: (_ column: Int) -> Int64?
  ) -> [(resource: Resource, column: Int, load: Int64, limit: Int64)] {
    guard let hours else { return [] }
    return hours.resources.indices.compactMap { position in
      var worst: (resource: Resource, column: Int, load: Int64, limit: Int64)?
      for column in position * WeekProfile.hourCount..<(position + 1) * WeekProfile.hourCount {
        guard let limit = most(column), load[column] > limit else { continue }
        if let worst, worst.load - worst.limit >= load[column] - limit { continue }
        worst = (hours.resources[position], column, load[column], limit)
      }
      return worst
    }
  }

  /// Loads of a host with the peak of each resource that is counted by the hour.
  func peak(of load: HourlyAmounts) -> Amounts {
    guard let hours else { return load.whole }
    var peak = load.whole
    for (position, resource) in hours.resources.enumerated() {
      let first = position * WeekProfile.hourCount
      peak[resource] = load.hours[first..<first + WeekProfile.hourCount].max() ?? peak[resource]
    }
    return peak
  }
}
