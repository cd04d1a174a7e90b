import GLPKBackend
import StowageCalendar
import StowageTestSupport
import Testing

@Suite("Nights")
struct NightPlannerTests {
  @Test("are as few and as quiet as every assignment tried", arguments: UInt64(0)..<40)
  func exhaustive(seed: UInt64) throws {
    let sample = SmallNights(seed: seed, units: 3 + Int(seed % 4), nights: 3)
    let best = sample.best
    var planner = NightPlanner(sample.problem, bound: sample.bound, solver: GLPKSolver(), seed: 1)
    switch try planner.outcome() {
    case .assigned(let found):
      let best = try #require(best, "seed \(seed): nights where there are none")
      #expect(sample.problem.isLegal(found.nightOfUnit), "seed \(seed)")
      #expect(found.nights == best.nights, "seed \(seed)")
      #expect(abs(found.traffic - best.traffic) < 1e-6, "seed \(seed)")
      #expect(found.bound <= found.nights, "seed \(seed)")
    case .closed, .tooFew: #expect(best == nil, "seed \(seed)")
    }
  }

  @Test("that there are none is said just where every assignment breaks a limit", arguments: UInt64(0)..<120)
  func feasible(seed: UInt64) throws {
    let sample = SmallNights(seed: 5000 + seed, units: 3 + Int(seed % 4), nights: 2 + Int(seed % 2))
    let answer = try NightFeasibility(sample.problem, solver: GLPKSolver()).hasNights()
    #expect(answer == (sample.best != nil), "seed \(seed)")
  }

  @Test("60 groups of 3 VMs do not go into 19 nights of 9, which prices prove")
  func tooMany() throws {
    let units = (0..<60).map { _ in NightProblem.Unit(vms: 3) }
    for (nights, answer) in [(19, false), (20, true)] {
      let problem = NightProblem(units: units, usable: [Array(repeating: 1000, count: nights)], mostVMs: 9)
      #expect(try NightFeasibility(problem, solver: GLPKSolver()).hasNights() == answer)
    }
  }

  @Test("prices prove that 30 groups of 4 VMs take 10 nights of 12")
  func proved() throws {
    let units = (0..<30).map { _ in NightProblem.Unit(vms: 4) }
    let problem = NightProblem(units: units, usable: [Array(repeating: 1000, count: 30)], mostVMs: 12)
    let bound = NightBound(
      groups: units.map { _ in .init(vms: 4, least: 0, work: 0, calendar: 0) }, usable: problem.usable,
      mostVMs: 12)
    var planner = NightPlanner(problem, bound: bound, solver: GLPKSolver(), seed: 1)
    guard case .assigned(let found) = try planner.outcome() else {
      Issue.record("no nights")
      return
    }
    #expect(found.nights == 10)
    #expect(found.bound == 10)
  }

  @Test("whole groups do not fill nights: 9 of 5 VMs on nights of 9 take 9")
  func wholeGroups() throws {
    let units = (0..<9).map { _ in NightProblem.Unit(vms: 5) }
    let problem = NightProblem(units: units, usable: [Array(repeating: 1000, count: 12)], mostVMs: 9)
    let bound = NightBound(
      groups: units.map { _ in .init(vms: 5, least: 0, work: 0, calendar: 0) }, usable: problem.usable,
      mostVMs: 9)
    var planner = NightPlanner(problem, bound: bound, solver: GLPKSolver(), seed: 1)
    guard case .assigned(let found) = try planner.outcome() else {
      Issue.record("no nights")
      return
    }
    #expect(found.nights == 9)
    #expect(found.bound == 9)
  }
}
