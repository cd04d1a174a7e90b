import StowageFleet
import StowageModel

/// No plan with at most *K* moves lets a resource lie more evenly: each resource by itself, hosts above the mean lose
/// their largest VMs, hosts below it gain the largest of all, *K* at the most each way, none further than to the mean.
///
/// Counted where the mean cannot change: all usable hosts are of one size, all VMs start on usable hosts, and nothing
/// depends on the hour.
struct EveningBound {
  private let fleet: Fleet
  private let moves: Int

  init(_ fleet: Fleet, moves: Int) {
    self.fleet = fleet
    self.moves = max(0, moves)
  }

  /// A bound for ``ObjectiveMeter/loadSpread(_:)``.
  var loadSpread: Double {
    resources.reduce(0) { sum, resource in
      sum + deviation(resource) { fleet.physicalSize(of: $0, resource, offered: $1) }
    }
  }

  /// A bound for ``ObjectiveMeter/utilisationStandardDeviation(_:)``.
  var utilisationStandardDeviation: Double {
    let squares = resources.map { resource in
      let deviation = deviation(resource) { Double($1) }
      return deviation * deviation
    }
    return squares.isEmpty ? 0 : (squares.reduce(0, +) / Double(squares.count)).squareRoot()
  }

  private var resources: [Resource] { ObjectiveMeter(fleet).spreadResources }

  private func deviation(_ resource: Resource, size: (_ host: Int, _ offered: Int64) -> Double) -> Double {
    let usable = fleet.hosts.indices.filter { fleet.hosts[$0].isUsableAsTarget }
    let sizes = usable.map { size($0, fleet.capacity[$0][resource] ?? 0) }
    guard fleet.hourly == nil, let first = sizes.first, sizes.allSatisfy({ $0 == first }),
      fleet.start.allSatisfy({ fleet.hosts[$0].isUsableAsTarget })
    else { return 0 }
    let loads = usable.map { Double(fleet.startLoad[$0][resource]) }
    let mean = loads.reduce(0, +) / Double(usable.count)
    let squares = loads.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    var demands = [[Double]](repeating: [], count: fleet.hosts.count)
    for (vm, host) in fleet.start.enumerated() { demands[host].append(Double(fleet.demand[vm][resource])) }
    let largest = demands.joined().sorted(by: >)
    var lost: [Double] = []
    var gained: [Double] = []
    for (host, load) in zip(usable, loads) {
      if load > mean {
        lost += gains(from: load - mean, by: demands[host].sorted(by: >))
      } else {
        gained += gains(from: mean - load, by: largest)
      }
    }
    let saved = [lost, gained].map { $0.sorted(by: >).prefix(moves).reduce(0, +) }.reduce(0, +)
    return (max(0, squares - saved) / Double(usable.count)).squareRoot() / first
  }

  /// What each of the largest VMs in turn takes off the square of a distance from the mean; never more than the one
  /// before it.
  private func gains(from distance: Double, by demands: [Double]) -> [Double] {
    var left = distance
    var gains: [Double] = []
    for demand in demands.prefix(moves) where demand > 0 {
      guard left > 0 else { break }
      let next = max(0, left - demand)
      gains.append(left * left - next * next)
      left = next
    }
    return gains
  }
}
