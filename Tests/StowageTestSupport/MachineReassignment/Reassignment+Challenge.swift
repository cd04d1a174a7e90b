public import StowagePlacement

extension Reassignment {
  /// The problem of a challenge file.
  public init(_ file: ChallengeFile) {
    self.init(
      resources: file.resources.map {
        Resource(isTransient: $0.isTransient, loadWeight: Int64($0.loadWeight))
      },
      machines: file.machines.map {
        Machine(
          neighbourhood: $0.neighbourhood, location: $0.location, capacity: $0.capacity.map { Int64($0) },
          safetyCapacity: $0.safetyCapacity.map { Int64($0) }, moveCost: $0.moveCost.map { Int32($0) })
      },
      services: file.services.map {
        Service(leastLocations: $0.leastLocations, dependencies: $0.dependencies)
      },
      processes: file.processes.map {
        Process(
          service: $0.service, requirement: $0.requirement.map { Int64($0) }, moveCost: Int64($0.moveCost))
      },
      balances: file.balances.map {
        Balance(
          resource: $0.resource, other: $0.other, target: Int64($0.target), weight: Int64($0.weight))
      },
      moveWeights: MoveWeights(
        process: Int64(file.processMoveWeight), service: Int64(file.serviceMoveWeight),
        machine: Int64(file.machineMoveWeight)),
      start: file.start)
  }
}
