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
        var utilisation = LinearExpression()
        for index in classes.indices {
          guard let column = members[index][host] else { continue }
          let demand = problem.demand[classes[index].blocks[0]][resource]
          if demand > 0 { utilisation.add(Double(demand) / Double(limit), column) }
        }
        guard !utilisation.terms.isEmpty else { continue }
        let name = problem.fleet.hosts[host].id
        program.require("\(resource) utilisation of \(name)", utilisation - highest, atMost: 0)
      }
    }
  }
}
