import LinearOptimization

extension SolverConformance {
  static let integerCases = [
    ConformanceCase("a solver returns whole numbers for integer columns") { solver in
      var program = SamplePrograms.production()
      let z = program.addInteger(in: .between(0.5, 2.5), cost: 1)
      program.require("link", z - 1 * program.column(at: 0), atMost: 0.5)
      let solution = try solver.requireOptimum(38, of: program)
      try require(solution[z] == 2, "\(solution[z])")
    },
    // With 1e-5 for an integer, the switch may stay off and still let 5 through.
    ConformanceCase("a solver is not cheated by a switch behind a large number") { solver in
      for presolve in [true, false] {
        var program = LinearProgram()
        let on = program.addBinary("switch", cost: 1)
        let flow = (0..<3).map { _ in program.addContinuous() }
        program.require("flow", sum(flow), atLeast: 5)
        program.require("gate", sum(flow) - 1e7 * on, atMost: 0)
        var options = SolverOptions()
        options.presolve = presolve
        try solver.requireOptimum(1, of: program, options: options, "presolve \(presolve)")
      }
    },
    ConformanceCase("a solver keeps to capacities in the millions to the unit") { solver in
      for seed in UInt64(0)..<10 {
        var random = ConformanceRandom(seed: seed)
        let sizes = random.wholes(8, 1_000_000...4_000_000)
        let program = SamplePrograms.knapsack(weights: sizes, values: sizes, capacity: 9_999_999)
        let best = BruteForce.knapsack(weights: sizes, values: sizes, capacity: 9_999_999)
        try solver.requireOptimum(best, of: program, "seed \(seed)")
      }
    },
    ConformanceCase("a solver minimises and maximises alike") { solver in
      var program = SamplePrograms.knapsack(weights: [3, 4, 5], values: [4, 5, 6], capacity: 7)
      try solver.requireOptimum(9, of: program)
      for index in 0..<3 {
        program.setCost(of: program.column(at: index), to: -program.costs[index])
      }
      program.setSense(.minimize)
      try solver.requireOptimum(-9, of: program)
    },
  ]

  static let bruteForceCases = [
    ConformanceCase("a solver agrees with trying every subset, on 25 knapsacks") { solver in
      for seed in UInt64(0)..<25 {
        var random = ConformanceRandom(seed: seed)
        let weights = random.wholes(11, 5...40), values = random.wholes(11, 1...30)
        let capacity = (weights.reduce(0, +) / 3).rounded()
        let best = BruteForce.knapsack(weights: weights, values: values, capacity: capacity)
        let program = SamplePrograms.knapsack(weights: weights, values: values, capacity: capacity)
        try solver.requireOptimum(best, of: program, "seed \(seed)")
      }
    },
    ConformanceCase("a solver agrees with trying every packing, on 10 small ones") { solver in
      for seed in UInt64(0)..<10 {
        var random = ConformanceRandom(seed: seed)
        let sizes = random.wholes(6, 2...9)
        let best = BruteForce.binPacking(sizes: sizes, capacity: 10)
        let program = SamplePrograms.binPacking(sizes: sizes, capacity: 10)
        try solver.requireOptimum(Double(best), of: program, "seed \(seed)")
      }
    },
    ConformanceCase("a solver gets the same optimum by every way of searching") { solver in
      let program = SamplePrograms.hard()
      let best = try solver.solve(program).outcome.optimum().objective
      for branching in Branching.allCases {
        var options = SolverOptions()
        options.branching = branching
        try solver.requireOptimum(best, of: program, options: options, "\(branching)")
      }
      for selection in NodeSelection.allCases {
        var options = SolverOptions()
        options.nodeSelection = selection
        options.presolve = false
        try solver.requireOptimum(best, of: program, options: options, "\(selection)")
      }
      for cuts in [[], .rounding, .gomory, .clique] as [Cuts] {
        var options = SolverOptions()
        options.cuts = cuts
        try solver.requireOptimum(best, of: program, options: options, "cuts \(cuts.rawValue)")
      }
    },
  ]
}

/// Answers by trying everything.
enum BruteForce {
  /// The largest value of items that weigh no more than `capacity`.
  static func knapsack(weights: [Double], values: [Double], capacity: Double) -> Double {
    (0..<(1 << weights.count)).reduce(0) { best, subset in
      let taken = weights.indices.filter { subset >> $0 & 1 == 1 }
      let weight = taken.reduce(0) { $0 + weights[$1] }
      return weight <= capacity ? max(best, taken.reduce(0) { $0 + values[$1] }) : best
    }
  }

  /// The least number of bins: each item goes into each bin that has room, or into a new one.
  static func binPacking(sizes: [Double], capacity: Double, into loads: [Double] = []) -> Int {
    guard let size = sizes.first else { return loads.count }
    let rest = Array(sizes.dropFirst())
    var best = binPacking(sizes: rest, capacity: capacity, into: loads + [size])
    for bin in loads.indices where loads[bin] + size <= capacity {
      var next = loads
      next[bin] += size
      best = min(best, binPacking(sizes: rest, capacity: capacity, into: next))
    }
    return best
  }
}
