import GLPKBackend
import LinearOptimization
import Testing

struct GLPKCancelTests {
  /// Brings what 20 sources have to 20 sinks at least cost: 400 columns.
  private static func transport() -> LinearProgram {
    var program = LinearProgram()
    var flow: [[LinearProgram.Column]] = []
    for source in 0..<20 {
      let costs = (0..<20).map { sink in (source * source * 37 + sink * sink * 91) % 101 }
      flow.append(costs.map { program.addContinuous(cost: Double($0)) })
    }
    for source in flow.indices {
      program.require("source", sum(flow[source]), atMost: Double(20 + source % 7))
      program.require("sink", sum(flow) { 1 * $0[source] }, atLeast: Double(10 + source % 9))
    }
    return program
  }

  @Test("a linear program can be stopped in the middle")
  func cancel() throws {
    let whole = try GLPKSolver().solve(Self.transport())
    var options = SolverOptions()
    options.progress = { _ in .stop }
    let result = try GLPKSolver().solve(Self.transport(), options: options)
    #expect(result.termination == .cancelled)
    #expect(result.work.iterations < whole.work.iterations)
  }
}
