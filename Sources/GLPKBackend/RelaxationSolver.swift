import CGLPK
import LinearOptimization

/// Solves the linear relaxation of a loaded problem to a definite answer, mending bases that fail.
struct RelaxationSolver {
  let problem: GLPKProblem
  let program: LinearProgram
  let options: SolverOptions
  let deadline: Deadline
  /// Iterations so far, all attempts together.
  private(set) var iterations = 0
  private var isCancelled = false

  /// How a solve ended, short of a solution.
  enum End {
    case optimal
    case infeasible
    case unbounded
    /// A limit; the basic solution may or may not be feasible.
    case stopped(Termination, GLPKProblem.Relaxation)
  }

  init(_ problem: GLPKProblem, _ program: LinearProgram, _ options: SolverOptions, _ deadline: Deadline) {
    self.problem = problem
    self.program = program
    self.options = options
    self.deadline = deadline
  }

  /// Solves from nothing.
  mutating func solveCold() throws(SolverFailure) -> End {
    try problem.scale()
    try problem.useAdvancedBasis()
    return try solve(.primal)
  }

  /// Solves from the basis as it is.
  ///
  /// A run that fails numerically, seems to run in a circle, or ends without a definite status, is followed by one from
  /// the slack basis with the other method, and that by one with the first.
  mutating func solve(_ method: GLPKProblem.Method) throws(SolverFailure) -> End {
    var last = try runSliced(method, for: problem.suspicionLimit)
    if let end = end(of: last) { return end }
    for retry in [method == .primal ? GLPKProblem.Method.dual : .primal, method] {
      try problem.useSlackBasis()
      last = try runSliced(retry, for: problem.stallLimit)
      if let end = end(of: last) { return end }
    }
    throw SolverFailure(
      .numerical, operation: "glp_simplex",
      message: "no definite answer from three bases; last code \(last.code), status \(last.status)")
  }

  /// One run, interrupted now and then where somebody wants to be asked whether to go on.
  private mutating func runSliced(
    _ method: GLPKProblem.Method, for patience: Int
  ) throws(SolverFailure) -> GLPKProblem.Relaxation {
    let stall = iterations + patience
    while true {
      let left = max(min(options.iterationLimit ?? stall, stall) - iterations, 0)
      let slice = options.progress == nil ? left : min(left, iterations == 0 ? Self.firstSlice : Self.slice)
      let found = try problem.simplex(method, iterationLimit: slice, deadline: deadline)
      iterations += found.iterations
      if found.code != .iterationLimit || slice == left { return found }
      if asksToStop() {
        isCancelled = true
        return found
      }
    }
  }

  /// Chosen: an interruption makes the method forget its weights; with 250 a program of 800 iterations took twice as
  /// many, with 1000 a large one does not listen for a second.
  private static let slice = 500
  /// Chosen: short, so that whoever wants out at once gets out.
  private static let firstSlice = 50

  private func asksToStop() -> Bool {
    let state = Progress(incumbent: nil, bound: nil, work: Work(iterations: iterations))
    return options.progress?(state) == .stop
  }

  /// What a run means; `nil` where it means only that another must be made.
  private func end(of found: GLPKProblem.Relaxation) -> End? {
    switch found.code {
    case .success:
      switch found.status {
      case GLP_OPT: .optimal
      case GLP_NOFEAS: .infeasible
      case GLP_UNBND: .unbounded
      // The dual method ends here when the program has no dual solution: unbounded or infeasible, not yet known.
      default: nil
      }
    case .crossingBounds, .noPrimalFeasible: .infeasible
    case .timeLimit: .stopped(.timeLimit, found)
    case .iterationLimit:
      if isCancelled {
        .stopped(.cancelled, found)
      } else {
        hasIterationsLeft ? nil : .stopped(.iterationLimit, found)
      }
    case .badBasis, .singularBasis, .illConditionedBasis, .failed, .noDualFeasible: nil
    case .lowerObjectiveLimit, .upperObjectiveLimit, .noRoot, .stopped, .gapReached, .noFeasible,
      .noConvergence, .unstable, .badData, .outOfRange, .unknown:
      nil
    }
  }

  private var hasIterationsLeft: Bool {
    options.iterationLimit.map { iterations < $0 } ?? true
  }
}

extension RelaxationSolver {
  /// The answer to the relaxation of the program, solution and duals included.
  func result(of end: End) throws(SolverFailure) -> SolveResult {
    let work = Work(iterations: iterations)
    switch end {
    case .infeasible: return SolveResult(outcome: .infeasible, termination: .completed, work: work)
    case .unbounded: return SolveResult(outcome: .unbounded, termination: .completed, work: work)
    case .optimal:
      return try checked(.completed, bound: nil, duals: problem.basicDuals(), work)
    case .stopped(let termination, let found):
      let bound = found.isDualFeasible ? found.objective : nil
      guard found.isPrimalFeasible else {
        return SolveResult(outcome: .undecided(bound: bound), termination: termination, work: work)
      }
      return try checked(termination, bound: bound, duals: nil, work)
    }
  }

  /// The basic solution, provided that it satisfies the relaxation.
  private func checked(
    _ termination: Termination, bound: Double?, duals: Solution.Duals?, _ work: Work
  ) throws(SolverFailure) -> SolveResult {
    let values = program.snapped(try problem.basicValues(count: program.columnCount))
    let solution = Solution(
      objective: program.objective(at: values), values: values, duals: duals)
    let violations = solution.violations(of: program.relaxed)
    guard violations.isEmpty else {
      return SolveResult(
        outcome: .undecided(bound: bound), termination: .solutionRejected(violations), work: work)
    }
    let outcome: Outcome = duals == nil ? .feasible(solution, bound: bound) : .optimal(solution)
    return SolveResult(outcome: outcome, termination: termination, work: work)
  }
}
