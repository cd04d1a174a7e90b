/// The answer to a program, and how the search for it ended.
public struct SolveResult: Sendable {
  /// What is known about the program now.
  public let outcome: Outcome
  /// Why the solver stopped. A fact of its own: a search stopped by the clock may have found the optimum.
  public let termination: Termination
  /// What it took.
  public let work: Work

  /// A result from its parts.
  public init(outcome: Outcome, termination: Termination, work: Work) {
    self.outcome = outcome
    self.termination = termination
    self.work = work
  }
}

/// Why a solver stopped.
public enum Termination: Sendable, Equatable {
  /// By its own criteria: a proof, or the gap asked for. Repeatable.
  case completed
  /// ``SolverOptions/timeLimitSeconds`` was up. Not repeatable.
  case timeLimit
  /// ``SolverOptions/nodeLimit`` was reached. Repeatable.
  case nodeLimit
  /// ``SolverOptions/iterationLimit`` was reached. Repeatable.
  case iterationLimit
  /// ``SolverOptions/progress`` said stop.
  case cancelled
  /// The solver's best solution, its integer columns rounded, does not satisfy the program, so it
  /// was thrown away. Badly scaled rows do this: bring their largest coefficients to about 100.
  case solutionRejected([Violation])
  /// The solver broke in the middle of the search; what had been found and proved before it stands.
  case brokeDown(SolverFailure)
}

/// How much a solver did; the same on every machine for the same program and options, unless a clock stopped it.
public struct Work: Sendable, Equatable {
  /// Simplex iterations, those in the nodes of a search included.
  public var iterations: Int
  /// Nodes of the branch-and-bound tree that were created; zero for a linear program.
  public var nodes: Int

  /// Work from its parts.
  public init(iterations: Int = 0, nodes: Int = 0) {
    self.iterations = iterations
    self.nodes = nodes
  }

  /// The work of one task after another.
  public static func + (a: Work, b: Work) -> Work {
    Work(iterations: a.iterations + b.iterations, nodes: a.nodes + b.nodes)
  }
}
