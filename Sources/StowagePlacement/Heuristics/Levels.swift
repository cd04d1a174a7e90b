import StowageFleet
import StowageModel

/// How full usable hosts are while a search moves blocks, and how evenly.
///
/// The *level* of a host is its highest utilisation over resources with a limit above zero. The
/// *unevenness* is the sum over usable hosts of the squared deviation of utilisation from the mean,
/// averaged over the resources that count towards the spread: the square of
/// ``ObjectiveMeter/utilisationStandardDeviation(_:)`` times the number of usable hosts.
struct Levels {
  private let isUsable: [Bool]
  /// One over each host's capacity; 0 where there is none or no limit.
  private let inverse: [LoadVector]
  /// The same for what counts towards the level.
  private let levelInverse: [LoadVector]
  /// 1 for the resources that count towards the spread.
  private let counts: LoadVector
  private let resourceCount: Double
  private let usableCount: Double
  private(set) var level: [Double]
  private var utilisation: [LoadVector]
  private var sum = LoadVector.zero
  /// The hosts with the three highest levels.
  private(set) var highest: [Int] = []

  init(_ fleet: Fleet, loads: [LoadVector]) {
    isUsable = fleet.hosts.map(\.isUsableAsTarget)
    let spread = ObjectiveMeter(fleet).spreadResources
    var counts = LoadVector.zero
    for resource in spread { counts[resource] = 1 }
    self.counts = counts
    resourceCount = Double(max(1, spread.count))
    usableCount = Double(max(1, isUsable.count { $0 }))
    let isUsable = isUsable
    inverse = fleet.hosts.indices.map { isUsable[$0] ? Self.inverse(fleet.capacity[$0]) : .zero }
    levelInverse = fleet.hosts.indices.map { isUsable[$0] ? Self.inverse(fleet.levelled[$0]) : .zero }
    level = Array(repeating: 0, count: loads.count)
    utilisation = Array(repeating: .zero, count: loads.count)
    for host in loads.indices { set(loads[host], of: host) }
    rank()
  }

  private static func inverse(_ capacity: Capacity) -> LoadVector {
    var inverse = LoadVector.zero
    for resource in Resource.allCases {
      if let limit = capacity[resource], limit > 0 { inverse[resource] = 1 / Double(limit) }
    }
    return inverse
  }

  /// The highest level of all.
  var maximum: Double { highest.first.map { level[$0] } ?? 0 }

  /// Takes over new loads of some hosts.
  mutating func update(_ hosts: [Int], loads: [LoadVector]) {
    for host in hosts { set(loads[host], of: host) }
    rank()
  }

  private mutating func set(_ load: LoadVector, of host: Int) {
    guard isUsable[host] else { return }
    let new = load * inverse[host]
    sum = sum + (new - utilisation[host]) * counts
    utilisation[host] = new
    level[host] = (load * levelInverse[host]).largest
  }

  private mutating func rank() {
    highest = []
    for host in level.indices where isUsable[host] {
      let place = highest.firstIndex { level[host] > level[$0] } ?? highest.count
      if place < 3 { highest.insert(host, at: place) }
      if highest.count > 3 { highest.removeLast() }
    }
  }

  /// Usable hosts from the fullest to the emptiest.
  var fullestFirst: [Int] {
    level.indices.filter { isUsable[$0] }
      .sorted { level[$0] != level[$1] ? level[$0] > level[$1] : $0 < $1 }
  }

  /// The level that a host would have with another load.
  func levelAfter(_ host: Int, _ load: LoadVector) -> Double {
    (load * levelInverse[host]).largest
  }

  /// What two hosts' new loads change: how far the highest level falls, and the unevenness.
  func gain(_ first: Int, _ firstLoad: LoadVector, _ second: Int, _ secondLoad: LoadVector)
    -> (maximum: Double, unevenness: Double)
  {
    let (a, b) = (firstLoad * inverse[first], secondLoad * inverse[second])
    let others = highest.first { $0 != first && $0 != second }.map { level[$0] } ?? 0
    let after = max(others, levelAfter(first, firstLoad), levelAfter(second, secondLoad))
    let changeA = (a - utilisation[first]) * counts
    let changeB = (b - utilisation[second]) * counts
    let squares =
      (changeA * (a + utilisation[first])).sum + (changeB * (b + utilisation[second])).sum
    let newSum = sum + changeA + changeB
    let means = ((newSum * newSum).sum - (sum * sum).sum) / usableCount
    return (maximum - after, -(squares - means) / resourceCount)
  }
}
