import StowageTestSupport
import Testing

@testable import StowagePlacement

@Suite("Machine reassignment")
struct ReassignmentTests {
  private func solve(_ file: ChallengeFile, seed: UInt64 = 1, evaluations: Int = 8192)
    -> ReassignmentAnnealing.Result
  {
    ReassignmentAnnealing(Reassignment(file)).run(seed: seed, budget: .evaluations(evaluations))
  }

  private func terms(_ cost: ChallengeChecker.Cost) -> [Int] {
    [cost.load, cost.balance, cost.processMoves, cost.serviceMoves, cost.machineMoves]
  }

  @Test("the published example costs 4200 before and 2411 at the best")
  func publishedExample() {
    let file = SmallChallenges.published
    let checker = ChallengeChecker(file)
    #expect(checker.violations(file.start).isEmpty)
    #expect(terms(checker.cost(file.start)) == [1700, 2500, 0, 0, 0])
    #expect(checker.cost([0, 2, 0]).total == 3510)
    #expect(terms(checker.cost([0, 2, 1])) == [400, 1600, 101, 10, 300])
    let result = solve(file)
    #expect(result.assignment == [0, 2, 1])
    #expect(result.cost == 2411)
  }

  @Test("the checker names what each of the constraints forbids")
  func checkerRefuses() {
    let checker = ChallengeChecker(SmallChallenges.published)
    #expect(checker.violations([0, 2, 2]).contains("machine 2 holds 220 of resource 1, more than 100"))
    // The first process is held on its old machine and on the new one.
    #expect(checker.violations([1, 3, 0]).contains("machine 1 holds 12 of resource 0, more than 10"))
    #expect(checker.violations([0, 0, 0]).contains("machine 0 runs two processes of service 0"))
    #expect(checker.violations([0, 1, 0]).contains("service 0 runs in 1 locations, fewer than 2"))
    #expect(checker.violations([2, 3, 1]).contains("service 1 runs in neighbourhood 0 without service 0"))
    #expect(checker.violations([0, 9, 0]) == ["process 1 runs on machine 9, which does not exist"])
    #expect(checker.violations([0]) == ["1 processes are assigned, of 3"])
  }

  @Test("finds the least cost that trying everything finds", arguments: UInt64(1)..<13)
  func agreesWithEveryAssignment(seed: UInt64) {
    let file = SmallChallenges.random(seed: seed)
    let result = solve(file, seed: seed)
    let checker = ChallengeChecker(file)
    #expect(checker.violations(result.assignment).isEmpty, "seed \(seed)")
    #expect(checker.cost(result.assignment).total == Int(result.cost), "seed \(seed)")
    #expect(Int(result.cost) == file.leastCost, "seed \(seed)")
  }

  /// No shift is legal, so that the search pays for capacity. Seeds of which none is at its best at the start.
  @Test("finds the least cost where it goes through what is not legal", arguments: UInt64(1)..<9)
  func goesBeyondCapacity(seed: UInt64) {
    expectLeast(of: SmallChallenges.tight(seed: seed), seed: seed)
  }

  /// Nothing can leave its neighbourhood alone, nor two at once. Seeds of which none is at its best at the start.
  @Test("finds the least cost where services must go together", arguments: UInt64(1)..<9)
  func goesThroughBrokenDependencies(seed: UInt64) {
    expectLeast(of: SmallChallenges.entangled(seed: seed), seed: seed)
  }

  private func expectLeast(of file: ChallengeFile, seed: UInt64) {
    let checker = ChallengeChecker(file)
    #expect(checker.violations(file.start).isEmpty)
    let result = solve(file, seed: seed, evaluations: 400_000)
    #expect(checker.violations(result.assignment).isEmpty, "seed \(seed)")
    #expect(checker.cost(result.assignment).total == Int(result.cost), "seed \(seed)")
    #expect(Int(result.cost) == file.leastCost, "seed \(seed)")
    #expect(file.leastCost < checker.cost(file.start).total, "seed \(seed)")
  }

