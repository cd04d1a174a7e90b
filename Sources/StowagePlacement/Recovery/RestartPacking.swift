import StowageCosts
import StowageFleet
import StowageModel

/// Hosts and storage for copies, every limit counted exactly.
struct RestartPacking {
  /// Where a copy is.
  struct Spot: Hashable {
    let host: Int
    let store: Int
  }

  private let problem: RecoveryProblem
  private(set) var spots: [Spot?]
  private var used: [[Amounts]]
  private var space: [Double?]
  private var traffic: [Double]
  private var siteOfGroup: [Int: Int] = [:]
  private var ranked: [[[Int]]]
  private let apartOf: [[Int]]
  private var vendor: [VendorKey: Double] = [:]
  private var rules: RestartRules

  private struct VendorKey: Hashable {
    let limit: ReplicationLimit
    let key: [Int]
  }

  init(_ problem: RecoveryProblem) {
    self.problem = problem
    rules = problem.rules
    spots = Array(repeating: nil, count: problem.items.count)
    let none = [Amounts](repeating: .zero, count: problem.sites.count)
    used = Array(repeating: none, count: problem.siteOfHost.count)
    space = problem.stores.map(\.freeGiB)
    traffic = Array(repeating: 0, count: problem.payload.count)
    var apartOf = [[Int]](repeating: [], count: problem.items.count)
    for (group, members) in problem.apart.enumerated() {
      for item in members.items { apartOf[item].append(group) }
    }
    self.apartOf = apartOf
    ranked = Array(
      repeating: Array(repeating: [], count: problem.sites.count), count: problem.siteOfHost.count)
  }

  /// Takes an item in where it is asked to go, if every limit allows it.
  mutating func take(_ item: Int, at spot: Spot) -> Bool {
    guard fits(item, spot) else { return false }
    put(item, spot)
    return true
  }

  /// Takes an item in on the host, of those given, that it fills most.
  mutating func take(_ item: Int, onOneOf hosts: [Int]) -> Bool {
    var best: (fill: Double, spot: Spot)?
    for host in hosts {
      for store in problem.reach[host] {
        let spot = Spot(host: host, store: store)
        guard fits(item, spot) else { continue }
        let fill = fill(item, host)
        if fill > (best?.fill ?? -1) { best = (fill, spot) }
        break
      }
    }
    guard let best else { return false }
    put(item, best.spot)
    return true
  }

  /// Highest part of what is free on a host that would be used.
  private func fill(_ item: Int, _ host: Int) -> Double {
    let (own, site) = (problem.items[item].demand, problem.items[item].site)
    return [Resource.cpu, .memory].map { resource in
      let free = problem.free[host][resource]
      guard free > 0, free < Fleet.noLimit / 2 else { return 0 }
      return Double(used[host][site][resource] + own[resource]) / Double(free)
    }.max() ?? 0
  }

  private func fits(_ index: Int, _ spot: Spot) -> Bool {
    let item = problem.items[index]
    guard item.candidates.contains(spot.host) else { return false }
    if let site = siteOfGroup[item.group], site != problem.siteOfHost[spot.host] { return false }
    let load = used[spot.host][item.site] + item.demand
    for resource in Resource.allCases where load[resource] > problem.free[spot.host][resource] {
      return false
    }
    if let left = space[spot.store], left < item.diskGiB { return false }
    for channel in problem.route(index, to: spot.host) ?? [] {
      if let most = problem.payload[channel], traffic[channel] + item.rate > most * (1 + 1e-12) {
        return false
      }
    }
    return isBorne(index, spot.host) && isApart(index, spot.host) && isInTime(index, spot.host)
      && isRuled(index, spot.host)
  }

  /// Whether the replicator's vendor allows one more.
  private func isBorne(_ index: Int, _ host: Int) -> Bool {
    guard let site = problem.siteOfHost[host] else { return false }
    return problem.terms.replicator.limits.allSatisfy { limit in
      guard let share = problem.share(of: index, limit, at: site) else { return true }
      let taken = vendor[VendorKey(limit: limit, key: share.key)] ?? 0
      return taken + share.amount <= limit.most * (1 + 1e-9)
    }
  }

