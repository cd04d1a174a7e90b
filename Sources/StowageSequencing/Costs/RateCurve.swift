/// What a move takes of its path at every rate: time, and rate times time.
///
/// A path is reserved at the stated rate for the whole move, set-up included. So what a move takes of
/// a port is not its bytes but rate × time: at a high rate set-up wastes much, at a low one pre-copy
/// sends pages again and again. Somewhere between lies the rate that takes least.
///
/// Rates fall from the whole rate *R* in steps of a sixteenth: *rⱼ = R·(15/16)ʲ*, *j* = 0…63, as long
/// as the move comes to an end. At a rate *r* in *(rⱼ₊₁, rⱼ]* it lasts at least *dⱼ* = `least.seconds` at
/// *rⱼ*, and takes at least *aⱼ = kⱼ·rⱼ₊₁ + Bⱼ* with *Bⱼ* = `least.mib` and *kⱼ = dⱼ − Bⱼ/rⱼ*, since
/// neither bytes nor the time beside them shrink when the rate does.
struct RateCurve {
  /// How many rates are looked at.
  static let steps = 64
  /// Each rate by the one before.
  static let ratio = 15.0 / 16
  /// A slower rate is preferred when it saves at least a thousandth.
  private static let gain = 0.999

  /// Descending, in MiB/s.
  private let rates: [Double]
  /// *dⱼ*, in s.
  private let seconds: [Double]
  /// The least *aᵢ* of all *i ≤ j*, in MiB.
  private let leastArea: [Double]
  /// The step up to *j* at which rate × time is least.
  private let best: [Int]

  /// A curve; `nil` when the move does not end even at the whole rate.
  init?(whole: Double, least: (Double) -> LeastMove?) {
    var rates: [Double] = []
    var seconds: [Double] = []
    var areas: [Double] = []
    var best: [Int] = []
    var rate = whole
    for step in 0..<Self.steps {
      guard let cost = least(rate) else { break }
      let beside = cost.seconds - (cost.mib > 0 ? cost.mib / rate : 0)
      // A move that copies nothing reserves nothing.
      let nextRate = step + 1 < Self.steps ? rate * Self.ratio : 0
      let area = cost.mib > 0 ? max(0, beside) * nextRate + cost.mib : 0
      areas.append(min(area, areas.last ?? .infinity))
      let isBetter = best.last.map { cost.seconds * rate < Self.gain * seconds[$0] * rates[$0] } ?? true
      rates.append(rate)
      seconds.append(cost.seconds)
      best.append(isBetter ? step : best[step - 1])
      guard cost.mib > 0 else { break }
      rate *= Self.ratio
    }
    guard !rates.isEmpty else { return nil }
    self.rates = rates
    self.seconds = seconds
    leastArea = areas
    self.best = best
  }

  /// The least time, in s.
  var shortest: Double { seconds[0] }

  /// The least that the move takes of a channel when it may last so long, in MiB; that at the whole
  /// rate when even this is too short for it.
  func area(within limit: Double) -> Double { leastArea[last(within: limit)] }

  /// The rate at which the move takes least of its path when it may last so long, in MiB/s.
  func rate(within limit: Double) -> Double { rates[best[last(within: limit)]] }

  /// The last step that is no longer than a limit.
  private func last(within limit: Double) -> Int {
    var (low, high) = (0, seconds.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if seconds[middle] <= limit { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