  @Test("broken dependencies are counted and charged as they come and go", arguments: UInt64(1)..<9)
  func countsBrokenDependencies(seed: UInt64) {
    let file = SmallChallenges.random(seed: seed)
    var state = ReassignmentState(ReassignmentTables(Reassignment(file)), pricesFor: 100)
    var random = StowageTestSupport.SeededGenerator(seed: seed)
    func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }
    for step in 0..<200 {
      let (process, other) = (below(file.start.count), below(file.start.count))
      let (target, third) = (below(file.machines.count), below(file.machines.count))
      let limit = step % 3 == 0 ? 0 : Int64.max / 4
      switch step % 4 {
      case 0: _ = state.swap(process, other, limit: limit)
      case 1: _ = state.chain(process, other, to: third, limit: limit)
      default: _ = state.shift(process, to: target, limit: limit)
      }
      if step % 50 == 49 { state.reprice(fall: 0.1) }
      let broken = brokenDependencies(file, file.start.indices.map { state.machine(of: $0) })
      #expect(state.services.brokenCount == broken, "seed \(seed), step \(step)")
      #expect((state.services.owed > 0) == (broken > 0), "seed \(seed), step \(step)")
    }
  }

  @Test("a search at prices goes back to the best it kept, at what that costs", arguments: UInt64(1)..<9)
  func returnsToBest(seed: UInt64) {
    for file in [SmallChallenges.tight(seed: seed), SmallChallenges.entangled(seed: seed)] {
      var state = ReassignmentState(ReassignmentTables(Reassignment(file)), pricesFor: 100)
      var random = StowageTestSupport.SeededGenerator(seed: seed)
      var awayFromBest = 0
      for round in 0..<20 {
        for _ in 0..<50 {
          let process = Int.random(in: file.start.indices, using: &random)
          _ = state.shift(
            process, to: Int.random(in: file.machines.indices, using: &random), limit: Int64.max / 4)
          state.keepIfBest()
        }
        state.reprice(fall: 0.1)
        if round == 0 { state.keepPrices() }
        let assignment = file.start.indices.map { state.machine(of: $0) }
        if assignment != state.best { awayFromBest += 1 }
        state.returnToBest()
        #expect(file.start.indices.map { state.machine(of: $0) } == state.best, "seed \(seed)")
        #expect(state.cost == state.bestCost, "seed \(seed)")
      }
      #expect(awayFromBest > 0)
      #expect(ChallengeChecker(file).cost(state.best).total == Int(state.bestCost))
    }
  }

  /// Services that run in a neighbourhood without one they need, counted once for each need and neighbourhood.
  private func brokenDependencies(_ file: ChallengeFile, _ assignment: [Int]) -> Int {
    var places = [Set<Int>](repeating: [], count: file.services.count)
    for (process, machine) in zip(file.processes, assignment) {
      places[process.service].insert(file.machines[machine].neighbourhood)
    }
    return file.services.indices.reduce(0) { sum, service in
      sum
        + Set(file.services[service].dependencies).reduce(0) {
          $0 + places[service].subtracting(places[$1]).count
        }
    }
  }

  @Test("pays for capacity and dependencies where few shifts are legal and resources many")
  func choosesByShape() {
    var file = SmallChallenges.tight(seed: 1)
    #expect(ReassignmentAnnealing(Reassignment(file)).isWalledIn(0.1))
    #expect(!ReassignmentAnnealing(Reassignment(file)).isWalledIn(0.3))
    #expect(!ReassignmentAnnealing(Reassignment(SmallChallenges.published)).isWalledIn(0.1))
    file = SmallChallenges.tight(seed: 1)
    for process in file.processes.indices { file.processes[process].requirement[3] = 1 << 28 }
    #expect(!ReassignmentAnnealing(Reassignment(file)).isWalledIn(0.1))
  }

  @Test("no assignment costs less than all machines together must", arguments: UInt64(1)..<13)
  func leastCost(seed: UInt64) {
    for file in [SmallChallenges.random(seed: seed), SmallChallenges.entangled(seed: seed)] {
      #expect(Reassignment(file).leastCost <= Int64(file.leastCost), "seed \(seed)")
    }
  }

  /// Two machines with 10 and 5 of a resource free of charge, and 20 in use; each free unit of it asks for two of another.
  @Test("load and balance that cannot be avoided are the least cost, and near it only moves are left to save")
  func leastCostOfTwoMachines() {
    func machine(_ safety: Int64) -> Reassignment.Machine {
      .init(capacity: [20, 30], safetyCapacity: [safety, 30], moveCost: [0, 0])
    }
    var problem = Reassignment(
      resources: [.init(isTransient: false, loadWeight: 7), .init(isTransient: false, loadWeight: 1)],
      machines: [machine(10), machine(5)], services: [.init(), .init()],
      processes: [.init(service: 0, requirement: [12, 20], moveCost: 0)]
        + [.init(service: 1, requirement: [8, 15], moveCost: 0)],
      balances: [.init(resource: 0, other: 1, target: 2, weight: 3)],
      moveWeights: .init(process: 1, service: 1, machine: 1), start: [0, 1])
    // 7 × (20 − 15) for load, 3 × (2 × 20 − 25) for balance.
    #expect(problem.leastCost == 35 + 45)
    let search = ReassignmentAnnealing(problem)
    #expect(search.leavesMovesOnly(load: 80, moves: 0, within: 1))
    #expect(search.leavesMovesOnly(load: 110, moves: 1, within: 30))
    #expect(!search.leavesMovesOnly(load: 111, moves: 1, within: 30))
    problem.resources[0].loadWeight = 1 << 62
    #expect(problem.leastCost == 45)
  }

  @Test("the same seed gives the same assignment")
  func repeats() {
    let file = SmallChallenges.random(seed: 7)
    #expect(solve(file, seed: 3).assignment == solve(file, seed: 3).assignment)
  }

  @Test("amounts that the flat form cannot hold are seen")
  func range() {
    var file = SmallChallenges.published
    #expect(Reassignment(file).isWithinRange)
    file.balances[0].target = 1 << 40
    #expect(!Reassignment(file).isWithinRange)
    file = SmallChallenges.published
    file.machines[0].capacity[0] = 1 << 31
    #expect(!Reassignment(file).isWithinRange)
  }
}

