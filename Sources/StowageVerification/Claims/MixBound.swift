import StowageModel

extension Rooms {
  /// Fewest hosts by the mix program; `nil` when it cannot be settled within the limits.
  ///
  /// Hosts of equal room are one type. Of every type a number is chosen, so that the rooms together
  /// with those of the hosts that must stay on hold the total demand in every resource at once.
  var mixBound: Double? {
    let isKept = Set(kept)
    var need = Resource.allCases.map { totalDemand[$0] }
    for room in rooms where isKept.contains(room.host) {
      for resource in Resource.allCases {
        need[resource.index] -= room.limits[resource.index] ?? need[resource.index]
      }
    }
    let open = Resource.allCases.map(\.index).filter { need[$0] > 0 }
    guard !open.isEmpty else { return Double(kept.count) }
    // More room than is needed is no better than what is needed, which also settles "no limit".
    let offers = rooms.filter { !isKept.contains($0.host) }.map { room in
      open.map { min(room.limits[$0] ?? need[$0], need[$0]) }
    }
    var search = MixSearch(offers: offers, need: open.map { need[$0] })
    guard let fewest = search.fewest() else { return nil }
    return Double(kept.count) + fewest
  }
}

/// How many hosts of each type cover a need in every resource: the fewest, exactly.
struct MixSearch {
  private struct HostType {
    let offer: [Int64]
    let count: Int
    /// Worth of one host at the prices, in hosts.
    let worth: Double
  }

  /// Steps of the search in all.
  private static let mostSteps = 3_000_000

  private let need: [Int64]
  private let prices: [Double]
  /// The most worthy first.
  private let types: [HostType]
  /// By position among the types: what all types from there on are worth beyond their number.
  private let surplusFrom: [Double]
  private var steps = 0

  /// By resource: positions of the types, the largest offer first.
  private let byOffer: [[Int]]

  init(offers: [[Int64]], need: [Int64]) {
    self.need = need
    var counts: [[Int64]: Int] = [:]
    for offer in offers { counts[offer, default: 0] += 1 }
    let known = counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
      (offer: $0.key, count: $0.value)
    }
    let prices = MixPrices.best(types: known, need: need)
    let types = known.map { type in
      let worth = zip(type.offer, prices).reduce(0) { $0 + Double($1.0) * $1.1 }
      return HostType(offer: type.offer, count: type.count, worth: worth)
    }.sorted { $0.worth > $1.worth }
    var surplus = [Double](repeating: 0, count: types.count + 1)
    for index in types.indices.reversed() {
      surplus[index] = surplus[index + 1] + Double(types[index].count) * max(0, types[index].worth - 1)
    }
    self.prices = prices
    self.types = types
    surplusFrom = surplus
    byOffer = need.indices.map { resource in
      types.indices.sorted { types[$0].offer[resource] > types[$1].offer[resource] }
    }
  }

  /// `nil` when it cannot be settled within the limits, infinite when not even all hosts do.
  mutating func fewest() -> Double? {
    var all = need
    for type in types { all = zip(all, type.offer).map { $0 - $1 * Int64(type.count) } }
    guard all.allSatisfy({ $0 <= 0 }) else { return .infinity }
    let most = types.reduce(0) { $0 + $1.count }
    for count in max(1, leastFurther(need, from: 0))...max(1, most) {
      if covers(need, from: 0, within: count) { return Double(count) }
      if steps >= Self.mostSteps { return nil }
    }
    return nil
  }

  /// No fewer hosts of the types from `index` on cover `need`: at any prices, the need's worth less
  /// the surplus of all hosts that are worth more than one.
  private func leastFurther(_ need: [Int64], from index: Int) -> Int {
    let worth = zip(need, prices).reduce(0) { $0 + Double(max(0, $1.0)) * $1.1 }
    let bound = worth - surplusFrom[index]
    return max(0, Int((bound - 1e-6 * max(1, bound)).rounded(.up)))
  }

  private mutating func covers(_ need: [Int64], from index: Int, within count: Int) -> Bool {
    guard need.contains(where: { $0 > 0 }) else { return true }
    steps += 1
    guard steps < Self.mostSteps, index < types.count, count > 0, leastFurther(need, from: index) <= count,
      couldCover(need, from: index, within: count)
    else { return false }
    if index == types.count - 2 { return lastTwoCover(need, within: count) }
    let type = types[index]
    for taken in stride(from: min(type.count, count), through: 0, by: -1) {
      let left = zip(need, type.offer).map { $0 - $1 * Int64(taken) }
      if covers(left, from: index + 1, within: count - taken) { return true }
      if steps >= Self.mostSteps { return false }
    }
    return false
  }

  /// Whether the last two types cover the need: *n* of the first and the rest of the hosts of the second, *n*
  /// within what every resource leaves it.
  private func lastTwoCover(_ need: [Int64], within count: Int) -> Bool {
    let (one, other) = (types[types.count - 2], types[types.count - 1])
    let hosts = min(count, one.count + other.count)
    var range = (from: max(0, hosts - other.count), to: min(one.count, hosts))
    for resource in need.indices where need[resource] > 0 {
      // n · difference ≥ short
      let difference = one.offer[resource] - other.offer[resource]
      let short = need[resource] - Int64(hosts) * other.offer[resource]
      switch (difference.signum(), short > 0) {
      case (1, true): range.from = max(range.from, Int((short + difference - 1) / difference))
      case (1, false): break
      case (_, true): return false
      case (-1, false): range.to = min(range.to, Int(-short / -difference))
      default: break
      }
    }
    return range.from <= range.to
  }

  /// Whether the largest offers of every resource by itself suffice.
  private func couldCover(_ need: [Int64], from index: Int, within count: Int) -> Bool {
    need.indices.allSatisfy { resource in
      guard need[resource] > 0 else { return true }
      var left = need[resource]
      var hosts = count
      for type in byOffer[resource] where type >= index && hosts > 0 {
        let taken = min(hosts, types[type].count)
        left -= types[type].offer[resource] * Int64(taken)
        hosts -= taken
        if left <= 0 { return true }
      }
      return false
    }
  }
}

