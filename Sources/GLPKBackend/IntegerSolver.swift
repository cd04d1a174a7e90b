import LinearOptimization

/// Solves integer programs: prepares the search, runs it, and believes only what it has checked.
struct IntegerSolver {
  let program: LinearProgram
  let options: SolverOptions
  let deadline: Deadline

  /// Solves the program loaded in `problem`, which is used up. `isWarm` says that its basis is worth keeping.
  ///
  /// A search that breaks down, or whose solution does not satisfy the program, is repeated once, more cautiously.
  func solve(using problem: GLPKProblem, isWarm: Bool) throws(SolverFailure) -> SolveResult {
    let first = try attempt(on: problem, isWarm: isWarm)
    guard first.isTrouble, !deadline.hasPassed else { return try first.result() }
    var second = try cautious.attempt(on: GLPKProblem(program), isWarm: false)
    second.work = first.work + second.work
    return try second.isTrouble && first.outcome.solution != nil ? first.result() : second.result()
  }

  /// The same task with what is most often to blame left out. The presolver is not: what it changes is undone before
  /// the check, and without it root relaxations fail more often.
  private var cautious: IntegerSolver {
    var options = options
    options.cuts = []
    options.integralityTolerance = min(options.integralityTolerance, 1e-9)
    return IntegerSolver(program: program, options: options, deadline: deadline)
  }

  private func attempt(on problem: GLPKProblem, isWarm: Bool) throws(SolverFailure) -> Attempt {
    try problem.requireIntegers(of: program)
    let start = searchStart()
    if options.presolve, start.isNone, !isWarm {
      return try search(problem, presolve: true, start, iterationsBefore: 0)
    }
    var root = RelaxationSolver(problem, program.relaxed, options, deadline)
    let end = try isWarm ? root.solve(.dual) : root.solveCold()
    let work = Work(iterations: root.iterations)
    switch end {
    case .optimal:
      return try search(problem, presolve: false, start, iterationsBefore: root.iterations)
    case .infeasible: return Attempt(.infeasible, .completed, work)
    case .unbounded: return try settleUnbounded(work)
    case .stopped(let termination, let found):
      let bound = found.isDualFeasible ? found.objective : nil
      return Attempt(unfinished(start, bound: bound), termination, work)
    }
  }

  private func search(
    _ problem: GLPKProblem, presolve: Bool, _ start: SearchStart, iterationsBefore: Int
  ) throws(SolverFailure) -> Attempt {
    let search = IntegerSearch(
      problem: problem, program: program, options: options, deadline: deadline,
      iterationsBefore: iterationsBefore)
    return try judge(search.run(presolve: presolve, start: start), start)
  }

  /// What the search is given to begin with: the start if it is sound and beats the cut-off, else the cut-off.
  private func searchStart() -> SearchStart {
    let start = options.start.map { Solution(of: program, values: program.snapped($0)) }
    let sound = start.flatMap { $0.violations(of: program).isEmpty ? $0 : nil }
    switch (sound, options.cutoff) {
    case (nil, nil): return .none
    case (let solution?, nil): return .solution(solution.values)
    case (let solution?, let cutoff?) where program.sense.isBetter(solution.objective, than: cutoff):
      return .solution(solution.values)
    case (_, let cutoff?): return .cutoff(cutoff)
    }
  }

  /// What is known when a limit came before the search.
  func unfinished(_ start: SearchStart, bound: Double?) -> Outcome {
    switch start {
    case .none: .undecided(bound: bound)
    case .solution(let values): .feasible(Solution(of: program, values: values), bound: bound)
    case .cutoff(let cutoff): .undecided(bound: bound.map { program.sense.better($0, cutoff) })
    }
  }

  /// The answer when the objective of the relaxation has no limit: with rational coefficients an integer program then
  /// has no limit either, or no solution (Meyer 1974, Mathematical Programming 7); the latter is for a second search to tell.
  func settleUnbounded(_ work: Work) throws(SolverFailure) -> Attempt {
    var feasibility = program
    feasibility.setObjective(0, sense: .minimize)
    var options = options
    options.start = nil
    options.cutoff = nil
    options.knownBound = nil
    let task = IntegerSolver(program: feasibility, options: options, deadline: deadline)
    let found = try task.solve(using: GLPKProblem(feasibility), isWarm: false)
    let outcome: Outcome =
      switch found.outcome {
      case .optimal, .feasible: .unbounded
      case .infeasible: .infeasible
      case .unbounded, .undecided: .undecided(bound: nil)
      }
    return Attempt(outcome, found.termination, work + found.work)
  }
}

/// What one search came to, and whether something went wrong in it.
struct Attempt {
  let outcome: Outcome
  let termination: Termination
  var work: Work
  var failure: SolverFailure?

  init(_ outcome: Outcome, _ termination: Termination, _ work: Work, failure: SolverFailure? = nil) {
    self.outcome = outcome
    self.termination = termination
    self.work = work
    self.failure = failure
  }

  /// Whether another attempt may do better.
  var isTrouble: Bool {
    if case .solutionRejected = termination { true } else { failure != nil }
  }

  /// The result; a failure is thrown only where nothing was found that could be of use.
  func result() throws(SolverFailure) -> SolveResult {
    guard let failure else { return SolveResult(outcome: outcome, termination: termination, work: work) }
    guard outcome.solution != nil else { throw failure }
    return SolveResult(outcome: outcome, termination: .brokeDown(failure), work: work)
  }
}
