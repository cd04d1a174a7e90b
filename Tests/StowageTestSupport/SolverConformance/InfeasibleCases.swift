import LinearOptimization

extension SolverConformance {
  static let infeasibleCases = [
    ConformanceCase("a solver proves that contradicting rows have no solution") { solver in
      var program = LinearProgram()
      let x = program.addContinuous(), y = program.addContinuous()
      program.require("enough", x + y, atLeast: 3)
      program.require("not too much", x + y, atMost: 2)
      try solver.requireInfeasible(program)
    },
    ConformanceCase("a solver takes crossing bounds for a program without solutions") { solver in
      var columns = SamplePrograms.production()
      columns.setBounds(of: columns.column(at: 0), to: .between(2, 1))
      try solver.requireInfeasible(columns, "column")

      var rows = SamplePrograms.production()
      rows.setBounds(of: rows.row(at: 0), to: .between(4, 3))
      try solver.requireInfeasible(rows, "row")

      var integers = SamplePrograms.binPacking(sizes: [1, 2], capacity: 3)
      integers.setBounds(of: integers.row(at: 0), to: .between(2, 1))
      try solver.requireInfeasible(integers, "row of an integer program")
    },
    ConformanceCase("a solver proves that an integer program has no solution though its relaxation has") {
      solver in
      var program = LinearProgram()
      let x = program.addInteger(in: .between(0, 5)), y = program.addInteger(in: .between(0, 5))
      program.require("odd", 2 * x + 4 * y, equals: 7)
      try solver.requireInfeasible(program)
      try solver.requireInfeasible(SamplePrograms.oddSum(columns: 8), "odd sum")
    },
    ConformanceCase("a solver proves that items do not fit") { solver in
      var program = SamplePrograms.binPacking(sizes: [6, 6, 6], capacity: 10)
      program.setBounds(of: program.column(at: 0), to: .exactly(0))
      try solver.requireInfeasible(program)
    },
    ConformanceCase("a solver finds no whole number between fractional bounds") { solver in
      var program = LinearProgram()
      let x = program.addInteger(in: .between(1.2, 1.8)), y = program.addInteger()
      program.require("link", x - y, atMost: 3)
      try solver.requireInfeasible(program)
    },
    ConformanceCase("a solver tells unbounded from infeasible integer programs") { solver in
      var program = LinearProgram()
      let x = program.addInteger(in: .free), y = program.addContinuous(), z = program.addContinuous()
      program.require("link", y - z, atMost: 1)
      let parity = program.require("parity", 2 * x + 0 * y, equals: 4)
      program.maximize(y + z)
      let open = try solver.solve(program).outcome
      try require(open == .unbounded, "\(open)")
      program.setBounds(of: parity, to: .exactly(5))
      let closed = try solver.solve(program).outcome
      try require(closed == .infeasible, "\(closed)")
    },
  ]

  static let trivialCases = [
    ConformanceCase("a solver finds the empty program optimal") { solver in
      try solver.requireOptimum(0, of: LinearProgram())
    },
    ConformanceCase("a solver needs no rows") { solver in
      var program = LinearProgram()
      program.addContinuous(in: .between(-3, 8), cost: 2)
      program.addInteger(in: .between(-2.5, 8), cost: 1)
      program.addBinary(cost: -1)
      try solver.requireOptimum(-9, of: program)
      program.addContinuous(in: .free, cost: 1)
      let outcome = try solver.solve(program).outcome
      try require(outcome == .unbounded, "\(outcome)")
    },
    ConformanceCase("a solver needs no columns") { solver in
      var program = LinearProgram()
      program.setObjectiveConstant(5)
      program.appendRow(bounds: .atMost(1))
      try solver.requireOptimum(5, of: program)
      program.appendRow(bounds: .atLeast(1))
      try solver.requireInfeasible(program)
    },
    ConformanceCase("a solver copes with empty rows and columns among others") { solver in
      var program = SamplePrograms.production()
      program.addContinuous(in: .between(0, 2), cost: 1)
      program.appendRow(bounds: .between(-1, 1))
      try solver.requireOptimum(38, of: program)
      program.appendRow(bounds: .atLeast(1))
      try solver.requireInfeasible(program)
    },
  ]
}
