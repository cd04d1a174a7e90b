import StowageModel

/// What the hosts that a plan switches off would draw and cost.
///
/// Only idle power is counted: the work itself moves along with the VMs and draws its power on the
/// hosts that stay on.
struct Savings {
  /// Hours in a year of 365 days.
  static let hoursPerYear = 8760.0

  /// Hosts switched off.
  let hosts: Int
  /// Idle power of those whose idle power is known, in W; `nil` when it is known of none.
  let idleWatts: Double?
  /// How many of them state their idle power.
  let hostsWithIdleWatts: Int
  /// Monthly cost of those whose cost is known; `nil` when it is known of none.
  let costPerMonth: Double?
  /// How many of them state their cost.
  let hostsWithCost: Int
  /// Energy of a year in kWh, the facility's share included.
  let kilowattHoursPerYear: Double?
  /// Price of that energy, when a price is given.
  let energyCostPerYear: Double?

  init(_ input: ReportInput) {
    let off = Set(input.plan.poweredOffHosts)
    let hosts = input.inventory.hosts.filter { off.contains($0.id) }
    let watts = hosts.compactMap(\.powerIdleWatts)
    let costs = hosts.compactMap(\.costPerMonth)
    self.hosts = input.plan.poweredOffHosts.count
    hostsWithIdleWatts = watts.count
    hostsWithCost = costs.count
    let facility = input.facility
    let idle = watts.isEmpty ? nil : watts.reduce(0, +)
    idleWatts = idle
    costPerMonth = costs.isEmpty ? nil : costs.reduce(0, +)
    let energy = idle.map { $0 * Self.hoursPerYear / 1000 * facility.powerUsageEffectiveness }
    kilowattHoursPerYear = energy
    energyCostPerYear = energy.flatMap { energy in
      facility.pricePerKilowattHour.map { energy * $0 }
    }
  }
}
