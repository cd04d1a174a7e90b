import LinearOptimization
import StowageFleet
import StowageModel

extension AssignmentProgram {
  /// Whatever fails together, its running VMs fit on the rest of the cluster by volume: what the
  /// others have left in every resource is no less than what the failed ones carry.
  ///
  /// Necessary, not sufficient: a relaxation of the rule, so that bounds stay bounds; the trial of
  /// ``FailoverGuard`` judges the solution. Of several units that fail together, only those next to
  /// each other in order are written down once there are many.
  ///
  /// - Parameters:
  ///   - isSpare: hosts that are on whether or not they hold a VM.
  ///   - reserve: a part of the others' capacity to keep beyond the rule, for a second try after a
  ///     failed trial; 0 for the relaxation.
  mutating func encodeFailover(isSpare: [Bool], reserve: Double) {
    for demand in problem.fleet.failovers where demand.isHard {
      for failed in Self.failingSets(demand, problem.fleet) {
        for resource in Resource.allCases {
          requireRoom(failed, demand, resource, isSpare: isSpare, reserve: reserve)
        }
      }
    }
  }

  private static func failingSets(_ demand: FailoverDemand, _ fleet: Fleet) -> [Set<Int>] {
    // A host that does not run fails no more.
    let units = demand.units.map { $0.filter { fleet.hosts[$0].state == .online } }.filter { !$0.isEmpty }
    let size = min(demand.failures, units.count)
    return units.indices.map { first in
      Set((0..<size).flatMap { units[(first + $0) % units.count] })
    }
  }

  private mutating func requireRoom(
    _ failed: Set<Int>, _ demand: FailoverDemand, _ resource: Resource, isSpare: [Bool], reserve: Double
  ) {
    let survivors = demand.hosts.filter { !failed.contains($0) && problem.fleet.targets.contains($0) }
    guard survivors.allSatisfy({ problem.limits[$0][resource] < Fleet.noLimit }) else { return }
    var balance = LinearExpression()
    for host in survivors {
      let capacity = Double(problem.limits[host][resource]) * (1 - reserve)
      if isSpare[host] {
        balance.constant += capacity
      } else if let isOn = isOn[host] {
        balance.add(capacity, isOn)
      }
    }
    for index in classes.indices {
      let load = Double(problem.demand[classes[index].blocks[0]][resource])
      let running = runningDemand(classes[index].blocks[0], resource)
      for host in survivors where load > 0 {
        if let column = members[index][host] { balance.add(-load, column) }
      }
      for host in failed.sorted() where running > 0 {
        if let column = members[index][host] { balance.add(-running, column) }
      }
    }
    guard !balance.terms.isEmpty else { return }
    program.require("\(demand.rule): \(resource) for what fails", balance, atLeast: 0)
  }

  private func runningDemand(_ block: Int, _ resource: Resource) -> Double {
    problem.blocks[block].reduce(0) {
      problem.fleet.vms[$1].powerState == .on ? $0 + Double(problem.fleet.demand[$1][resource]) : $0
    }
  }
}
