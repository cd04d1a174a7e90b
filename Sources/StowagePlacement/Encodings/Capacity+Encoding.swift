import LinearOptimization
import StowageFleet
import StowageModel

extension AssignmentProgram {
  /// What a host holds stays within its limit in every resource; a host that is off holds nothing.
  ///
  /// Amounts are divided by the greatest common divisor of the demands and the limit rounded down,
  /// which loses nothing and keeps coefficients small.
  mutating func encodeCapacity() {
    for host in hosts {
      for resource in Resource.allCases {
        let limit = problem.limits[host][resource]
        if limit < Fleet.noLimit { requireRoom(on: host, resource, limit: limit) }
      }
      requireOnForTheWeightless(host)
    }
  }

  private mutating func requireRoom(on host: Int, _ resource: Resource, limit: Int64) {
    let loads = classes.indices.compactMap { index -> (column: LinearProgram.Column, demand: Int64)? in
      guard let column = members[index][host] else { return nil }
      let demand = problem.demand[classes[index].blocks[0]][resource]
      return demand > 0 ? (column, demand) : nil
    }
    guard !loads.isEmpty else { return }
    let unit = loads.reduce(Int64(0)) { Self.greatestCommonDivisor($0, $1.demand) }
    var load = LinearExpression()
    for (column, demand) in loads { load.add(Double(demand / unit), column) }
    let most = Double(limit / unit)
    let name = problem.fleet.hosts[host].id
    if let isOn = isOn[host] {
      load.add(-most, isOn)
      program.require("\(resource) of \(name)", load, atMost: 0)
    } else {
      program.require("\(resource) of \(name)", load, atMost: most)
    }
  }

  /// Blocks that ask for nothing that the host limits still need it to be on.
  private mutating func requireOnForTheWeightless(_ host: Int) {
    guard let isOn = isOn[host] else { return }
    for index in classes.indices {
      guard let column = members[index][host] else { continue }
      let demand = problem.demand[classes[index].blocks[0]]
      let isWeighed = Resource.allCases.contains {
        demand[$0] > 0 && problem.limits[host][$0] < Fleet.noLimit
      }
      guard !isWeighed else { continue }
      let most = Double(classes[index].most[host] ?? 0)
      let name = problem.fleet.hosts[host].id
      program.require("\(name) is on for its VMs", column - most * isOn, atMost: 0)
    }
  }

  static func greatestCommonDivisor(_ a: Int64, _ b: Int64) -> Int64 {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }
}
