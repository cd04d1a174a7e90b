import LinearOptimization
import StowageFleet
import StowageModel

extension AssignmentProgram {
  /// What VMs on the hosts of a hard `group_cap` ask in total stays within its limit.
  mutating func encodeGroupCaps() {
    for cap in problem.fleet.hostCaps where cap.isHard {
      let total = total(of: cap)
      guard !total.demand.terms.isEmpty else { continue }
      program.require("\(cap.rule)", total.demand, atMost: Double(cap.limit / total.unit))
    }
  }

  /// What the members on the hosts of a cap ask, in multiples of the greatest common divisor, and the
  /// most that it can be.
  func total(of cap: HostCap) -> (demand: LinearExpression, unit: Int64, most: Double) {
    let isMember = Set(cap.members)
    var loads: [(column: LinearProgram.Column, amount: Int64, most: Int)] = []
    for index in classes.indices {
      let amount = problem.blocks[classes[index].blocks[0]].reduce(Int64(0)) {
        $0 + (isMember.contains($1) ? problem.fleet.demand[$1][cap.resource] : 0)
      }
      guard amount > 0 else { continue }
      for host in classes[index].hosts where cap.hosts.contains(host) {
        if let column = members[index][host] {
          loads.append((column, amount, classes[index].most[host] ?? 0))
        }
      }
    }
    let unit = max(1, loads.reduce(Int64(0)) { Self.greatestCommonDivisor($0, $1.amount) })
    var demand = LinearExpression()
    var most = 0.0
    for load in loads {
      demand.add(Double(load.amount / unit), load.column)
      most += Double(load.amount / unit) * Double(load.most)
    }
    return (demand, unit, most)
  }
}
