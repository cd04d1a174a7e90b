import LinearOptimization

extension SolverConformance {
  static let linearCases = [
    ConformanceCase("a solver finds the known optimum of a small program") { solver in
      let solution = try solver.requireOptimum(36, of: SamplePrograms.production())
      try require(solution.values.map { $0.rounded() } == [2, 6], "values \(solution.values)")
    },
    ConformanceCase("a solver counts the objective constant") { solver in
      var program = SamplePrograms.production()
      program.setObjectiveConstant(100)
      try solver.requireOptimum(136, of: program)
    },
    ConformanceCase("a solver meets equalities") { solver in
      var program = LinearProgram()
      let x = program.addContinuous(), y = program.addContinuous()
      program.require("sum", x + y, equals: 10)
      program.require("difference", x - y, equals: 2)
      program.minimize(x + 2 * y)
      let solution = try solver.requireOptimum(14, of: program)
      try require(isClose(solution[x], 6) && isClose(solution[y], 4), "values \(solution.values)")
    },
    ConformanceCase("a solver lets free columns go below zero") { solver in
      var program = LinearProgram()
      let x = program.addContinuous(in: .free), y = program.addContinuous(in: .free)
      program.require("floor", x + y, atLeast: -7)
      program.require("difference", x - y, equals: 1)
      program.minimize(x + y)
      try solver.requireOptimum(-7, of: program)
    },
    ConformanceCase("a solver keeps both ends of a range") { solver in
      var program = LinearProgram()
      let x = program.addContinuous(), y = program.addContinuous()
      program.require("range", x + y, within: .between(2, 5))
      program.maximize(x + y)
      try solver.requireOptimum(5, of: program)
      program.minimize(x + y)
      try solver.requireOptimum(2, of: program)
    },
    ConformanceCase("a solver ignores rows without bounds") { solver in
      var program = SamplePrograms.production()
      program.setBounds(of: program.row(at: 2), to: .free)
      try solver.requireOptimum(42, of: program)
    },
    // Beale 1955: the simplex method with the textbook rules runs in a circle here.
    ConformanceCase("a solver does not cycle on a degenerate program") { solver in
      var program = LinearProgram()
      let x = (0..<4).map { _ in program.addContinuous() }
      program.require("first", 0.25 * x[0] - 60 * x[1] - 0.04 * x[2] + 9 * x[3], atMost: 0)
      program.require("second", 0.5 * x[0] - 90 * x[1] - 0.02 * x[2] + 3 * x[3], atMost: 0)
      program.require("third", 1 * x[2], atMost: 1)
      program.minimize(-0.75 * x[0] + 150 * x[1] - 0.02 * x[2] + 6 * x[3])
      try solver.requireOptimum(-0.05, of: program)
    },
    ConformanceCase("a solver says unbounded when the objective has no limit") { solver in
      var program = LinearProgram()
      let x = program.addContinuous(), y = program.addContinuous()
      program.require("difference", x - y, atMost: 1)
      program.maximize(x + y)
      let outcome = try solver.solve(program).outcome
      try require(outcome == .unbounded, "\(outcome)")
    },
  ]

  static let dualCases = [
    ConformanceCase("a solver prices rows by what another unit is worth") { solver in
      let program = SamplePrograms.production()
      let duals = try solver.requireOptimum(36, of: program).duals
      for (found, expected) in zip(duals?.rows ?? [], [0, 1.5, 1]) {
        try require(isClose(found, expected), "dual \(found), not \(expected)")
      }
      try require(duals?.rows.count == 3, "no duals")
    },
    ConformanceCase("a solver prices rows of very large and very small coefficients in their own unit") {
      solver in
      for unit in [0x1p-20, 1e-5, 1e4, 1e9] {
        var program = LinearProgram()
        let x = program.addContinuous(), y = program.addContinuous()
        let row = program.require("memory", unit * (x + 2 * y), atMost: 10 * unit)
        program.require("machine", 1 * x, atMost: 4)
        program.maximize(3 * x + 4 * y)
        let solution = try solver.requireOptimum(24, of: program)
        try require(isClose(solution.dual(of: row) ?? .nan, 2 / unit), "unit \(unit): \(solution)")
      }
    },
    // 2 = a + b and 3 = a + 3b give a = 1.5 and b = 0.5.
    ConformanceCase("a solver prices covered demands above zero when minimising") { solver in
      var program = LinearProgram()
      let x = program.addContinuous(), y = program.addContinuous(), z = program.addContinuous()
      let first = program.require("first", x + y, atLeast: 4)
      let second = program.require("second", x + 3 * y + z, atLeast: 6)
      program.minimize(2 * x + 3 * y + 2 * z)
      let solution = try solver.requireOptimum(9, of: program)
      try require(isClose(solution.dual(of: first) ?? .nan, 1.5), "\(solution)")
      try require(isClose(solution.dual(of: second) ?? .nan, 0.5), "\(solution)")
      try require(isClose(solution.reducedCost(of: z) ?? .nan, 1.5), "\(solution)")
    },
    ConformanceCase("a solver's duals prove its optimum") { solver in
      for seed in UInt64(0)..<10 {
        let program = SamplePrograms.covering(seed: seed, rows: 8, columns: 30).relaxed
        let solution = try solver.solve(program).outcome.optimum("seed \(seed)")
        guard let duals = solution.duals else {
          throw ConformanceFailure(description: "seed \(seed): no duals")
        }
        let worth = zip(duals.rows, program.rowBounds).reduce(0) { $0 + $1.0 * $1.1.low }
        try require(isClose(worth, solution.objective), "seed \(seed): \(worth), \(solution.objective)")
        try require(duals.rows.allSatisfy { $0 >= -1e-7 }, "seed \(seed): a negative dual")
        try require(duals.reducedCosts.allSatisfy { $0 >= -1e-7 }, "seed \(seed): a negative cost")
      }
    },
    ConformanceCase("a solver gives no duals for integer programs") { solver in
      let solution = try solver.requireOptimum(
        7, of: SamplePrograms.knapsack(weights: [3, 4], values: [5, 7], capacity: 5))
      try require(solution.duals == nil, "\(solution)")
    },
  ]
}
