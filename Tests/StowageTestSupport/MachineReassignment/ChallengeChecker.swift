/// Judges an assignment by the text of the problem definition, one sentence after the other.
///
/// It shares nothing with the engine, and counts everything from the beginning each time.
public struct ChallengeChecker {
  /// What an assignment costs, term by term.
  public struct Cost: Equatable, Sendable {
    /// Load above the safety capacities.
    public var load = 0
    /// Missing balance.
    public var balance = 0
    /// Moves of processes.
    public var processMoves = 0
    /// The most moved processes of one service.
    public var serviceMoves = 0
    /// Moves between machines.
    public var machineMoves = 0
    /// All together.
    public var total: Int { load + balance + processMoves + serviceMoves + machineMoves }
  }

  private let file: ChallengeFile

  /// A judge for a problem.
  public init(_ file: ChallengeFile) {
    self.file = file
  }

  /// Every constraint that the assignment breaks, in words; empty when it keeps all.
  public func violations(_ assignment: [Int]) -> [String] {
    guard assignment.count == file.processes.count else {
      return ["\(assignment.count) processes are assigned, of \(file.processes.count)"]
    }
    if let process = assignment.firstIndex(where: { $0 < 0 || $0 >= file.machines.count }) {
      return ["process \(process) runs on machine \(assignment[process]), which does not exist"]
    }
    return capacityViolations(assignment) + conflictViolations(assignment) + spreadViolations(assignment)
      + dependencyViolations(assignment)
  }

  private func capacityViolations(_ assignment: [Int]) -> [String] {
    var found: [String] = []
    for (resource, kind) in file.resources.enumerated() {
      var used = [Int](repeating: 0, count: file.machines.count)
      for (process, machine) in assignment.enumerated() {
        let need = file.processes[process].requirement[resource]
        used[machine] += need
        if kind.isTransient, file.start[process] != machine { used[file.start[process]] += need }
      }
      for (machine, amount) in used.enumerated() where amount > file.machines[machine].capacity[resource] {
        found.append(
          "machine \(machine) holds \(amount) of resource \(resource), "
            + "more than \(file.machines[machine].capacity[resource])")
      }
    }
    return found
  }

  private func conflictViolations(_ assignment: [Int]) -> [String] {
    var seen = Set<[Int]>()
    return assignment.indices.compactMap { process in
      let service = file.processes[process].service
      guard !seen.insert([service, assignment[process]]).inserted else { return nil }
      return "machine \(assignment[process]) runs two processes of service \(service)"
    }
  }

  private func spreadViolations(_ assignment: [Int]) -> [String] {
    var places = [Set<Int>](repeating: [], count: file.services.count)
    for (process, machine) in assignment.enumerated() {
      places[file.processes[process].service].insert(file.machines[machine].location)
    }
    return file.services.indices.compactMap { service in
      guard places[service].count < file.services[service].leastLocations else { return nil }
      return "service \(service) runs in \(places[service].count) locations, "
        + "fewer than \(file.services[service].leastLocations)"
    }
  }

  private func dependencyViolations(_ assignment: [Int]) -> [String] {
    var places = [Set<Int>](repeating: [], count: file.services.count)
    for (process, machine) in assignment.enumerated() {
      places[file.processes[process].service].insert(file.machines[machine].neighbourhood)
    }
    return file.services.indices.flatMap { service in
      file.services[service].dependencies.compactMap { needed in
        let missing = places[service].subtracting(places[needed])
        guard let place = missing.min() else { return nil }
        return "service \(service) runs in neighbourhood \(place) without service \(needed)"
      }
    }
  }

  /// What the assignment costs.
  public func cost(_ assignment: [Int]) -> Cost {
    var cost = Cost()
    var used = file.machines.map { _ in [Int](repeating: 0, count: file.resources.count) }
    var moved = [Int](repeating: 0, count: file.services.count)
    for (index, machine) in assignment.enumerated() {
      let process = file.processes[index]
      for resource in file.resources.indices { used[machine][resource] += process.requirement[resource] }
      guard machine != file.start[index] else { continue }
      moved[process.service] += 1
      cost.processMoves += file.processMoveWeight * process.moveCost
      cost.machineMoves += file.machineMoveWeight * file.machines[file.start[index]].moveCost[machine]
    }
    cost.serviceMoves = file.serviceMoveWeight * (moved.max() ?? 0)
    for (machine, facts) in file.machines.enumerated() {
      for (resource, kind) in file.resources.enumerated() {
        cost.load += kind.loadWeight * max(0, used[machine][resource] - facts.safetyCapacity[resource])
      }
      for balance in file.balances {
        let free = facts.capacity[balance.resource] - used[machine][balance.resource]
        let otherFree = facts.capacity[balance.other] - used[machine][balance.other]
        cost.balance += balance.weight * max(0, balance.target * free - otherFree)
      }
    }
    return cost
  }
}
