/// The rates that legs are to have.
///
/// Where many moves share a port, each is to have the rate at which it takes least of it
/// (``RateCurve``) among those that let it end within a limit. A platform that runs few moves at once
/// gives each at least its part of the port, or the port would idle.
struct RateChoice {
  /// The whole rate of each leg, in tenths of MiB/s.
  let whole: [Int]
  let curves: [RateCurve?]
  /// How many moves may share a port by the platform's slots; `nil` for any number.
  let most: Int?
  private let least: [Int]

  init(_ problem: Problem) {
    whole = problem.legs.map(\.preferred.rateTenths)
    curves = problem.legs.map { leg in
      problem.book.curve(
        leg.vm, from: leg.from, to: leg.to, route: leg.route, by: leg.preferred.manner)?.curve
    }
    let limits = problem.slotLimits
    most = [limits.out, limits.into, limits.host, limits.fleet].compactMap { $0 }.min()
    let most = most
    least = problem.legs.map { leg in
      guard let most, leg.preferred.slots > 0 else { return 0 }
      return leg.preferred.rateTenths * leg.preferred.slots / max(1, most)
    }
  }

  /// The rates at which moves that may last `seconds` take least of their paths.
  func within(_ seconds: Double) -> [Int] {
    whole.indices.map { leg in
      guard whole[leg] > 0, let best = curves[leg]?.rate(within: seconds) else { return whole[leg] }
      let rate = Int((best * 10).rounded(.up))
      return min(whole[leg], max(rate, least[leg], 1))
    }
  }
}
