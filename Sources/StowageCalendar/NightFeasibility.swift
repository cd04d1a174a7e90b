public import LinearOptimization

/// Whether there are nights for all units at all.
///
/// Construction in many orders answers yes; a unit that no night takes, the program of all units, or prices of units answer no.
public struct NightFeasibility {
  /// Binary columns up to which the program is asked. Chosen: about a second on one core.
  private static let columnLimit = 600

  private let problem: NightProblem
  private let solver: any Solver

  /// The question about a problem.
  public init(_ problem: NightProblem, solver: any Solver) {
    self.problem = problem.withoutIdleNights
    self.solver = solver
  }

  /// Whether there are; `nil` when it could not be told within the limits on work.
  public func hasNights() throws(SolverFailure) -> Bool? {
    guard !problem.units.isEmpty else { return true }
    let isTaken = problem.units.indices.allSatisfy { unit in
      problem.units[unit].vms <= problem.mostVMs ?? .max
        && problem.units[unit].groups <= problem.mostGroups ?? .max
        && (0..<problem.nights).contains { problem.isOpen(unit, $0) }
    }
    guard isTaken else { return false }
    var planner = NightPlanner(problem, bound: bound, solver: solver, seed: 1)
    if planner.constructed() != nil { return true }
    if problem.units.count * problem.nights <= Self.columnLimit { return try byProgram() }
    let target = bound.nights + 1
    return try NightPrices(bound: bound, solver: solver).best(target: target).nights >= target ? false : nil
  }

  private func byProgram() throws(SolverFailure) -> Bool? {
    let program = NightProgram(
      problem, kept: problem.units.map { _ in nil }, nights: Array(0..<problem.nights), isPriced: false)
    var options = SolverOptions()
    options.nodeLimit = 4000
    options.iterationLimit = 100_000
    switch try solver.soundOutcome(program.program, options: options) {
    case .optimal(let solution), .feasible(let solution, _):
      return program.nightOfUnit(solution) == nil ? nil : true
    case .infeasible: return false
    case .unbounded, .undecided, nil: return nil
    }
  }

  /// Units by the dimension that all of them together take most of.
  private var bound: NightBound {
    var taken = [Double](repeating: 0, count: problem.dimensions)
    for unit in problem.units {
      for (dimension, time) in unit.work { taken[dimension] += time }
    }
    let busiest = taken.indices.max { (taken[$0], $1) < (taken[$1], $0) }
    return NightBound(
      groups: problem.units.map { unit in
        NightBound.Group(
          vms: unit.vms, least: unit.least, work: unit.work.first { $0.dimension == busiest }?.time ?? 0,
          calendar: unit.calendar)
      }, usable: problem.usable, mostVMs: problem.mostVMs, mostGroups: problem.mostGroups,
      pilotVMs: problem.pilotVMs)
  }
}

extension NightProblem {
  /// The same without nights that take nobody, and without more nights of one kind in a row than there are units, the last of
  /// them: whoever has nights has them among these, and copies ahead have the most time.
  fileprivate var withoutIdleNights: NightProblem {
    var runs: [[Int]] = []
    for night in 0..<nights where usable.contains(where: { $0[night] > 0 }) {
      let isSame = runs.last?.last.map { last in usable.allSatisfy { $0[last] == $0[night] } } ?? false
      if isSame { runs[runs.count - 1].append(night) } else { runs.append([night]) }
    }
    let kept = runs.flatMap { $0.suffix(units.count) }
    var problem = self
    problem.usable = usable.map { own in kept.map { own[$0] } }
    problem.opening = opening.isEmpty ? [] : kept.map { opening[$0] }
    return problem
  }
}