  private func isApart(_ index: Int, _ host: Int) -> Bool {
    apartOf[index].allSatisfy { position in
      let group = problem.apart[position]
      return !group.items.contains { other in
        other != index
          && spots[other].map { group.domainOfHost[$0.host] == group.domainOfHost[host] } ?? false
      }
    }
  }

  /// Whether everybody on the host is still in time when one more restarts there.
  private func isInTime(_ index: Int, _ host: Int) -> Bool {
    let item = problem.items[index]
    guard problem.fleet.vms[item.vm].powerState == .on else { return true }
    let isUrgent = { (other: Int) in problem.items[other].mostBefore != nil }
    guard isUrgent(index) || ranked[host][item.site].contains(where: isUrgent) else { return true }
    let there = (ranked[host][item.site] + [index]).sorted {
      problem.items[$0].order < problem.items[$1].order
    }
    return there.enumerated().allSatisfy { rank, other in
      problem.items[other].mostBefore.map { rank <= $0 } ?? true
    }
  }

  /// Whether the other rules let it restart there.
  private func isRuled(_ index: Int, _ host: Int) -> Bool {
    let item = problem.items[index]
    return problem.fleet.vms[item.vm].powerState != .on
      || rules.obstacle(to: item.vm, on: host, failing: item.site) == nil
  }

  /// An item that must be left out for all rules to hold; `nil` when they do.
  var offender: Int? {
    var itemOfVM: [Int: Int] = [:]
    for (index, item) in problem.items.enumerated() { itemOfVM[item.vm] = index }
    return rules.offender { vm in itemOfVM[vm].map(problem.weight) ?? .infinity }.flatMap { itemOfVM[$0] }
  }

  private mutating func put(_ index: Int, _ spot: Spot) {
    let item = problem.items[index]
    spots[index] = spot
    used[spot.host][item.site] += item.demand
    if let left = space[spot.store] { space[spot.store] = left - item.diskGiB }
    for channel in problem.route(index, to: spot.host) ?? [] { traffic[channel] += item.rate }
    siteOfGroup[item.group] = problem.siteOfHost[spot.host]
    for limit in problem.terms.replicator.limits {
      guard let site = problem.siteOfHost[spot.host], let share = problem.share(of: index, limit, at: site)
      else { continue }
      vendor[VendorKey(limit: limit, key: share.key), default: 0] += share.amount
    }
    guard problem.fleet.vms[item.vm].powerState == .on else { return }
    ranked[spot.host][item.site].append(index)
    rules.put(item.vm, on: spot.host, failing: item.site)
  }

  /// Items in the order in which they are packed: largest part of any host's room first.
  static func order(_ problem: RecoveryProblem) -> [Int] {
    var most = Amounts.zero
    for resource in [Resource.cpu, .memory] {
      most[resource] = problem.free.map { $0[resource] }.filter { $0 < Fleet.noLimit / 2 }.max() ?? 0
    }
    func size(_ item: Int) -> Double {
      [Resource.cpu, .memory].map { resource in
        most[resource] > 0 ? Double(problem.items[item].demand[resource]) / Double(most[resource]) : 0
      }.max() ?? 0
    }
    let sizes = problem.items.indices.map(size)
    return problem.items.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
  }

  /// What those without a copy weigh.
  var leftOutWeight: Double {
    spots.indices.filter { spots[$0] == nil }.reduce(0) { $0 + problem.weight(of: $1) }
  }

  /// How many have no copy.
  var leftOut: Int { spots.count { $0 == nil } }

  /// What all links carry of the copies, in MiB/s.
  var linkTraffic: Double {
    traffic.indices.filter(problem.isLink).reduce(0) { $0 + traffic[$1] }
  }
}
