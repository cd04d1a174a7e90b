import ArgumentParser
import Foundation

/// A month of measured load of business-critical VMs (Bitbrains, GWA-T-12 Rnd, August 2013), from unpacked
/// tables: read where they are, never copied, since the trace asks for acknowledgement.
struct TraceFiles {
  /// A VM: its size, and what the month says of it.
  struct Machine {
    let name: String
    let cores: Double
    let memoryMiB: Double
    let cpuP95MHz: Double
    let cpuMaxMHz: Double
    let memoryP95MiB: Double
    /// The largest sample of each hour of the month.
    let hourlyMaxMHz: [Float]
    /// The mean of each hour of the month.
    let hourlyMeanMHz: [Float]
    /// The samples of the first week, 5 minutes apart.
    let weekMHz: [Float]
  }

  /// The VMs, in the order of the inventory.
  let machines: [Machine]
  /// Hours from Monday 0:00 UTC to the first hour of the trace: it begins on Wednesday at 22:00.
  static let firstHourOfWeek = 2 * 24 + 22

  /// Reads the tables of a folder.
  init(_ folder: String) throws {
    let inventory = try Self.rows("\(folder)/inventory.csv")
    let columns = Dictionary(
      (inventory.first ?? []).enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { a, _ in a })
    func number(_ row: [Substring], _ name: Substring) throws -> Double {
      guard let column = columns[name], column < row.count, let number = Double(row[column]) else {
        throw ValidationError("inventory.csv has a row without a number in \(name)")
      }
      return number
    }
    let most = try Self.series("\(folder)/hourly_cpu_max_mhz.csv")
    let mean = try Self.series("\(folder)/hourly_cpu_mean_mhz.csv")
    let week = try Self.series("\(folder)/week1_5min_cpu_mhz.csv")
    machines = try inventory.dropFirst().map { row in
      let name = String(row[0])
      guard let hourlyMax = most[name], let hourlyMean = mean[name], let samples = week[name] else {
        throw ValidationError("VM \(name) has no series")
      }
      return Machine(
        name: name, cores: try number(row, "cores"), memoryMiB: try number(row, "mem_capacity_mib"),
        cpuP95MHz: try number(row, "cpu_p95_mhz"), cpuMaxMHz: try number(row, "cpu_max_mhz"),
        memoryP95MiB: try number(row, "mem_p95_mib"), hourlyMaxMHz: hourlyMax, hourlyMeanMHz: hourlyMean,
        weekMHz: samples)
    }
  }

  /// Series by VM; a missing sample counts as 0, since a VM that is not measured does not run.
  private static func series(_ file: String) throws -> [String: [Float]] {
    Dictionary(
      try rows(file).dropFirst().map { row in (String(row[0]), row.dropFirst().map { Float($0) ?? 0 }) },
      uniquingKeysWith: { a, _ in a })
  }

  private static func rows(_ file: String) throws -> [[Substring]] {
    try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
  }
}

extension TraceFiles.Machine {
  /// The largest sample in each hour of the week, Monday 0:00 UTC first.
  var profile: [Float] {
    var profile = [Float](repeating: 0, count: 168)
    for (hour, value) in hourlyMaxMHz.enumerated() {
      let ofWeek = (hour + TraceFiles.firstHourOfWeek) % 168
      profile[ofWeek] = max(profile[ofWeek], value)
    }
    return profile
  }
}
