/// What a move takes of its path at every rate: time, and rate times time.
///
/// A path is reserved at the stated rate for the whole move, set-up included. So what a move takes of
/// a port is not its bytes but rate × time: at a high rate set-up wastes much, at a low one pre-copy
/// sends pages again and again. Somewhere between lies the rate that takes least.
///
/// Rates fall from the whole rate *R* in steps of a sixteenth: *rⱼ = R·(15/16)ʲ*, *j* = 0…63, as long
/// as the move comes to an end. At a rate *r* in *(rⱼ₊₁, rⱼ]* it lasts at least *dⱼ* = `least.seconds` of
/// these rates, and takes at least *aⱼ = kⱼ·rⱼ₊₁ + Bⱼ* with *Bⱼ* = `least.mib` and *kⱼ = dⱼ − Bⱼ/rⱼ*. At that
/// or any lower rate it lasts no less than the least *dᵢ*, *i ≥ j*.
struct RateCurve {
  /// How many rates are looked at.
  static let steps = 64
  /// Each rate by the one before.
  static let ratio = 15.0 / 16
  /// A slower rate is preferred when it saves at least a thousandth.
  private static let gain = 0.999

  /// The least *dᵢ* of all *i ≥ j*, in s.
  private let seconds: [Double]
  /// The least *aᵢ* of all *i ≤ j*, in MiB.
  private let leastArea: [Double]
  /// Rates at which the move ends, descending, in MiB/s; and how long it lasts then, in s.
  private let choices: [(rate: Double, seconds: Double)]
  /// The choice up to each at which rate × time is least.
  private let best: [Int]

  /// A curve; `nil` when the move does not end even at the whole rate.
  ///
  /// - Parameters:
  ///   - whole: the whole rate, in MiB/s.
  ///   - least: no move at any of the given rates takes less.
  ///   - lasting: how long a move at the given rate lasts; `nil` when it does not end.
  init?(whole: Double, least: (ClosedRange<Double>) -> LeastMove?, lasting: (Double) -> Double?) {
    var seconds: [Double] = []
    var areas: [Double] = []
    var rate = whole
    for step in 0..<Self.steps {
      let nextRate = step + 1 < Self.steps ? rate * Self.ratio : 0
      guard let cost = least(nextRate...rate) else { break }
      let beside = cost.seconds - (cost.mib > 0 ? cost.mib / rate : 0)
      // A move that copies nothing reserves nothing.
      let area = cost.mib > 0 ? max(0, beside) * nextRate + cost.mib : 0
      areas.append(min(area, areas.last ?? .infinity))
      seconds.append(cost.seconds)
      guard cost.mib > 0 else { break }
      rate *= Self.ratio
    }
    guard !seconds.isEmpty else { return nil }
    for step in seconds.indices.dropLast().reversed() {
      seconds[step] = min(seconds[step], seconds[step + 1])
    }
    self.seconds = seconds
    leastArea = areas
    (choices, best) = Self.choices(whole: whole, count: seconds.count, lasting)
  }

  /// Where what is least for certain and what is expected differ, rates are chosen by what is expected.
  private static func choices(
    whole: Double, count: Int, _ lasting: (Double) -> Double?
  ) -> (choices: [(rate: Double, seconds: Double)], best: [Int]) {
    var choices: [(rate: Double, seconds: Double)] = []
    var best: [Int] = []
    var rate = whole
    for step in 0..<count {
      guard let seconds = lasting(rate) else { break }
      let isBetter =
        best.last.map { seconds * rate < gain * choices[$0].seconds * choices[$0].rate } ?? true
      choices.append((rate, seconds))
      best.append(isBetter ? step : best[step - 1])
      rate *= ratio
    }
    return (choices, best)
  }

  /// The least time, in s.
  var shortest: Double { seconds[0] }

  /// The least that the move takes of a channel when it may last so long, in MiB; that at the whole
  /// rate when even this is too short for it.
  func area(within limit: Double) -> Double {
    leastArea[Self.last(of: seconds.count, within: limit) { seconds[$0] }]
  }

  /// The rate at which the move takes least of its path when it may last so long, in MiB/s; `nil` when it
  /// does not end even at the whole rate.
  func rate(within limit: Double) -> Double? {
    guard !choices.isEmpty else { return nil }
    return choices[best[Self.last(of: choices.count, within: limit) { choices[$0].seconds }]].rate
  }

  /// How long the move is expected to last at a rate, in s; at rates lower than any that was looked at, without end.
  ///
  /// Between two rates that were looked at it is taken to be of the form *a + b/r*.
  func seconds(at rate: Double) -> Double {
    guard let first = choices.first, let last = choices.last, rate >= last.rate else { return .infinity }
    guard rate < first.rate else { return first.seconds }
    var (low, high) = (0, choices.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if choices[middle].rate >= rate { low = middle } else { high = middle }
    }
    let (faster, slower) = (choices[low], choices[high])
    guard slower.rate < faster.rate else { return faster.seconds }
    let part = (1 / rate - 1 / faster.rate) / (1 / slower.rate - 1 / faster.rate)
    return faster.seconds + part * (slower.seconds - faster.seconds)
  }

  /// The highest and the lowest rate that were looked at, in MiB/s; `nil` for a move that never ends.
  var rates: ClosedRange<Double>? {
    guard let first = choices.first, let last = choices.last else { return nil }
    return last.rate...first.rate
  }

  /// The last of some steps that is no longer than a limit; the first when none is.
  private static func last(of count: Int, within limit: Double, _ seconds: (Int) -> Double) -> Int {
    var (low, high) = (0, count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if seconds(middle) <= limit { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
