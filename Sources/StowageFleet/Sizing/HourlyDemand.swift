public import StowageModel

/// What VMs ask for in each hour of the week, so that peaks are added only where they coincide.
///
/// Rows have columns for each resource that is counted by the hour, one for each hour in which somebody asks
/// for something else than in all earlier hours. A VM that was not measured by the hour asks the same in all
/// of them. What VMs ask in the busiest hour of the fleet stands in ``Fleet/demand``: whatever holds all hours
/// holds that one, so bounds on it are bounds.
public struct HourlyDemand: Sendable {
  /// The resources that are counted by the hour.
  public let resources: [Resource]
  /// The columns of each of them.
  public let columns: [Range<Int>]
  /// For each of them the column in which all VMs together ask for most, the first among equals.
  public let busiest: [Int]
  private let hours: [Int]
  private let rows: [Int64]
  private let rowOfVM: [Int32]

  /// `nil` when no VM's demand depends on the hour.
  init?(_ vms: [VM], _ demand: [Amounts], _ sizing: Sizing) {
    let measured = [Resource.cpu, .memory].map { resource in
      (resource, vms.map { sizing.demandByHour(of: $0, resource) })
    }.filter { $0.1.contains { $0 != nil } }
    guard !measured.isEmpty else { return nil }
    resources = measured.map(\.0)
    var table = Table()
    for vm in vms.indices {
      table.add(
        measured.flatMap { resource, hours in
          hours[vm] ?? Array(repeating: demand[vm][resource], count: WeekProfile.hourCount)
        })
    }
    let kept = measured.indices.map { table.differentHours(of: $0) }
    var first = 0
    columns = kept.map { hours in
      defer { first += hours.count }
      return first..<first + hours.count
    }
    hours = kept.flatMap { $0.map { $0 % WeekProfile.hourCount } }
    let chosen = kept.flatMap { $0 }
    rows = table.rows.flatMap { row in chosen.map { row[$0] } }
    rowOfVM = table.rowOfVM
    let totals = chosen.map { column in table.total(of: column) }
    busiest = columns.map { columns in
      columns.max { totals[$0] < totals[$1] || (totals[$0] == totals[$1] && $0 > $1) } ?? columns.lowerBound
    }
  }

  /// Columns of a row.
  public var width: Int { hours.count }

  /// The resource of a column.
  public func resource(of column: Int) -> Resource {
    resources[columns.firstIndex { $0.contains(column) } ?? 0]
  }

  /// The hour of the week of a column, the first of those that are alike.
  public func hour(of column: Int) -> Int { hours[column] }

  /// What a VM asks for, column by column. VMs with equal demand have equal numbers.
  public func row(of vm: Int) -> ArraySlice<Int64> {
    let first = Int(rowOfVM[vm]) * width
    return rows[first..<first + width]
  }

  /// The number of a VM's row: equal for VMs that ask the same in every hour.
  public func rowNumber(of vm: Int) -> Int { Int(rowOfVM[vm]) }

  /// What a VM asks for in one column.
  public func amount(of vm: Int, _ column: Int) -> Int64 { rows[Int(rowOfVM[vm]) * width + column] }

  /// A demand with what the VM asks in the busiest hours in place of its percentiles.
  func inBusiestHours(_ vm: Int, _ demand: Amounts) -> Amounts {
    var amounts = demand
    for (index, resource) in resources.enumerated() {
      amounts[resource] = amount(of: vm, busiest[index])
    }
    return amounts
  }
}

/// Different rows of all hours, and who has which.
private struct Table {
  private(set) var rows: [[Int64]] = []
  private(set) var rowOfVM: [Int32] = []
  private var counts: [Int64] = []
  private var known: [[Int64]: Int32] = [:]

  mutating func add(_ row: [Int64]) {
    let number = known[row] ?? Int32(rows.count)
    if number == rows.count {
      known[row] = number
      rows.append(row)
      counts.append(0)
    }
    counts[Int(number)] += 1
    rowOfVM.append(number)
  }

  /// The hours of a resource, as positions in a row, that are not like an earlier one in every row.
  func differentHours(of resource: Int) -> [Int] {
    var seen: Set<[Int64]> = []
    return (resource * WeekProfile.hourCount..<(resource + 1) * WeekProfile.hourCount).filter { position in
      seen.insert(rows.map { $0[position] }).inserted
    }
  }

  func total(of position: Int) -> Int64 {
    rows.indices.reduce(0) { $0 + counts[$1] * rows[$1][position] }
  }
}
