/// Prices of resources, in hosts a unit, that cut the enumeration of ``MixBound``. Any prices that are
/// not negative are valid; good ones cut early.
struct MixPrices {
  private let prices: [Double]
  /// From each type on: the least that their numbers can add to the worth of the demand.
  private let restFrom: [Double]

  /// Chosen: with these many steps the enumeration for 10000 hosts of three types stays within thousands of nodes.
  private static let steps = 1000

  /// Takes the best of the Lagrangian *demand·y + Σ min over n of n·(1 − room·y)*, every number *n* between the hosts
  /// of the type that must stay on and all of them: among all points where planes of its pieces meet, or, where
  /// these are too many, along its subgradient.
  init(_ types: [HostTypes.HostType], demand: [Int64]) {
    let scale = demand.map { Double(max(1, $0)) }
    let rooms = types.map { type in zip(type.room, scale).map { Double($0) / $1 } }
    var best = -Double.infinity
    var bestPrices = demand.map { _ in 0.0 }
    for prices in PriceVertices(rooms, isAsked: demand.map { $0 > 0 }).points {
      let value = Self.look(at: prices, types, rooms, demand).value
      if value > best { (best, bestPrices) = (value, prices) }
    }
    for start in best > -.infinity ? [] : Self.starts(rooms, demand: demand) {
      var prices = start
      for step in 1...Self.steps {
        let (value, slope) = Self.look(at: prices, types, rooms, demand)
        if value > best { (best, bestPrices) = (value, prices) }
        let length = slope.reduce(0) { $0 + $1 * $1 }.squareRoot()
        guard length > 0 else { break }
        let size = 0.3 * max(1, best) / (Double(step).squareRoot() * length)
        for resource in prices.indices {
          prices[resource] = max(0, prices[resource] + size * slope[resource])
        }
      }
    }
    prices = zip(bestPrices, scale).map { $0 / $1 }
    var rest = [Double](repeating: 0, count: types.count + 1)
    for index in types.indices.reversed() {
      let worth = zip(types[index].room, prices).reduce(0) { $0 + Double($1.0) * $1.1 }
      rest[index] =
        rest[index + 1] + Double(worth > 1 ? types[index].count : types[index].forced) * (1 - worth)
    }
    restFrom = rest
  }

  /// What prices prove, and which way they prove more.
  private static func look(
    at prices: [Double], _ types: [HostTypes.HostType], _ rooms: [[Double]], _ demand: [Int64]
  ) -> (value: Double, slope: [Double]) {
    var value = zip(prices, demand).reduce(0) { $0 + ($1.1 > 0 ? $1.0 : 0) }
    var slope = demand.map { $0 > 0 ? 1.0 : 0 }
    for (type, room) in zip(types, rooms) {
      let worth = zip(room, prices).reduce(0) { $0 + $1.0 * $1.1 }
      let number = Double(worth > 1 ? type.count : type.forced)
      value += number * (1 - worth)
      for resource in slope.indices { slope[resource] -= number * room[resource] }
    }
    return (value, slope)
  }

  /// Each resource alone at the price that makes its largest room worth one host, and all together.
  private static func starts(_ rooms: [[Double]], demand: [Int64]) -> [[Double]] {
    let alone = demand.indices.map { resource -> Double in
      let largest = rooms.map { $0[resource] }.max() ?? 0
      return demand[resource] > 0 && largest > 0 ? 1 / largest : 0
    }
    let used = alone.count { $0 > 0 }
    let single = alone.indices.map { resource in alone.indices.map { $0 == resource ? alone[$0] : 0 } }
    return single.filter { $0.contains { $0 > 0 } } + [alone.map { $0 / Double(max(1, used)) }]
  }

  /// No fewer hosts of the types from a position on hold what is left.
  func fewest(_ residual: [Int64], from position: Int) -> Double {
    let worth = zip(residual, prices).reduce(0) { $0 + Double($1.0) * $1.1 }
    let bound = worth + restFrom[position]
    return bound - 1e-6 * max(1, bound.magnitude)
  }
}
