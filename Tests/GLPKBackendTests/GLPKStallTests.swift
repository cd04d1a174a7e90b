import LinearOptimization
import Testing

@testable import GLPKBackend

/// Relaxations that run in a circle, which GLPK's own limits do not reach.
struct GLPKStallTests {
  /// A knapsack in whose root relaxation, cut by rounding and not scaled, GLPK's simplex method runs in a circle.
  ///
  /// Seen with GLPK 5.0 on x86-64; elsewhere the last bits may fall otherwise.
  private static func program() -> LinearProgram {
    let weights: [Double] = [
      2_289_947, 1_092_908, 3_487_770, 3_774_430, 2_956_782, 1_746_271, 2_845_600, 3_747_375, 3_411_875,
      2_639_584,
    ]
    let worths: [Double] = [
      3_774_472, 2_502_448, 3_538_176, 1_673_010, 2_054_990, 2_975_041, 1_886_147, 1_568_835, 1_703_728,
      2_995_801,
    ]
    var program = LinearProgram()
    let taken = worths.map { program.addBinary(cost: $0) }
    program.appendRow(
      bounds: .atMost(11_197_017), coefficients: zip(taken, weights).map { (column: $0, value: $1) })
    program.setSense(.maximize)
    return program
  }

  /// Solves the program from a problem without the scaling that the back end gives it.
  private static func solveUnscaled(_ options: SolverOptions) throws -> SolveResult {
    let unscaled = try GLPKProblem(program(), scaling: RowScaling(factors: [1]))
    let solver = IntegerSolver(program: program(), options: options, deadline: Deadline(options))
    return try solver.solve(using: unscaled, isWarm: false)
  }

  @Test("a stalled relaxation is abandoned and the search repeated more cautiously", .enabled(if: isX86))
  func stall() throws {
    var options = SolverOptions()
    options.cuts = .rounding
    let result = try Self.solveUnscaled(options)
    let expected = try GLPKSolver().solve(Self.program())
    #expect(result.outcome.solution?.objective == expected.outcome.solution?.objective)
    #expect(result.termination == .completed)
    #expect(result.work.iterations > 10_000)
  }

  @Test("an iteration limit reaches into a relaxation that does not end", .enabled(if: isX86))
  func iterationLimit() throws {
    var options = SolverOptions()
    options.cuts = .rounding
    options.iterationLimit = 5000
    let result = try Self.solveUnscaled(options)
    #expect(result.termination == .iterationLimit)
    #expect(result.work.iterations >= 5000)
    #expect(try GLPKSolver().solve(Self.program()).termination == .completed)
  }

  private static var isX86: Bool {
    #if arch(x86_64)
      true
    #else
      false
    #endif
  }
}
