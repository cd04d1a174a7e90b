/// How long and how thoroughly to search.
///
/// The defaults search until the answer is proved. What a solver has no use for it ignores.
public struct SolverOptions: Sendable {
  /// Seconds of wall clock after which to stop with what is known. Answers then vary from run to run: where they
  /// must not, use the work limits.
  public var timeLimitSeconds: Double?
  /// Nodes of the branch-and-bound tree after which to stop.
  public var nodeLimit: Int?
  /// Simplex iterations after which to stop; looked at between nodes, so a search may exceed it by those of one node.
  public var iterationLimit: Int?

  /// Stop when objective and bound are this near, in units of the objective.
  public var absoluteGap = 0.0
  /// Stop when objective and bound are this near, as a part of the objective.
  public var relativeGap = 0.0

  /// Integer programs: look only for solutions whose objective is better than this.
  public var cutoff: Double?
  /// Integer programs: an objective proved elsewhere to be unbeatable, so that a solution that reaches it is optimal.
  public var knownBound: Double?
  /// Integer programs: a feasible solution to start from, one value for each column. One that does not satisfy the
  /// program is ignored.
  public var start: [Double]?

  /// Integer programs: simplify the program before the search.
  ///
  /// Not done where ``start`` or ``cutoff`` is given, because GLPK cannot carry them over to the simplified program.
  /// That costs little: on 16 evacuations of 16 and 24 hosts each way was ahead about as often.
  public var presolve = true
  /// How far from a whole number a column may be for the search to take it for one. Solutions are rounded
  /// and checked afterwards.
  public var integralityTolerance = 1e-6
  /// Which fractional column to branch on.
  public var branching = Branching.automatic
  /// Which node to go on with.
  public var nodeSelection = NodeSelection.automatic
  /// Integer programs: which cutting planes to add.
  ///
  /// Measured with 4 s each: evacuations of 16 to 50 hosts are solved with the standard cuts in 0.02 to 0.7 s and often not at
  /// all without (Gomory's do it); consolidations of 8 to 30 hosts do not care; programs over patterns, as after column generation,
  /// are better off with none (15 rows, 60 columns: 0.3 s against no proof in 4 s).
  public var cuts = Cuts.standard
  /// Seed for solvers that make random choices. GLPK makes none.
  public var seed: UInt64 = 0

  /// Called at every node of a search, and now and then while a linear program is solved, on the thread
  /// that solves. It must not solve anything itself.
  public var progress: (@Sendable (Progress) -> Continuation)?

  /// Options that search until the answer is proved.
  public init() {}
}

/// Which fractional column a search branches on.
public enum Branching: Sendable, CaseIterable {
  /// What the back end found best for placement models.
  case automatic
  /// The first in column order.
  case firstFractional
  /// The last in column order.
  case lastFractional
  /// The one nearest to a half.
  case mostFractional
  /// The one whose penalty for rounding is largest (Driebeck 1966, Tomlin 1971).
  case penalty
  /// The one whose branches changed the objective most so far.
  case pseudocost
}

/// Which node a search goes on with.
public enum NodeSelection: Sendable, CaseIterable {
  /// What the back end found best for placement models.
  case automatic
  /// The newest: solutions early, bounds late.
  case depthFirst
  /// The oldest.
  case breadthFirst
  /// The one with the best bound: few nodes, solutions late.
  case bestBound
  /// The one with the best guess of the objective at which it will become integer.
  case bestProjection
}

/// Cutting planes that tighten the relaxation.
public struct Cuts: OptionSet, Sendable {
  /// The set as bits.
  public let rawValue: Int
  /// A set from its bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// Mixed integer rounding.
  public static let rounding = Cuts(rawValue: 1)
  /// Gomory's mixed integer cuts.
  public static let gomory = Cuts(rawValue: 2)
  /// Mixed cover cuts. GLPK's generator shares random state between threads: with it, results of
  /// concurrent searches vary.
  public static let cover = Cuts(rawValue: 4)
  /// Clique cuts.
  public static let clique = Cuts(rawValue: 8)

  /// Everything that is safe while other threads solve.
  public static let standard: Cuts = [.rounding, .gomory, .clique]
}
