import StowageFleet
import StowageModel

/// What blocks ask for in each hour of the week, laid out flat, and what hosts may hold at the end.
struct HourlyBlocks: Sendable {
  let demand: HourlyDemand
  /// What hosts may hold in each column at least, whatever their limits are.
  let floor: HourlyLoads?
  /// Block by block, the columns of ``demand``.
  private let rows: [Int64]

  /// `nil` when no demand depends on the hour.
  init?(_ fleet: Fleet, blocks: [[Int]], floor: HourlyLoads?) {
    guard let demand = fleet.hourly else { return nil }
    self.demand = demand
    self.floor = floor
    var rows = [Int64](repeating: 0, count: blocks.count * demand.width)
    for (block, members) in blocks.enumerated() {
      for vm in members {
        for (column, amount) in demand.row(of: vm).enumerated() {
          rows[block * demand.width + column] += amount
        }
      }
    }
    self.rows = rows
  }

  /// What a block asks for, column by column.
  func row(of block: Int) -> ArraySlice<Int64> { rows[block * demand.width..<(block + 1) * demand.width] }

  /// What a host with these limits may hold in a column.
  func limit(_ limits: Amounts, _ host: Int, _ column: Int) -> Int64 {
    max(limits[demand.resource(of: column)], floor?.values[host * demand.width + column] ?? 0)
  }

  /// Whether a host holds a block that is alone on it.
  func fitsAlone(_ block: Int, _ limits: Amounts, _ host: Int) -> Bool {
    row(of: block).enumerated().allSatisfy { $1 <= limit(limits, host, $0) }
  }

  /// Whether every host stays within its limits in every hour.
  func isKept(_ hostOfBlock: [Int], _ limits: [Amounts]) -> Bool {
    var load = [Int64](repeating: 0, count: limits.count * demand.width)
    for (block, host) in hostOfBlock.enumerated() {
      for (column, amount) in row(of: block).enumerated() { load[host * demand.width + column] += amount }
    }
    return limits.indices.allSatisfy { host in
      (0..<demand.width).allSatisfy { load[host * demand.width + $0] <= limit(limits[host], host, $0) }
    }
  }
}