@Suite("Challenge files")
struct ChallengeFileTests {
  /// One resource, two machines, one service, one process.
  private let model = "1  0 1  2  0 0 9 5 0 1  0 1 9 5 1 0  1  0 0  1  0 3 1  0  1 1 1\n"

  @Test("reads numbers in the order of the definition")
  func reads() throws {
    let file = try ChallengeFile(model: model, assignment: "1\n")
    #expect(file.machines.map(\.location) == [0, 1])
    #expect(file.processes[0].requirement == [3])
    #expect(file.start == [1])
  }

  @Test(
    "says which number is wrong",
    arguments: [
      ("1 0", "0", "number 2: expected a load weight, found the end of the file"),
      ("1 0 -1", "0", "number 2: expected digits, found the byte 45"),
      ("1 2 1", "0", "number 1: expected whether the resource is transient below 2, found 2"),
    ])
  func complains(model: String, assignment: String, message: String) {
    #expect(throws: (any Error).self) { try ChallengeFile(model: model, assignment: assignment) }
    do { _ = try ChallengeFile(model: model, assignment: assignment) } catch {
      #expect(error.description == message)
    }
  }

  @Test("an assignment must name a machine for each process")
  func assignment() {
    #expect(throws: ChallengeFile.Trouble.self) { try ChallengeFile(model: model, assignment: "2") }
    #expect(throws: ChallengeFile.Trouble.self) { try ChallengeFile(model: model, assignment: "0 0") }
    #expect(throws: ChallengeFile.Trouble.self) { try ChallengeFile(model: model + "7", assignment: "0") }
  }
}
