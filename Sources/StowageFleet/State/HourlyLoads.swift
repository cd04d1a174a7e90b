public import StowageModel

/// What every host holds in each hour of the week.
public struct HourlyLoads: Sendable {
  /// What VMs ask for.
  public let demand: HourlyDemand
  /// Host by host, the columns of ``demand``.
  public private(set) var values: [Int64]

  /// Nobody anywhere.
  public init(_ demand: HourlyDemand, hosts: Int) {
    self.demand = demand
    values = Array(repeating: 0, count: hosts * demand.width)
  }

  /// Adds what a VM asks to a host.
  public mutating func enter(_ vm: Int, _ host: Int) { add(demand.row(of: vm), to: host, 1) }

  /// Takes what a VM asks off a host.
  public mutating func leave(_ vm: Int, _ host: Int) { add(demand.row(of: vm), to: host, -1) }

  private mutating func add(_ row: ArraySlice<Int64>, to host: Int, _ sign: Int64) {
    let first = host * demand.width
    row.withUnsafeBufferPointer { row in
      values.withUnsafeMutableBufferPointer { values in
        for column in row.indices { values[first + column] &+= sign &* row[column] }
      }
    }
  }

  /// The first column in which one VM more is more than a host may hold.
  ///
  /// - Parameters:
  ///   - vm: a VM that is not on the host.
  ///   - host: the host.
  ///   - limit: what it may hold of every resource in every hour.
  ///   - floor: what it may hold in each column at least; `nil` where there is only `limit`.
  ///   - extra: what it holds besides, column by column; empty for nothing.
  /// - Returns: the column; `nil` when there is none.
  public func obstacle(
    to vm: Int, on host: Int, limit: Amounts, floor: HourlyLoads? = nil, extra: [Int64] = []
  ) -> Int? {
    let first = host * demand.width
    return demand.row(of: vm).withUnsafeBufferPointer { row in
      values.withUnsafeBufferPointer { values in
        for (index, resource) in demand.resources.enumerated() {
          let most = limit[resource]
          for column in demand.columns[index] where row[column] > 0 {
            let after = values[first + column] + row[column] + (extra.isEmpty ? 0 : extra[column])
            if after > most, after > floor?.values[first + column] ?? most { return column }
          }
        }
        return nil
      }
    }
  }

  /// The first column in which a host holds more than it may; `nil` when there is none.
  public func overload(of host: Int, limit: Amounts) -> Int? {
    let first = host * demand.width
    for (index, resource) in demand.resources.enumerated() {
      let column = demand.columns[index].first { values[first + $0] > limit[resource] }
      if let column { return column }
    }
    return nil
  }

  /// The most that a host holds of a resource in any hour; `nil` for one that is not counted by the hour.
  public func peak(of host: Int, _ resource: Resource) -> Int64? {
    guard let index = demand.resources.firstIndex(of: resource) else { return nil }
    let first = host * demand.width
    return demand.columns[index].reduce(0) { max($0, values[first + $1]) }
  }

  /// Loads of a host with the peaks of the resources that are counted by the hour.
  public func peaks(of host: Int, _ load: Amounts) -> Amounts {
    var peaks = load
    for resource in demand.resources { peaks[resource] = peak(of: host, resource) ?? load[resource] }
    return peaks
  }
}