/// Prices of resources, in hosts a unit, that make the mix search short. Any prices are valid.
enum MixPrices {
  /// Follows the subgradient of the bound *need·y − Σ count·max(0, offer·y − 1)* and keeps the best.
  static func best(types: [(offer: [Int64], count: Int)], need: [Int64]) -> [Double] {
    let scaled = types.map { type in
      (offer: zip(type.offer, need).map { Double($0) / Double($1) }, count: Double(type.count))
    }
    var best = (bound: -Double.infinity, prices: [Double](repeating: 0, count: need.count))
    for start in starts(scaled, dimensions: need.count) {
      var prices = start
      for step in 1...400 {
        let bound = self.bound(scaled, prices)
        if bound.value > best.bound { best = (bound.value, prices) }
        let length = bound.slope.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length > 0 else { break }
        let size = 0.3 * max(1, best.bound) / (Double(step).squareRoot() * length)
        prices = zip(prices, bound.slope).map { max(0, $0 + size * $1) }
      }
    }
    return zip(best.prices, need).map { $0 / Double($1) }
  }

  /// Each resource alone at the price that makes its largest type worth one host, and all together.
  private static func starts(
    _ types: [(offer: [Double], count: Double)], dimensions: Int
  ) -> [[Double]] {
    let alone = (0..<dimensions).map { resource -> [Double] in
      let largest = types.map { $0.offer[resource] }.max() ?? 0
      var prices = [Double](repeating: 0, count: dimensions)
      prices[resource] = largest > 0 ? 1 / largest : 0
      return prices
    }
    let together = (0..<dimensions).map { resource in alone[resource][resource] / Double(dimensions) }
    return alone + [together]
  }

  private static func bound(
    _ types: [(offer: [Double], count: Double)], _ prices: [Double]
  ) -> (value: Double, slope: [Double]) {
    var value = prices.reduce(0, +)
    var slope = [Double](repeating: 1, count: prices.count)
    for type in types {
      let worth = zip(type.offer, prices).reduce(0) { $0 + $1.0 * $1.1 }
      guard worth > 1 else { continue }
      value -= type.count * (worth - 1)
      for resource in prices.indices { slope[resource] -= type.count * type.offer[resource] }
    }
    return (value, slope)
  }
}
