import StowageFleet
import StowageModel

/// How evenly each resource lies on usable hosts while a search moves blocks: load by physical size.
///
/// The *spread* is the sum over resources of the standard deviation over usable hosts, as in ``ObjectiveMeter/loadSpread(_:)``.
/// Sums and sums of squares are kept, so that a change of a few hosts costs as much as these.
struct SpreadLevels {
  /// A host and the load that it would have.
  typealias Change = (host: Int, load: LoadVector)

  /// One over each host's physical size; 0 where it does not count.
  private let inverse: [LoadVector]
  private let hostCount: Double
  private var share: [LoadVector]
  private var sum = LoadVector.zero
  private var squares = LoadVector.zero

  init(_ fleet: Fleet, loads: [LoadVector]) {
    let resources = ObjectiveMeter(fleet).spreadResources
    inverse = fleet.hosts.indices.map { host in
      var inverse = LoadVector.zero
      for resource in resources where fleet.hosts[host].isUsableAsTarget {
        let size = fleet.physicalSize(of: host, resource, offered: fleet.capacity[host][resource] ?? 0)
        inverse[resource] = 1 / size
      }
      return inverse
    }
    hostCount = Double(max(1, fleet.hosts.count { $0.isUsableAsTarget }))
    share = []
    recount(loads)
  }

  /// Adds everything up anew, so that rounding does not grow.
  mutating func recount(_ loads: [LoadVector]) {
    share = zip(loads, inverse).map { $0 * $1 }
    sum = share.reduce(.zero, +)
    squares = share.reduce(.zero) { $0 + $1 * $1 }
  }

  /// Standard deviations of the resources.
  var deviations: LoadVector { Self.deviations(sum, squares, hostCount) }

  /// Their sum.
  var spread: Double { deviations.sum }

  /// The standard deviations with other loads of some hosts, each named once.
  @inline(__always)
  func deviations(after changes: [Change]) -> LoadVector {
    var (sum, squares) = (sum, squares)
    for change in changes {
      Self.exchange(share[change.host], change.load * inverse[change.host], &sum, &squares)
    }
    return Self.deviations(sum, squares, hostCount)
  }

  /// The same for two hosts.
  @inline(__always)
  func deviations(_ first: Int, _ firstLoad: LoadVector, _ second: Int, _ secondLoad: LoadVector)
    -> LoadVector
  {
    var (sum, squares) = (sum, squares)
    Self.exchange(share[first], firstLoad * inverse[first], &sum, &squares)
    Self.exchange(share[second], secondLoad * inverse[second], &sum, &squares)
    return Self.deviations(sum, squares, hostCount)
  }

  /// Takes over the loads of some hosts.
  mutating func take(_ changes: [Change]) {
    for change in changes {
      let new = change.load * inverse[change.host]
      Self.exchange(share[change.host], new, &sum, &squares)
      share[change.host] = new
    }
  }

  /// How far above the mean hosts are, in standard deviations summed over resources: the fullest are worth relieving, the emptiest
  /// worth filling.
  var heights: [Double] {
    let mean = sum * LoadVector.all(1 / hostCount)
    let deviations = deviations
    var weight = LoadVector.zero
    for resource in Resource.allCases where deviations[resource] > 0 {
      weight[resource] = 1 / deviations[resource]
    }
    return share.map { (($0 - mean) * weight).sum }
  }

  @inline(__always)
  private static func exchange(
    _ old: LoadVector, _ new: LoadVector, _ sum: inout LoadVector, _ squares: inout LoadVector
  ) {
    sum = sum + (new - old)
    squares = squares + (new - old) * (new + old)
  }

  @inline(__always)
  private static func deviations(_ sum: LoadVector, _ squares: LoadVector, _ count: Double) -> LoadVector {
    let part = LoadVector.all(1 / count)
    let mean = sum * part
    return (squares * part - mean * mean).squareRoot
  }
}
