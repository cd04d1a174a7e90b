import LinearOptimization
import StowageFleet
import StowageModel

extension AssignmentProgram {
  /// The utilisation of every usable host, or of some, in every resource with a limit above zero is at most
  /// `highest`.
  mutating func encodeUtilisation(of some: [Int]? = nil, atMost highest: LinearExpression) {
    for host in some ?? hosts where problem.fleet.hosts[host].isUsableAsTarget {
      for resource in Resource.allCases {
        guard let limit = problem.fleet.levelled[host][resource], limit > 0 else { continue }
        let utilisation = utilisation(of: host, resource, limit: limit)
        guard !utilisation.terms.isEmpty else { continue }
        let name = problem.fleet.hosts[host].id
        program.require("\(resource) utilisation of \(name)", utilisation - highest, atMost: 0)
      }
    }
  }

  /// The utilisation above targets, over usable hosts and resources with one.
  mutating func targetExcess() -> LinearExpression {
    var sum = LinearExpression()
    for host in hosts where problem.fleet.hosts[host].isUsableAsTarget {
      for (resource, percent) in problem.fleet.options.targetPercent.sorted(by: { $0.key < $1.key }) {
        guard let limit = problem.fleet.capacity[host][resource], limit > 0 else { continue }
        let utilisation = utilisation(of: host, resource, limit: limit)
        guard !utilisation.terms.isEmpty else { continue }
        let name = problem.fleet.hosts[host].id
        let excess = program.addContinuous("\(resource) above target on \(name)")
        program.require(
          "\(resource) above target on \(name)", utilisation - LinearExpression(excess), atMost: percent / 100
        )
        sum.add(1, excess)
      }
    }
    return sum
  }

  private func utilisation(of host: Int, _ resource: Resource, limit: Int64) -> LinearExpression {
    var utilisation = LinearExpression()
    for index in classes.indices {
      guard let column = members[index][host] else { continue }
      let demand = problem.demand[classes[index].blocks[0]][resource]
      if demand > 0 { utilisation.add(Double(demand) / Double(limit), column) }
    }
    return utilisation
  }
}
