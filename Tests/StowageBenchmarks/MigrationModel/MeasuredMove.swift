import StowageKit

/// One row of a measured CSV: what a planner would know beforehand, and what came out.
struct MeasuredMove {
  let run: String
  let technique: String
  /// Memory of the guest, what it filled, what it rewrites, in MiB.
  let memoryMiB: Double
  let filledMiB: Double
  let workingSetMiB: Double
  let pattern: WritePattern
  /// Page writes a second.
  let pagesPerSecond: Double
  let capMiBPerSecond: Double
  let linkMiBPerSecond: Double?
  let limitMilliseconds: Double
  let totalMilliseconds: Double?
  let sentMiB: Double?
  let blackoutMilliseconds: Double?
  let converged: Bool?

  /// Reads a row by its column names; `nil` when an input is missing, with its name.
  init(_ row: [String: String]) throws(MissingColumn) {
    func number(_ name: String) -> Double? { row[name].flatMap { Double($0) } }
    func needed(_ name: String) throws(MissingColumn) -> Double {
      guard let value = number(name), value.isFinite, value >= 0 else {
        throw MissingColumn(name: name, found: row[name])
      }
      return value
    }
    guard let technique = row["technique"], !technique.isEmpty else {
      throw MissingColumn(name: "technique", found: row["technique"])
    }
    run = row["run"] ?? ""
    self.technique = technique
    memoryMiB = try needed("mem_mib")
    filledMiB = try needed("fill_mib")
    workingSetMiB = try needed("ws_mib")
    pagesPerSecond = try needed("rate_pps")
    capMiBPerSecond = try needed("bw_mibs")
    limitMilliseconds = try needed("dt_limit_ms")
    linkMiBPerSecond = number("link_mibs")
    pattern =
      switch row["pattern"] {
      case "rand": .random
      case "hot": .skewed
      default: .sequential
      }
    totalMilliseconds = number("total_ms")
    sentMiB = number("transferred_mib")
    blackoutMilliseconds = number("hb_downtime_ms")
    converged = row["converged"].flatMap { Int($0) }.map { $0 != 0 }
  }
}

/// An input column that is missing or holds no number.
struct MissingColumn: Error {
  var name: String
  var found: String?
}
