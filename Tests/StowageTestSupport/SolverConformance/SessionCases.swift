import LinearOptimization

extension SolverConformance {
  static let sessionCases = [
    ConformanceCase("a session goes on from its last basis after a column was added") { solver in
      let session = try solver.makeSession(SamplePrograms.covering())
      let cold = try session.solveRelaxation()
      var random = ConformanceRandom(seed: 77)
      for _ in 0..<5 {
        append(SamplePrograms.pattern(of: 40, &random), to: session)
        let warm = try session.solveRelaxation()
        try require(
          warm.work.iterations * 4 < cold.work.iterations,
          "\(warm.work.iterations) iterations warm, \(cold.work.iterations) cold")
      }
    },
    ConformanceCase("a session goes on from its last basis after bounds changed and rows were added") {
      solver in
      let session = try solver.makeSession(SamplePrograms.covering())
      let cold = try session.solveRelaxation()
      session.setBounds(of: session.program.row(at: 3), to: .atLeast(31))
      let warm = try session.solveRelaxation()
      session.appendRow(
        LinearProgram.unnamed, bounds: .atMost(1),
        coefficients: (0..<9).map { (column: session.program.column(at: $0), value: 1) })
      let cut = try session.solveRelaxation()
      for again in [warm, cut] {
        try require(
          again.work.iterations * 4 < cold.work.iterations,
          "\(again.work.iterations) iterations warm, \(cold.work.iterations) cold")
      }
    },
    ConformanceCase("a session that is changed agrees with a program built afresh") { solver in
      for seed in UInt64(0)..<10 {
        var random = ConformanceRandom(seed: seed)
        let session = try solver.makeSession(
          SamplePrograms.covering(seed: seed, rows: 10, columns: 25))
        for step in 0..<12 {
          change(session, &random)
          let warm = try session.solveRelaxation().outcome
          let fresh = try solver.solve(session.program.relaxed).outcome
          try requireSame(warm, fresh, "seed \(seed), step \(step)")
        }
      }
    },
    ConformanceCase("a session solves its integer program and keeps its basis") { solver in
      for presolve in [true, false] {
        let session = try solver.makeSession(SamplePrograms.covering(rows: 6, columns: 20))
        _ = try session.solveRelaxation()
        var options = SolverOptions()
        options.presolve = presolve
        let integer = try session.solveInteger(options).outcome.optimum("presolve \(presolve)")
        let fresh = try solver.solve(session.program).outcome.optimum()
        try require(isClose(integer.objective, fresh.objective), "\(integer) against \(fresh)")
        let again = try session.solveRelaxation()
        try require(again.work.iterations == 0, "\(again.work.iterations) iterations")
      }
    },
    ConformanceCase("a session comes back from infeasibility") { solver in
      let session = try solver.makeSession(SamplePrograms.production())
      let row = session.program.row(at: 0)
      session.setBounds(of: row, to: .atLeast(100))
      let closed = try session.solveRelaxation().outcome
      try require(closed == .infeasible, "\(closed)")
      session.setBounds(of: row, to: .between(5, 4))
      let crossed = try session.solveRelaxation().outcome
      try require(crossed == .infeasible, "\(crossed)")
      session.setBounds(of: row, to: .atMost(4))
      let open = try session.solveRelaxation().outcome.optimum()
      try require(isClose(open.objective, 36), "\(open)")
    },
  ]

  private static func append(
    _ pattern: (cost: Double, counts: [Double]), to session: any LinearSession
  ) {
    let entries = pattern.counts.enumerated().map {
      (row: session.program.row(at: $0), value: $1)
    }
    session.appendColumn(cost: pattern.cost, coefficients: entries)
  }

  /// One random change of any kind.
  private static func change(_ session: any LinearSession, _ random: inout ConformanceRandom) {
    let program = session.program
    let column = program.column(at: Int.random(in: 0..<program.columnCount, using: &random))
    let row = program.row(at: Int.random(in: 0..<program.rowCount, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: append(SamplePrograms.pattern(of: 10, &random), to: session)
    case 1: session.setBounds(of: column, to: .between(0, random.whole(0...3)))
    case 2: session.setBounds(of: row, to: .atLeast(random.whole(0...40)))
    case 3: session.setCost(of: column, to: random.whole(1...4))
    default:
      let share = program.columnCount / 2
      session.appendRow(
        LinearProgram.unnamed, bounds: .atMost(random.whole(3...60)),
        coefficients: (0..<share).map { (column: program.column(at: $0), value: 1) })
    }
  }

  private static func requireSame(_ a: Outcome, _ b: Outcome, _ note: String) throws {
    switch (a, b) {
    case (.optimal(let a), .optimal(let b)):
      try require(isClose(a.objective, b.objective), "\(note): \(a.objective) against \(b.objective)")
    case (.infeasible, .infeasible): return
    default: try require(false, "\(note): \(a) against \(b)")
    }
  }
}
