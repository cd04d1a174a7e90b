import GLPKBackend
import LinearOptimization
import StowageTestSupport
import Testing

struct GLPKConformanceTests {
  @Test("GLPK keeps the claim that", arguments: SolverConformance.cases)
  func conforms(claim: ConformanceCase) throws {
    try claim.run(GLPKSolver())
  }
}
