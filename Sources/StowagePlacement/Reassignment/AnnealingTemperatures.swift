import Glibc

/// First and last temperature as multiples of the mean change, by the shape of a problem.
struct AnnealingTemperatures {
  var first: Double
  var last: Double

  /// With few large processes on a machine the landscape is rugged and wants a hot start; with
  /// hundreds of small ones a hot start only loses time, load soon costs no more than it must, and what
  /// is left is the price of single moves, a millionth of the mean change: there a search must end as
  /// cold. Measured on published instances with 10 and fewer, 50, 100, 200, and 400 and more processes
  /// per machine; between these interpolated by logarithms.
  private static let measured: [(processes: Double, first: Double, last: Double)] = [
    (10, 8, 0.05), (50, 5, 0.002), (100, 5, 0.002), (200, 1, 0.000_3), (400, 0.07, 0.000_000_7),
  ]

  init(processesPerMachine: Double) {
    let points = Self.measured
    let position = min(max(processesPerMachine, points[0].processes), points[points.count - 1].processes)
    let next = points.dropFirst().firstIndex { position <= $0.processes } ?? points.count - 1
    let (lower, upper) = (points[next - 1], points[next])
    let part = log(position / lower.processes) / log(upper.processes / lower.processes)
    first = lower.first * pow(upper.first / lower.first, part)
    last = lower.last * pow(upper.last / lower.last, part)
  }

  /// For what is left to save when load and balance cost what they must: single moves, which cost a
  /// millionth of the mean change. On a published problem with 50 processes a machine a minute from 0.25 or 0.5 ends
  /// with load at the least, from 0.1 or 1.5 not always.
  static let towardsMoves = AnnealingTemperatures(first: 0.25, last: 2e-4)
  static let ofMoves = AnnealingTemperatures(first: 2e-4, last: 2e-7)

  /// For a search with prices, which needs less heat: it walks through what is not legal. Measured on two published
  /// problems with 10 processes a machine: from 2 and 3 times the mean change searches of ten seconds end 0.7 and 1.6 %
  /// lower than from 8, from 0.6 and 0.4 times 1 % higher.
  static func priced(_ usual: AnnealingTemperatures) -> AnnealingTemperatures {
    AnnealingTemperatures(first: usual.first / 4, last: usual.last)
  }

  private init(first: Double, last: Double) {
    self.first = first
    self.last = last
  }

  /// The temperature when a part of the search is over.
  func at(_ part: Double) -> Double { first * pow(last / first, part) }
}
