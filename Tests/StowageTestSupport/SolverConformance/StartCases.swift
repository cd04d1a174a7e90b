import LinearOptimization

extension SolverConformance {
  static let startCases = [
    ConformanceCase("a solver begins with the solution it is given") { solver in
      let program = SamplePrograms.hard()
      let best = try solver.solve(program).outcome.optimum()
      var options = SolverOptions()
      options.start = best.values
      options.nodeLimit = 0
      let result = try solver.solve(program, options: options)
      try require(result.outcome.solution?.objective == best.objective, "\(result.outcome)")
      try requireHonest(result, optimum: best.objective, program, "from the optimum:")
      options.nodeLimit = nil
      try solver.requireOptimum(best.objective, of: program, options: options)
    },
    ConformanceCase("a solver improves on a poor start") { solver in
      let program = SamplePrograms.hard()
      let best = try solver.solve(program).outcome.optimum().objective
      var options = SolverOptions()
      options.start = [Double](repeating: 0, count: program.columnCount)
      try solver.requireOptimum(best, of: program, options: options)
    },
    ConformanceCase("a solver ignores a start that breaks a rule") { solver in
      let program = SamplePrograms.hard()
      let best = try solver.solve(program).outcome.optimum().objective
      var options = SolverOptions()
      options.start = [Double](repeating: 1, count: program.columnCount)
      try solver.requireOptimum(best, of: program, options: options)
    },
    ConformanceCase("a solver with a cut-off finds only what is better") { solver in
      for sign in [1.0, -1.0] {
        var program = SamplePrograms.hard()
        program.setObjectiveConstant(1000)
        let best = try solver.solve(program).outcome.optimum().objective
        for index in 0..<program.columnCount {
          program.setCost(of: program.column(at: index), to: sign * program.costs[index])
        }
        program.setObjectiveConstant(sign * 1000)
        program.setSense(sign > 0 ? .maximize : .minimize)
        var options = SolverOptions()
        options.cutoff = sign * (best - 0.5)
        try solver.requireOptimum(sign * best, of: program, options: options)
        options.cutoff = sign * best
        let result = try solver.solve(program, options: options)
        try require(result.outcome == .undecided(bound: sign * best), "\(result.outcome)")
        try require(result.termination == .completed, "ended by \(result.termination)")
      }
    },
    ConformanceCase("a solver with a cut-off still proves that there is no solution at all") { solver in
      var program = SamplePrograms.oddSum(columns: 4)
      program.setBounds(of: program.row(at: 0), to: .exactly(100))
      var options = SolverOptions()
      options.cutoff = 10
      let outcome = try solver.solve(program, options: options).outcome
      try require(outcome == .infeasible, "\(outcome)")
    },
    ConformanceCase("a solver stops at a bound proved elsewhere") { solver in
      let program = SamplePrograms.hard()
      let full = try solver.solve(program)
      let best = try full.outcome.optimum().objective
      var options = SolverOptions()
      options.knownBound = best
      let result = try solver.solve(program, options: options)
      try require(isClose(result.outcome.optimum().objective, best), "\(result.outcome)")
      try require(result.work.nodes <= full.work.nodes, "\(result.work) against \(full.work)")
    },
  ]
}
