import LinearOptimization
import StowageFleet
import StowageModel

extension AssignmentProgram {
  /// Rows for each host and resource. Chosen: more say little that these leave open, and make programs slow.
  private static let hoursEach = 8

  /// What a host holds stays within its limit in the hours that tell most; a host that is off holds nothing.
  ///
  /// 168 rows a host would be too many. The hours are those that add most to what is asked in the hours
  /// taken before, VM by VM. What a program proves stands, because it asks for less than all hours do; a
  /// placement of it is counted anew in all of them.
  mutating func encodeHours() {
    guard let hours = problem.hours else { return }
    for column in Self.tellingColumns(hours, classes.map { $0.blocks[0] }, classes.map(\.blocks.count)) {
      for host in hosts { requireRoom(on: host, hours, column) }
    }
  }

  private mutating func requireRoom(on host: Int, _ hours: HourlyBlocks, _ column: Int) {
    let limit = hours.limit(problem.limits[host], host, column)
    guard limit < Fleet.noLimit else { return }
    var load = LinearExpression()
    for index in classes.indices {
      guard let member = members[index][host] else { continue }
      let row = hours.row(of: classes[index].blocks[0])
      let amount = row[row.startIndex + column]
      if amount > 0 { load.add(Double(amount) / Double(max(1, limit)), member) }
    }
    let resource = hours.demand.resource(of: column)
    let name =
      "\(resource) of \(problem.fleet.hosts[host].id), \(WeekProfile.name(ofHour: hours.demand.hour(of: column)))"
    if let isOn = isOn[host] {
      load.add(-1, isOn)
      program.require(name, load, atMost: 0)
    } else {
      program.require(name, load, atMost: 1)
    }
  }

  /// The columns that add most to the largest demand of each block in the columns before, the busiest of
  /// each resource apart, which the rows of capacity hold already.
  private static func tellingColumns(_ hours: HourlyBlocks, _ blocks: [Int], _ counts: [Int]) -> [Int] {
    return hours.demand.resources.indices.flatMap { index -> [Int] in
      let columns = hours.demand.columns[index]
      var most = blocks.map { block in
        let row = hours.row(of: block)
        return row[row.startIndex + hours.demand.busiest[index]]
      }
      var chosen: [Int] = []
      while chosen.count < hoursEach {
        let gains = columns.map { column -> Int64 in
          blocks.indices.reduce(0) { sum, position in
            let row = hours.row(of: blocks[position])
            return sum + Int64(counts[position]) * max(0, row[row.startIndex + column] - most[position])
          }
        }
        guard let best = gains.max(), best > 0, let hour = gains.firstIndex(of: best) else { break }
        let column = columns.lowerBound + hour
        chosen.append(column)
        for position in blocks.indices {
          let row = hours.row(of: blocks[position])
          most[position] = max(most[position], row[row.startIndex + column])
        }
      }
      return chosen
    }
  }
}
