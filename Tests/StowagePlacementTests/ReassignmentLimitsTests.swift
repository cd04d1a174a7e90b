import StowageTestSupport
import Testing

@testable import StowagePlacement

/// What a fleet asks of a machine reassignment beyond the challenge: machines that a process may not enter, a number of moves,
/// and load that costs more on one machine than on another.
@Suite("Limits of machine reassignment")
struct ReassignmentLimitsTests {
  /// Three machines of 100 and 60 that may be full at a price, five processes of one resource or two.
  private func problem(seed: UInt64, mostMoves: Int?) -> Reassignment {
    var random = StowagePlacement.SeededGenerator(seed: seed)
    let resources = 1 + random.below(2)
    let machines = (0..<3).map { _ in
      Reassignment.Machine(
        capacity: Array(repeating: 100, count: resources),
        safetyCapacity: (0..<resources).map { _ in Int64(10 + random.below(30)) },
        moveCost: [0, 0, 0], loadWeights: (0..<resources).map { _ in Int64(1 + random.below(9)) })
    }
    let processes = (0..<5).map { number in
      Reassignment.Process(
        service: number, requirement: (0..<resources).map { _ in Int64(5 + random.below(20)) },
        moveCost: Int64(random.below(3)), permission: number % 2, moves: Int32(1 + number % 3))
    }
    return Reassignment(
      resources: (0..<resources).map { _ in .init(isTransient: false, loadWeight: 1) }, machines: machines,
      services: Array(repeating: .init(), count: 5), processes: processes,
      moveWeights: .init(process: 1, service: 0, machine: 0), start: [0, 0, 0, 0, 1],
      permissions: [[true, true, false], [false, true, true]], mostMoves: mostMoves)
  }

  /// The cost of an assignment; `nil` where it is not allowed.
  private func cost(_ assignment: [Int], _ problem: Reassignment) -> Int64? {
    var cost: Int64 = 0
    var moves = 0
    var load = [[Int64]](repeating: [0, 0], count: 3)
    for (index, machine) in assignment.enumerated() {
      let process = problem.processes[index]
      if machine != problem.start[index] {
        guard let set = process.permission, problem.permissions[set][machine] else { return nil }
        cost += process.moveCost
        moves += Int(process.moves)
      }
      for (resource, amount) in process.requirement.enumerated() { load[machine][resource] += amount }
    }
    guard moves <= problem.mostMoves ?? .max else { return nil }
    for (machine, load) in zip(problem.machines, load) {
      for resource in problem.resources.indices {
        guard load[resource] <= machine.capacity[resource] else { return nil }
        let weight = machine.loadWeights?[resource] ?? 1
        cost += weight * max(0, load[resource] - machine.safetyCapacity[resource])
      }
    }
    return cost
  }

  @Test(
    "finds the least cost that any assignment within them has", arguments: UInt64(1)...12, [nil, 3, 5, 1])
  func finds(seed: UInt64, mostMoves: Int?) {
    let problem = problem(seed: seed, mostMoves: mostMoves)
    var lowest = Int64.max
    for code in 0..<243 {
      let assignment = [code % 3, code / 3 % 3, code / 9 % 3, code / 27 % 3, code / 81]
      lowest = min(lowest, cost(assignment, problem) ?? .max)
    }
    let result = ReassignmentAnnealing(problem).run(seed: seed, budget: .evaluations(20_000))
    #expect(cost(result.assignment, problem) == result.cost, "seed \(seed)")
    #expect(result.cost == lowest, "seed \(seed)")
    #expect(problem.leastCost <= lowest, "seed \(seed)")
  }

  @Test("a process goes home to a machine that its permission does not name")
  func goesHome() {
    let problem = problem(seed: 1, mostMoves: nil)
    var state = ReassignmentState(ReassignmentTables(problem))
    // Process 1 starts on machine 0, which permission 1 leaves out.
    let went = state.shift(1, to: 1, limit: .max / 4)
    let came = state.shift(1, to: 0, limit: .max / 4)
    #expect(went && came)
    let strayed = state.shift(0, to: 2, limit: .max / 4)
    #expect(!strayed)
  }
}
