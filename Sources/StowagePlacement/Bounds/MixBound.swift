/// Fewest hosts by mix: the smallest number of hosts, over all mixes of types that include the
/// hosts which must stay on, whose rooms together hold the total demand in every resource.
///
/// Enumerated by depth-first search over the number of hosts of each type, cut where even the best
/// remaining hosts, resource by resource, fall short, or where any prices of resources show that more
/// hosts are needed (``MixPrices``); the numbers of the last two types follow by division. A fleet of many
/// different hosts would take too long; it gets no such bound.
struct MixBound {
  /// Nodes of the enumeration after which it is given up. Chosen: a handful of types needs some hundreds.
  static let nodeLimit = 2_000_000

  /// What the enumeration says.
  enum Answer: Equatable {
    case hosts(Int)
    /// No mix holds the demand.
    case none
    /// Given up.
    case tooMany
  }

  let answer: Answer

  init(_ types: HostTypes) {
    guard let volume = VolumeBound(types).hosts else {
      answer = .none
      return
    }
    var search = MixEnumeration(types)
    let least = max(search.fewest, volume - types.onWithoutRoom)
    for count in least...max(least, types.hostCount) {
      switch search.admits(count) {
      case .yes:
        answer = .hosts(count + types.onWithoutRoom)
        return
      case .unknown:
        answer = .tooMany
        return
      case .no: continue
      }
    }
    answer = .none
  }
}

/// Enumerates how many hosts of each type may be on.
private struct MixEnumeration {
  enum Answer { case yes, no, unknown }

  private let types: [HostTypes.HostType]
  private let demand: [Int64]
  /// For each position, the types from there on in descending order of room, resource by resource.
  private let ranked: [[[HostTypes.HostType]]]
  private let forcedAfter: [Int]
  private let prices: MixPrices
  private var nodesLeft = MixBound.nodeLimit

  /// Many types make the table of ranks large and the enumeration hopeless.
  private static let typeLimit = 60

  init(_ types: HostTypes) {
    self.types = types.types
    demand = types.demand
    guard types.types.count <= Self.typeLimit else {
      ranked = []
      forcedAfter = []
      prices = MixPrices([], demand: types.demand)
      nodesLeft = 0
      return
    }
    let all = types.types
    ranked = all.indices.map { first in
      types.demand.indices.map { resource in
        all[first...].sorted { $0.room[resource] > $1.room[resource] }
      }
    }
    prices = MixPrices(all, demand: types.demand)
    forcedAfter = (0...all.count).map { first in all[first...].reduce(0) { $0 + $1.forced } }
  }

  /// No smaller number of hosts needs to be looked at.
  var fewest: Int { Int(max(0, prices.fewest(demand, from: 0)).rounded(.up)) }

  /// Whether some mix of so many hosts holds the demand.
  mutating func admits(_ count: Int) -> Answer {
    guard nodesLeft > 0 else { return .unknown }
    return descend(0, hostsLeft: count, residual: demand)
  }

  private mutating func descend(_ position: Int, hostsLeft: Int, residual: [Int64]) -> Answer {
    if residual.allSatisfy({ $0 <= 0 }) {
      return position == types.count || forcedAfter[position] <= hostsLeft ? .yes : .no
    }
    guard position < types.count, forcedAfter[position] <= hostsLeft else { return .no }
    nodesLeft -= 1
    guard nodesLeft > 0 else { return .unknown }
    guard prices.fewest(residual, from: position) <= Double(hostsLeft),
      reachable(position, hostsLeft, residual)
    else { return .no }
    if position == types.count - 2 { return completes(hostsLeft, residual) ? .yes : .no }
    let type = types[position]
    let most = min(type.count, hostsLeft - forcedAfter[position + 1])
    guard type.forced <= most else { return .no }
    for number in stride(from: most, through: type.forced, by: -1) {
      let rest = residual.indices.map { residual[$0] - Int64(number) * type.room[$0] }
      let answer = descend(position + 1, hostsLeft: hostsLeft - number, residual: rest)
      if answer != .no { return answer }
    }
    return .no
  }

  /// Whether the last two types hold what is left with so many hosts.
  ///
  /// The last makes up the number that the one before it leaves, so each resource limits that one number
  /// from below or from above: trying each would take thousands of steps on a fleet of 10000 hosts.
  private func completes(_ hostsLeft: Int, _ residual: [Int64]) -> Bool {
    let (first, last) = (types[types.count - 2], types[types.count - 1])
    let hosts = Int64(min(hostsLeft, first.count + last.count))
    var least = max(Int64(first.forced), hosts - Int64(last.count))
    var most = min(Int64(first.count), hosts - Int64(last.forced))
    for resource in residual.indices where residual[resource] > 0 {
      let gain = first.room[resource] - last.room[resource]
      let missing = residual[resource] - hosts * last.room[resource]
      if gain > 0 {
        least = max(least, missing > 0 ? (missing - 1) / gain + 1 : least)
      } else if missing > 0 {
        return false
      } else if gain < 0 {
        most = min(most, missing / gain)
      }
    }
    return least <= most
  }

  /// Whether the best hosts left, resource by resource, could hold what is left.
  private func reachable(_ position: Int, _ hostsLeft: Int, _ residual: [Int64]) -> Bool {
    residual.indices.allSatisfy { resource in
      var missing = residual[resource]
      var left = hostsLeft
      for type in ranked[position][resource] where missing > 0 && left > 0 {
        let number = min(type.count, left)
        missing -= Int64(number) * type.room[resource]
        left -= number
      }
      return missing <= 0
    }
  }
}
