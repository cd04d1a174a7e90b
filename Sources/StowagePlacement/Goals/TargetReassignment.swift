import StowageFleet
import StowageModel

/// As little above targets of utilisation as can be, as a machine reassignment: hosts are machines with their targets as
/// safety capacities, blocks of VMs are processes, anti-affinities over hosts are services.
///
/// For fleets whose targets cannot all be met: the search that knows every rule then only goes downhill (see ``TargetSearch``).
/// Rules that a machine reassignment has no words for, and hours, are left to that.
struct TargetReassignment {
  let task: PlacementTask
  let hosts: [Int]

  /// Hosts beyond which nothing is tried: a table holds the cost of moves between any two.
  private static let hostLimit = 2000
  /// Cells of the mean host, in which amounts are counted. Chosen: demands are rounded up by a 65,536th of a host at
  /// the most, and a fleet of thousands of hosts stays within 32 bits.
  private static let cells = 65_536.0
  /// What a host's whole capacity above a target costs.
  private static let capacityCost = 1e9
  /// What a move must take off what is above targets: a tenth of a percentage point of a host. Chosen: less is noise.
  private static let leastGain = 0.001
  /// Changes tried for each block, and at the least and at the most. Chosen: one to two seconds.
  private static let triesPerBlock = 10_000
  private static let tries = 2_000_000...20_000_000

  /// A placement with less above the targets, or as much with fewer moves; `nil` where none is found or the fleet is no
  /// machine reassignment.
  func improve(_ base: [Int]) -> [Int]? {
    guard let problem = problem else { return nil }
    let tries = Self.tries
    let budget = min(max(tries.lowerBound, Self.triesPerBlock * problem.processes.count), tries.upperBound)
    let result = ReassignmentAnnealing(problem).run(seed: task.options.seed, budget: .evaluations(budget))
    let placement = task.problem.placement(ofBlocks: result.assignment)
    let meter = ObjectiveMeter(task.fleet)
    let saved = meter.targetExcess(base) - meter.targetExcess(placement)
    guard saved > -1e-9, saved > 1e-9 || meter.moves(placement) < meter.moves(base),
      meter.isWorth(saved, placement, from: base, leastGain: Self.leastGain),
      task.accepts(placement), task.softRules.cost(placement) <= task.softRules.cost(base) + 1e-9
    else { return nil }
    return placement
  }

  // MARK: The problem

  /// The fleet as a machine reassignment; `nil` where it asks for more than one can say, or does not start legally.
  private var problem: Reassignment? {
    let (fleet, problem) = (task.fleet, task.problem)
    guard hosts.count > 1, fleet.hosts.count <= Self.hostLimit, problem.isFlat, problem.together.isEmpty,
      problem.home.allSatisfy({ $0 != nil }), task.accepts(fleet.start), let services = services
    else { return nil }
    let resources = Resource.allCases.filter { resource in
      problem.demand.contains { $0[resource] > 0 }
        && fleet.hosts.indices.contains { problem.limits[$0][resource] < Fleet.noLimit }
    }
    let units = resources.map(unit)
    let isOpen = problem.isOpen(hosts)
    let reassignment = Reassignment(
      resources: resources.map { _ in .init(isTransient: false, loadWeight: 0) },
      machines: fleet.hosts.indices.map { host in machine(host, resources, units) },
      services: services.services,
      processes: problem.blocks.indices.map { block in
        .init(
          service: services.ofBlock[block],
          requirement: zip(resources, units).map { resource, unit in
            Int64((Double(problem.demand[block][resource]) / unit - 1e-9).rounded(.up))
          },
          moveCost: Int64(Self.capacityCost * Self.leastGain) * Int64(problem.blocks[block].count),
          permission: problem.candidates.setOfBlock[block], moves: Int32(problem.blocks[block].count))
      },
      moveWeights: .init(process: 1, service: 0, machine: 0), start: problem.home.map { $0 ?? 0 },
      permissions: problem.candidates.sets.map { set in
        fleet.hosts.indices.map { isOpen[$0] && set.contains($0) }
      },
      mostMoves: fleet.options.maxMoves)
    return reassignment.isWithinRange ? reassignment : nil
  }

  /// How many units of a resource are a cell: the mean of what hosts offer has ``cells``.
  private func unit(_ resource: Resource) -> Double {
    let capacities = hosts.compactMap { task.fleet.capacity[$0][resource] }.filter { $0 > 0 }
    guard !capacities.isEmpty else { return 1 }
    let mean = capacities.reduce(0) { $0 + Double($1) } / Double(capacities.count)
    return max(1, mean / Self.cells)
  }

  private func machine(_ host: Int, _ resources: [Resource], _ units: [Double]) -> Reassignment.Machine {
    let fleet = task.fleet
    func cells(_ amount: Double, _ unit: Double) -> Int64 {
      Int64(min((amount / unit + 1e-9).rounded(.down), Double(1 << 29 - 1)))
    }
    let capacity = zip(resources, units).map { cells(Double(task.problem.limits[host][$0]), $1) }
    var (safety, weights) = (capacity, [Int64](repeating: 0, count: resources.count))
    for (index, resource) in resources.enumerated() where fleet.hosts[host].isUsableAsTarget {
      guard let percent = fleet.options.targetPercent[resource],
        let offered = fleet.capacity[host][resource], offered > 0
      else { continue }
      safety[index] = min(capacity[index], cells(Double(offered) * percent / 100, units[index]))
      let weight = (Self.capacityCost * units[index] / Double(offered)).rounded()
      weights[index] = Int64(min(max(1, weight), Double(1 << 28)))
    }
    return Reassignment.Machine(
      capacity: capacity, safetyCapacity: safety,
      moveCost: [Int32](repeating: 0, count: fleet.hosts.count), loadWeights: weights)
  }

  /// A service for each anti-affinity over hosts, and one for each other block; `nil` where a block is in two, or one is over
  /// racks or more.
  private var services: (services: [Reassignment.Service], ofBlock: [Int])? {
    var ofBlock = [Int?](repeating: nil, count: task.problem.blocks.count)
    for (index, group) in task.problem.apart.enumerated() {
      guard group.scope == .host else { return nil }
      for block in group.blocks {
        guard ofBlock[block] == nil else { return nil }
        ofBlock[block] = index
      }
    }
    var count = task.problem.apart.count
    let all = ofBlock.map { known -> Int in
      if let known { return known }
      defer { count += 1 }
      return count
    }
    return (Array(repeating: Reassignment.Service(), count: count), all)
  }
}
