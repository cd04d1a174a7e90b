import StowageCosts
import StowageFleet
import StowageModel
import StowageReports

/// What a plan takes for granted, as sentences with counts.
struct Assumptions {
  let inventory: Inventory
  let fleet: Fleet
  let moves: [Move]

  var sentences: [String] {
    inventory.notes
      + [begin, dirtyRates, usedMemory, overcommit, clocks, hours, calibration, softRules].compactMap { $0 }
  }

  /// `all 8 hosts`, `3 of 8 hosts`, `the only host`.
  private static func part(_ count: Int, of all: Int, _ noun: String) -> String {
    guard count == all else { return "\(count) of \(all) \(noun)s" }
    return all == 1 ? "the only \(noun)" : "all \(all) \(noun)s"
  }

  private var movedVMs: [VM] {
    let moved = Set(moves.map(\.vm))
    return fleet.vms.filter { moved.contains($0.id) && $0.powerState == .on }
  }

  private var begin: String? {
    fleet.options.start.map { "the plan starts at \($0): all seconds count from then" }
  }

  private var dirtyRates: String? {
    let count = movedVMs.filter { MigrationSubject($0).assumed }.count
    guard count > 0 else { return nil }
    return
      "dirty rate or working set of \(Self.part(count, of: movedVMs.count, "running VM")) that \(movedVMs.count == 1 ? "moves" : "move") is unknown: taken as that of an ordinary server"
  }

  private var usedMemory: String? {
    let count = movedVMs.filter { !MigrationSubject($0).isMemoryKnown }.count
    guard count > 0 else { return nil }
    return
      "used memory of \(Self.part(count, of: movedVMs.count, "running VM")) that \(movedVMs.count == 1 ? "moves" : "move") is unknown: all of it is counted as sent"
  }

  private var overcommit: String? {
    let count = fleet.hosts.filter { $0.cpuOvercommitRatio == nil }.count
    guard fleet.options.sizing.cpu == .vcpu, count > 0 else { return nil }
    return
      "\(Self.part(count, of: fleet.hosts.count, "host")) \(count == 1 ? "states" : "state") no cpu_overcommit_ratio: taken as \(fleet.options.sizing.defaultCPUOvercommitRatio)"
  }

  private var clocks: String? {
    let count = fleet.hosts.filter { $0.cpuMHz == nil }.count
    guard fleet.options.sizing.cpu == .mhz, count > 0 else { return nil }
    return
      "\(Self.part(count, of: fleet.hosts.count, "host")) \(count == 1 ? "states no cpu_mhz: its" : "state no cpu_mhz: their") CPU is not limited"
  }

  private var hours: String? {
    guard let hourly = fleet.hourly else { return nil }
    let parts = hourly.resources.enumerated().map { index, resource in
      "\(resource.name) (the fleet asks for most on \(WeekProfile.name(ofHour: hourly.hour(of: hourly.busiest[index]))))"
    }
    return
      "peaks count together only where they coincide, hour by hour of the week: \(parts.joined(separator: ", "))"
  }

  private var calibration: String? {
    fleet.options.calibration.map {
      "times, bytes and pauses are those of the calibration \($0.sha256.prefix(12)), not of the platform's own constants"
    }
  }

  private var softRules: String? {
    guard !fleet.softRulesNotWeighed.isEmpty else { return nil }
    let names = fleet.softRulesNotWeighed.prefix(5).map(\.rawValue).joined(separator: ", ")
    return "\(fleet.softRulesNotWeighed.count) soft failover rules are reported and not weighed: \(names)"
  }
}
