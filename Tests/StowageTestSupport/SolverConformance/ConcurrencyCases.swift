import Dispatch
import LinearOptimization
import Synchronization

extension SolverConformance {
  static let concurrencyCases = [
    ConformanceCase("a solver gives the same results on several threads at once") { solver in
      let expected = try (0..<8).map { try solver.solve(SamplePrograms.hard(seed: UInt64($0))) }
      let found = Mutex([Int: SolveResult]())
      DispatchQueue.concurrentPerform(iterations: 8) { index in
        let result = try? solver.solve(SamplePrograms.hard(seed: UInt64(index)))
        found.withLock { $0[index] = result }
      }
      let results = found.withLock { $0 }
      for index in expected.indices {
        try require(results[index]?.outcome == expected[index].outcome, "program \(index) differs")
        try require(results[index]?.work == expected[index].work, "work on program \(index) differs")
      }
    }
  ]
}
