import LinearOptimization

/// A sum of convex functions of prices, the less of which the better.
protocol PricedSum {
  associatedtype Value: PricedValue
  /// Prices to begin with, none below zero, brought to about the same size.
  var origin: [Double] { get }
  /// What prices come to.
  func value(at prices: [Double]) -> Value
}

/// What prices come to, term by term.
protocol PricedValue {
  /// The terms, each of them convex, of the size of 1 together.
  var terms: [Double] { get }
  /// The subgradient of each term.
  var slopes: [[Double]] { get }
}

extension PricedValue {
  var total: Double { terms.reduce(0, +) }
}

/// Looks for the prices at which a sum is least, by cutting planes.
///
/// Each look bounds the sum at any prices; a program takes the best prices near the best ones so far, and the
/// neighbourhood grows with success.
struct PriceSearch<Sum: PricedSum> {
  private let sum: Sum
  private let stopwatch: Stopwatch
  private(set) var best: [Double]
  private(set) var bestValue: Sum.Value
  /// How far a price may be from the best so far.
  private var radius = 0.25

  /// Looks at prices. Chosen: fleets of 200 to 1000 hosts of three types took 20 to 40.
  private static var mostLooks: Int { 200 }
  /// Ends when no prices nearby can be better by more.
  private static var tolerance: Double { 1e-5 }

  init(_ sum: Sum, _ stopwatch: Stopwatch) {
    self.sum = sum
    self.stopwatch = stopwatch
    best = sum.origin
    bestValue = sum.value(at: best)
  }

  /// - Given: what looks have shown, term by term, and the best prices so far.
  /// - Decides: prices, and at least what each term comes to.
  /// - Minimises: the sum of the terms.
  /// - Subject to: the planes of all looks, and prices within the radius.
  /// - Reads back: the prices.
  mutating func run(_ solver: any Solver) throws(SolverFailure) {
    var program = LinearProgram()
    program.setSense(.minimize)
    let columns = best.map { program.addContinuous(in: around($0)) }
    let terms = bestValue.terms.map { _ in program.addContinuous(in: .between(-100, 100), cost: 1) }
    let session = try solver.makeSession(program)
    addPlanes(session, columns, terms, best, bestValue)
    for _ in 0..<Self.mostLooks where !stopwatch.hasRunOut {
      guard case .optimal(let solution) = try session.soundRelaxation() else { return }
      let foreseen = bestValue.total - terms.reduce(0) { $0 + solution[$1] }
      guard foreseen > Self.tolerance else { return }
      let prices = columns.map { max(0, solution[$0]) }
      let value = sum.value(at: prices)
      addPlanes(session, columns, terms, prices, value)
      let gained = bestValue.total - value.total
      if gained > 0 {
        best = prices
        bestValue = value
      }
      if gained > 0.5 * foreseen { radius *= 2 } else if gained <= 0 { radius *= 0.7 }
      for (column, price) in zip(columns, best) { session.setBounds(of: column, to: around(price)) }
    }
  }

  private func around(_ price: Double) -> Bounds { .between(max(0, price - radius), price + radius) }

  private func addPlanes(
    _ session: any LinearSession, _ columns: [LinearProgram.Column], _ terms: [LinearProgram.Column],
    _ prices: [Double], _ value: Sum.Value
  ) {
    for (index, term) in terms.enumerated() {
      let slope = value.slopes[index]
      var coefficients = [(column: term, value: 1.0)]
      for (column, slope) in zip(columns, slope) where slope != 0 {
        coefficients.append((column: column, value: -slope))
      }
      let offset = value.terms[index] - zip(slope, prices).reduce(0) { $0 + $1.0 * $1.1 }
      session.appendRow(LinearProgram.unnamed, bounds: .atLeast(offset), coefficients: coefficients)
    }
  }
}
