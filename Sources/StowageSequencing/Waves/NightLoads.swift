/// What units take of ports, links and slots, where any night could run short of it, in ms.
struct NightLoads {
  private enum Dimension: Hashable {
    case channel(Int)
    case out(Int)
    case into(Int)
    case host(Int)
    case fleet
  }

  /// The time of the longest move of each unit.
  let least: [Double]
  /// By dimension, ascending.
  let work: [[(dimension: Int, time: Double)]]
  let dimensions: Int

  /// What all units together take less of than the shortest night leaves need not be counted.
  init(_ units: [[Int]], _ problem: Problem, slack: Double, shortestNight: Double) {
    var keys: [Dimension: Int] = [:]
    var order: [Dimension] = []
    var loads: [[Int: Double]] = []
    for legs in units {
      var own: [Int: Double] = [:]
      for leg in legs {
        for (dimension, time) in Self.times(problem.legs[leg], problem) where time > 0 {
          let key = keys[dimension] ?? order.count
          if key == order.count {
            keys[dimension] = key
            order.append(dimension)
          }
          own[key, default: 0] += time * slack
        }
      }
      loads.append(own)
    }
    least = units.map { legs in
      legs.map { Double(problem.legs[$0].preferred.duration) * slack }.max() ?? 0
    }
    let scarce = order.indices.filter { key in loads.reduce(0) { $0 + ($1[key] ?? 0) } > shortestNight }
    dimensions = scarce.count
    work = loads.map { own in scarce.indices.compactMap { number in own[scarce[number]].map { (number, $0) } }
    }
  }

  private static func times(_ leg: Leg, _ problem: Problem) -> [(Dimension, Double)] {
    let duration = Double(leg.preferred.duration)
    let capacity = problem.book.routes.capacityTenths
    var times: [(Dimension, Double)] = leg.route.filter { capacity[$0] > 0 }.map {
      (.channel($0), Double(leg.preferred.rateTenths) * duration / Double(capacity[$0]))
    }
    let slots = Double(leg.preferred.slots) * duration
    let limits = problem.slotLimits
    let slotted: [(Dimension, Int?)] = [
      (.out(leg.from), limits.out), (.into(leg.to), limits.into), (.host(leg.from), limits.host),
      (.host(leg.to), limits.host), (.fleet, limits.fleet),
    ]
    times += slotted.compactMap { dimension, limit in limit.map { (dimension, slots / Double(max(1, $0))) } }
    return times
  }
}
