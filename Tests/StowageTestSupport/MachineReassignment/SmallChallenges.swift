/// Problems of machine reassignment that fit on a page.
public enum SmallChallenges {
  /// The worked example of the problem definition's section 2: it costs 4200, and 2411 at the best.
  public static var published: ChallengeFile {
    var file = ChallengeFile(start: [0, 3, 0])
    file.resources = [.init(isTransient: true, loadWeight: 100), .init(isTransient: false, loadWeight: 10)]
    file.machines = [
      machine(0, 0, [30, 400], safe: [16, 80], [0, 1, 4, 5]),
      machine(0, 0, [10, 240], safe: [8, 160], [1, 0, 3, 4]),
      machine(1, 1, [15, 100], safe: [12, 80], [4, 3, 0, 2]),
      machine(1, 2, [10, 100], safe: [8, 80], [5, 4, 2, 0]),
    ]
    file.services = [
      .init(leastLocations: 2, dependencies: []), .init(leastLocations: 1, dependencies: [0]),
    ]
    file.processes = [
      .init(service: 0, requirement: [12, 10], moveCost: 1000),
      .init(service: 0, requirement: [10, 20], moveCost: 100),
      .init(service: 1, requirement: [6, 200], moveCost: 1),
    ]
    file.balances = [.init(resource: 0, other: 1, target: 20, weight: 10)]
    (file.processMoveWeight, file.serviceMoveWeight, file.machineMoveWeight) = (1, 10, 100)
    return file
  }

  private static func machine(
    _ neighbourhood: Int, _ location: Int, _ capacity: [Int], safe: [Int], _ moveCost: [Int]
  ) -> ChallengeFile.Machine {
    .init(
      neighbourhood: neighbourhood, location: location, capacity: capacity, safetyCapacity: safe,
      moveCost: moveCost)
  }

  /// A random problem small enough to try every assignment of it: up to three machines and five
  /// processes, with every kind of constraint. Its start keeps them all.
  public static func random(seed: UInt64) -> ChallengeFile {
    var random = SeededGenerator(seed: seed)
    func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
    while true {
      let machineCount = 2 + below(2)
      let serviceCount = 1 + below(4)
      var file = ChallengeFile(start: (0..<3 + below(3)).map { _ in below(machineCount) })
      file.resources = (0..<1 + below(3)).map { _ in
        .init(isTransient: below(3) == 0, loadWeight: 1 + below(5))
      }
      file.machines = (0..<machineCount).map { index in
        machine(
          below(2), below(3), file.resources.map { _ in 20 + below(30) },
          safe: file.resources.map { _ in 5 + below(15) },
          (0..<machineCount).map { $0 == index ? 0 : below(4) })
      }
      file.services = (0..<serviceCount).map { service in
        .init(
          leastLocations: below(3),
          dependencies: (0..<serviceCount).filter { _ in below(4) == 0 })
      }
      file.processes = file.start.map { _ in
        .init(
          service: below(serviceCount), requirement: file.resources.map { _ in below(13) }, moveCost: below(9)
        )
      }
      if file.resources.count > 1, below(2) == 0 {
        file.balances = [.init(resource: 0, other: 1, target: 1 + below(3), weight: 1 + below(3))]
      }
      (file.processMoveWeight, file.serviceMoveWeight, file.machineMoveWeight) = (1, below(9), below(3))
      if ChallengeChecker(file).violations(file.start).isEmpty { return file }
    }
  }

  /// A random problem in which nothing can be moved but in exchange: three machines with two processes each that ask
  /// for 13 to 22 of eight resources, of which 8 are left.
  public static func tight(seed: UInt64) -> ChallengeFile {
    var random = SeededGenerator(seed: seed)
    func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
    var file = ChallengeFile(start: [0, 0, 1, 1, 2, 2])
    file.resources = (0..<8).map { _ in .init(isTransient: false, loadWeight: 5 + below(9)) }
    file.services = file.start.map { _ in .init(leastLocations: 0, dependencies: []) }
    file.processes = file.start.indices.map { index in
      .init(service: index, requirement: file.resources.map { _ in 13 + below(10) }, moveCost: below(3))
    }
    file.machines = (0..<3).map { index in
      let used = file.resources.indices.map { resource in
        file.processes[2 * index].requirement[resource] + file.processes[2 * index + 1].requirement[resource]
      }
      return machine(
        0, index, used.map { $0 + 8 }, safe: used.map { _ in 26 + below(18) },
        (0..<3).map { $0 == index ? 0 : below(4) })
    }
    (file.processMoveWeight, file.serviceMoveWeight, file.machineMoveWeight) = (1, below(3), below(2))
    return file
  }

  /// A random problem in which no process can leave without all others: a ring of four services that depend each on
  /// the next, all on one machine of a neighbourhood of its own, beside two machines of another where they cost less.
  public static func entangled(seed: UInt64) -> ChallengeFile {
    var random = SeededGenerator(seed: seed)
    func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
    var file = ChallengeFile(start: [0, 0, 0, 0])
    file.resources = (0..<8).map { _ in .init(isTransient: below(4) == 0, loadWeight: 5 + below(9)) }
    file.services = file.start.indices.map { .init(leastLocations: 0, dependencies: [($0 + 1) % 4]) }
    file.processes = file.start.indices.map { index in
      .init(service: index, requirement: file.resources.map { _ in 10 + below(10) }, moveCost: below(3))
    }
    file.machines = (0..<3).map { index in
      machine(
        min(index, 1), index, file.resources.map { _ in 80 },
        safe: file.resources.map { _ in 10 + below(40) },
        (0..<3).map { $0 == index ? 0 : below(4) })
    }
    (file.processMoveWeight, file.serviceMoveWeight, file.machineMoveWeight) = (1, below(3), below(2))
    return file
  }
}

extension ChallengeFile {
  /// The least cost of all assignments, by trying each.
  public var leastCost: Int {
    let checker = ChallengeChecker(self)
    var assignment = [Int](repeating: 0, count: processes.count)
    var least = Int.max
    while true {
      if checker.violations(assignment).isEmpty { least = min(least, checker.cost(assignment).total) }
      guard let next = assignment.firstIndex(where: { $0 < machines.count - 1 }) else { return least }
      for index in 0..<next { assignment[index] = 0 }
      assignment[next] += 1
    }
  }
}
