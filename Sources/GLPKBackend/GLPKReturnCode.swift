import CGLPK

/// A code returned by GLPK's simplex method or integer optimiser.
///
/// One case for each code that `glpk.h` 5.0 defines, so that none goes unanswered.
enum GLPKReturnCode: Equatable {
  /// The routine ran to its end; what it found is in the status of the solution. C name: 0.
  case success

  /// The basis to start from is not one: the number of basic variables is not that of the rows. Cause: rows or
  /// columns changed behind the basis. C name: `GLP_EBADB`.
  case badBasis

  /// The basis to start from is singular. Cause: columns that depend on each other. C name: `GLP_ESING`.
  case singularBasis

  /// The basis to start from is too badly conditioned. Cause: coefficients of very different size. C name:
  /// `GLP_ECOND`.
  case illConditionedBasis

  /// Bounds that cross, or fractional bounds of an integer column. Since the latter are rounded before, the
  /// program is infeasible. C name: `GLP_EBOUND`.
  case crossingBounds

  /// The search failed, usually for numerical reasons. C name: `GLP_EFAIL`.
  case failed

  /// A maximised objective fell below the limit set. We set none. C name: `GLP_EOBJLL`.
  case lowerObjectiveLimit

  /// A minimised objective rose above the limit set. We set none. C name: `GLP_EOBJUL`.
  case upperObjectiveLimit

  /// The simplex iterations allowed are used up. C name: `GLP_EITLIM`.
  case iterationLimit

  /// The time allowed is used up. C name: `GLP_ETMLIM`.
  case timeLimit

  /// The presolver proved that there is no feasible solution. C name: `GLP_ENOPFS`.
  case noPrimalFeasible

  /// The presolver proved that the relaxation has no dual feasible solution: it is unbounded or infeasible. C
  /// name: `GLP_ENODFS`.
  case noDualFeasible

  /// The integer optimiser was called before the relaxation was solved. C name: `GLP_EROOT`.
  case noRoot

  /// The callback ended the search. C name: `GLP_ESTOP`.
  case stopped

  /// The relative gap asked for is reached. C name: `GLP_EMIPGAP`.
  case gapReached

  /// The interior point method found neither a primal nor a dual feasible solution. Not called by us. C name:
  /// `GLP_ENOFEAS`.
  case noFeasible

  /// The interior point method does not converge. Not called by us. C name: `GLP_ENOCVG`.
  case noConvergence

  /// The interior point method is unstable. Not called by us. C name: `GLP_EINSTAB`.
  case unstable

  /// Data of a graph routine are wrong. Not called by us. C name: `GLP_EDATA`.
  case badData

  /// A result is out of range. Not called by us. C name: `GLP_ERANGE`.
  case outOfRange

  /// A code that `glpk.h` 5.0 does not define.
  case unknown(Int32)

  /// The case for a code as C returns it.
  init(_ code: Int32) {
    self =
      switch code {
      case 0: .success
      case GLP_EBADB: .badBasis
      case GLP_ESING: .singularBasis
      case GLP_ECOND: .illConditionedBasis
      case GLP_EBOUND: .crossingBounds
      case GLP_EFAIL: .failed
      case GLP_EOBJLL: .lowerObjectiveLimit
      case GLP_EOBJUL: .upperObjectiveLimit
      case GLP_EITLIM: .iterationLimit
      case GLP_ETMLIM: .timeLimit
      case GLP_ENOPFS: .noPrimalFeasible
      case GLP_ENODFS: .noDualFeasible
      case GLP_EROOT: .noRoot
      case GLP_ESTOP: .stopped
      case GLP_EMIPGAP: .gapReached
      case GLP_ENOFEAS: .noFeasible
      case GLP_ENOCVG: .noConvergence
      case GLP_EINSTAB: .unstable
      case GLP_EDATA: .badData
      case GLP_ERANGE: .outOfRange
      default: .unknown(code)
      }
  }
}
