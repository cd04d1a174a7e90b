/// What a solver can honestly say about a program.
///
/// "No better solution" always means: none that is better by more than the solver's tolerance, about a millionth of the
/// objective, or a millionth where the objective is below one.
public enum Outcome: Sendable, Equatable {
  /// The solution is feasible and no better one exists.
  case optimal(Solution)

  /// The solution is feasible; whether a better one exists was not settled.
  ///
  /// `bound` limits how much better any solution could be: no objective is less than it when
  /// minimising, none is greater when maximising. `nil` when nothing was proved.
  case feasible(Solution, bound: Double?)

  /// No solution exists; the solver has proved it, not merely failed to find one.
  case infeasible

  /// Solutions exist and the objective improves along them without limit.
  case unbounded

  /// Neither a solution nor a proof that there is none.
  ///
  /// `bound` holds for every solution, if there is any, in the sense of
  /// ``feasible(_:bound:)``. A search with a ``SolverOptions/cutoff`` that found nothing better ends here, with
  /// the cut-off for bound: that says nothing about solutions that are worse.
  case undecided(bound: Double?)
}

extension Outcome {
  /// The solution, where there is one, proved optimal or not.
  public var solution: Solution? {
    switch self {
    case .optimal(let solution), .feasible(let solution, _): solution
    case .infeasible, .unbounded, .undecided: nil
    }
  }

  /// What no solution's objective can improve on, where that is known and finite.
  public var bound: Double? {
    switch self {
    case .optimal(let solution): solution.objective
    case .feasible(_, let bound), .undecided(let bound): bound
    case .infeasible, .unbounded: nil
    }
  }
}
