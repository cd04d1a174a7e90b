import LinearOptimization

extension SolverConformance {
  static let limitCases = [
    ConformanceCase("a solver stopped by a node limit claims no more than it has proved") { solver in
      for seed in UInt64(0)..<4 {
        let program = SamplePrograms.hard(seed: seed)
        let best = try solver.solve(program).outcome.optimum().objective
        for limit in [0, 1, 3, 10] {
          var options = SolverOptions()
          options.nodeLimit = limit
          options.cuts = []
          let result = try solver.solve(program, options: options)
          try requireHonest(result, optimum: best, program, "seed \(seed), \(limit) nodes:")
          try require(result.work.nodes <= limit, "\(result.work.nodes) nodes")
          try require(result.termination == .nodeLimit, "ended by \(result.termination)")
        }
      }
    },
    ConformanceCase("a solver stopped by an iteration limit claims no more than it has proved") { solver in
      let program = SamplePrograms.covering()
      let best = try solver.solve(program.relaxed).outcome.optimum().objective
      for limit in [0, 5, 20] {
        var options = SolverOptions()
        options.iterationLimit = limit
        let result = try solver.solve(program.relaxed, options: options)
        try requireHonest(result, optimum: best, program.relaxed, "\(limit) iterations:")
        try require(result.termination == .iterationLimit, "ended by \(result.termination)")
        try require(result.work.iterations <= limit, "\(result.work.iterations) iterations")
      }
    },
    ConformanceCase("a solver without time claims nothing") { solver in
      for program in [SamplePrograms.hard(), SamplePrograms.covering().relaxed] {
        let best = try solver.solve(program).outcome.optimum().objective
        var options = SolverOptions()
        options.timeLimitSeconds = 0
        let result = try solver.solve(program, options: options)
        try require(result.termination == .timeLimit, "ended by \(result.termination)")
        try requireHonest(result, optimum: best, program, "no time:")
      }
    },
    ConformanceCase("a solver within work limits repeats itself exactly") { solver in
      var options = SolverOptions()
      options.nodeLimit = 20
      let results = try (0..<3).map { _ in
        try solver.solve(SamplePrograms.hard(seed: 2), options: options)
      }
      try require(results.allSatisfy { $0.outcome == results[0].outcome }, "outcomes differ")
      try require(results.allSatisfy { $0.work == results[0].work }, "work differs")
    },
    ConformanceCase("a solver stops when told to") { solver in
      let program = SamplePrograms.hard()
      let best = try solver.solve(program).outcome.optimum().objective
      for presolve in [true, false] {
        var options = SolverOptions()
        options.presolve = presolve
        options.progress = { $0.work.nodes >= 3 ? .stop : .proceed }
        let result = try solver.solve(program, options: options)
        try require(result.termination == .cancelled, "ended by \(result.termination)")
        try requireHonest(result, optimum: best, program, "cancelled:")
      }
    },
    ConformanceCase("a solver asked for a gap stops within it") { solver in
      let program = SamplePrograms.hard(seed: 3)
      let best = try solver.solve(program).outcome.optimum().objective
      var relative = SolverOptions()
      relative.relativeGap = 0.2
      var absolute = SolverOptions()
      absolute.absoluteGap = 0.2 * best
      for options in [relative, absolute] {
        let result = try solver.solve(program, options: options)
        try require(result.termination == .completed, "ended by \(result.termination)")
        try requireHonest(result, optimum: best, program, "gap:")
        let objective = result.outcome.solution?.objective ?? 0
        try require(objective >= 0.75 * best, "\(objective), best \(best)")
      }
    },
  ]

  /// Checks that solution and bound enclose the optimum of a program that is maximised, or minimised.
  static func requireHonest(
    _ result: SolveResult, optimum: Double, _ program: LinearProgram, _ note: String
  ) throws {
    let slack = 1e-6 * (1 + optimum.magnitude)
    let sign: Double = program.sense == .minimize ? 1 : -1
    if let bound = result.outcome.bound {
      try require(sign * bound <= sign * optimum + slack, "\(note) bound \(bound), optimum \(optimum)")
    }
    if let solution = result.outcome.solution {
      try require(solution.violations(of: program).isEmpty, "\(note) violated")
      try require(
        sign * solution.objective >= sign * optimum - slack,
        "\(note) \(solution.objective) is better than the optimum \(optimum)")
    }
    switch result.outcome {
    case .optimal(let solution):
      try require(isClose(solution.objective, optimum), "\(note) \(solution.objective) claimed optimal")
    case .infeasible, .unbounded: try require(false, "\(note) \(result.outcome)")
    case .feasible, .undecided: break
    }
  }
}
