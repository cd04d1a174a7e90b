import LinearOptimization

/// Programs that several cases share.
enum SamplePrograms {
  /// Two products, three machines (Dantzig's textbook shape): 2 and 6, worth 36.
  static func production() -> LinearProgram {
    var program = LinearProgram()
    let x = program.addContinuous("doors")
    let y = program.addContinuous("windows")
    program.require("first machine", 1 * x, atMost: 4)
    program.require("second machine", 2 * y, atMost: 12)
    program.require("third machine", 3 * x + 2 * y, atMost: 18)
    program.maximize(3 * x + 5 * y)
    return program
  }

  /// Takes the most valuable items that fit.
  static func knapsack(weights: [Double], values: [Double], capacity: Double) -> LinearProgram {
    var program = LinearProgram()
    let taken = values.map { program.addBinary(cost: $0) }
    program.appendRow(
      bounds: .atMost(capacity), coefficients: zip(taken, weights).map { (column: $0, value: $1) })
    program.setSense(.maximize)
    return program
  }

  /// Packs `sizes` into as few bins as possible, of as many as there are items.
  static func binPacking(sizes: [Double], capacity: Double) -> LinearProgram {
    var program = LinearProgram()
    let open = sizes.map { _ in program.addBinary() }
    let placed = sizes.map { _ in open.map { _ in program.addBinary() } }
    for row in placed { program.require("placed", sum(row), equals: 1) }
    for bin in open.indices {
      let load = sum(sizes.indices) { sizes[$0] * placed[$0][bin] }
      program.require("capacity", load - capacity * open[bin], atMost: 0)
    }
    program.minimize(sum(open))
    return program
  }

  /// A sum of even numbers that must be odd: the relaxation has solutions, the program none. Branching alone needs a tree
  /// exponential in the number of columns (Jeroslow 1974).
  static func oddSum(columns: Int) -> LinearProgram {
    var program = LinearProgram()
    let x = (0..<columns).map { _ in program.addBinary() }
    program.require("odd", sum(x) { 2 * $0 }, equals: Double(columns | 1))
    return program
  }

  /// A knapsack with several rows whose proof takes a tree of dozens of nodes.
  static func hard(seed: UInt64 = 1) -> LinearProgram {
    var random = ConformanceRandom(seed: seed)
    var program = LinearProgram()
    let taken = (0..<16).map { _ in program.addBinary(cost: random.whole(40...60)) }
    for _ in 0..<5 {
      let weights = random.wholes(taken.count, 10...60)
      program.appendRow(
        bounds: .atMost(weights.reduce(0, +) / 2),
        coefficients: zip(taken, weights).map { (column: $0, value: $1) })
    }
    program.setSense(.maximize)
    return program
  }

  /// Covers 40 demands by 300 patterns: the shape of a master of column generation.
  static func covering(seed: UInt64 = 1, rows: Int = 40, columns: Int = 300) -> LinearProgram {
    var random = ConformanceRandom(seed: seed)
    var program = LinearProgram()
    for _ in 0..<rows { program.appendRow(bounds: .atLeast(random.whole(5...30))) }
    for _ in 0..<columns { append(pattern(of: rows, &random), to: &program) }
    return program
  }

  /// A random pattern: some demands, each once to four times.
  static func pattern(
    of rows: Int, _ random: inout ConformanceRandom
  ) -> (cost: Double, counts: [Double]) {
    (1 + 0.1 * random.whole(0...9), (0..<rows).map { _ in max(0, random.whole(-8...4)) })
  }

  private static func append(
    _ pattern: (cost: Double, counts: [Double]), to program: inout LinearProgram
  ) {
    let entries = pattern.counts.enumerated().map { (row: program.row(at: $0), value: $1) }
    program.appendColumn(kind: .integer, cost: pattern.cost, coefficients: entries)
  }
}
