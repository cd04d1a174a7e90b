import StowageCosts
import StowageFleet
import StowageModel

/// The copies that VMs with an `rpo_s` keep at other sites while moves are made, and what they take of ports and links.
///
/// Replication gets less out of a link than moves do, and no more of a shared one than is said: as `protect` reckons it. What it takes
/// is taken off moves and seeds in their measure. What copies take of a channel is counted as if all of them were on it at once: before the first move in one direction, and
/// after the last in the other, that is so. Nothing that is added later has to ask how far the waves are.
struct ProtectionPlan {
  /// A VM and its copy.
  struct Guarded {
    let vm: Int
    /// The hosts of the copy before and after its move.
    let before: Int
    let after: Int
    let routeBefore: [Int]
    let routeAfter: [Int]
    let interval: Double
    /// In MiB/s.
    let rate: Double
    let age: Double
  }

  /// Why copies cannot be kept.
  enum Obstacle {
    /// No interval of the replicator, or no way to another site, holds the objective of these VMs.
    case impossible(vms: [Int], noWay: Bool)
    /// A channel carries less than copies take.
    case overfull(channel: Int, rate: Double, payload: Double, vms: [Int])
  }

  private(set) var guarded: [Int: Guarded] = [:]
  /// In tenths of MiB/s, by channel.
  private(set) var taken: [Int: Int] = [:]
  private(set) var obstacle: Obstacle?

  init(_ policy: ProtectionPolicy, _ fleet: Fleet, placement: [Int]) {
    let routes = RouteTable(fleet)
    let refuges = Refuges(fleet)
    var impossible: (vms: [Int], noWay: Bool) = ([], false)
    for vm in fleet.vms.indices {
      guard let objective = fleet.vms[vm].rpoSeconds, refuges.areThereAny(for: fleet.start[vm]) else {
        continue
      }
      let stream = ReplicationStream(
        fleet.vms[vm], reduction: policy.reduction, overhead: policy.overhead)
      guard let interval = policy.replicator.intervals.interval(objective: objective) else {
        impossible.vms.append(vm)
        continue
      }
      let rate = Self.roundedUp(stream.leastMiBPerSecond(objective: objective, interval: interval))
      let (start, end) = (fleet.start[vm], placement[vm])
      let ends =
        refuges.sites[start] != refuges.sites[end] ? (end, start) : refuges.next(to: end, guarded.count)
      guard let (before, after) = ends, let routeBefore = routes.route(from: start, to: before),
        let routeAfter = routes.route(from: end, to: after), rate.isFinite,
        let age = stream.worstAgeSeconds(interval: interval, atMiBPerSecond: rate)
      else {
        impossible.vms.append(vm)
        impossible.noWay = true
        continue
      }
      guarded[vm] = Guarded(
        vm: vm, before: before, after: after, routeBefore: routeBefore, routeAfter: routeAfter,
        interval: interval, rate: rate, age: (age * 1000).rounded() / 1000)
    }
    if !impossible.vms.isEmpty { obstacle = .impossible(vms: impossible.vms, noWay: impossible.noWay) }
    fill(routes, fleet.network, policy)
  }

  /// To a thousandth of a MiB/s, so that the document holds just what is reserved.
  private static func roundedUp(_ rate: Double) -> Double {
    rate.isFinite ? (rate * 1000 - 1e-6).rounded(.up) / 1000 : rate
  }

  private mutating func fill(_ routes: RouteTable, _ network: MigrationNetwork, _ policy: ProtectionPolicy) {
    var users: [Int: [Int]] = [:]
    for vm in guarded.keys.sorted() {
      guard let own = guarded[vm] else { continue }
      for channel in Set(own.routeBefore + own.routeAfter) { users[channel, default: []].append(vm) }
    }
    for (channel, vms) in users.sorted(by: { $0.key < $1.key }) {
      // Of some the copies may have turned and of others not yet: each that ever uses the channel counts once.
      let rate = vms.reduce(0) { $0 + (guarded[$1]?.rate ?? 0) }
      let link = network.link(ofChannel: channel)
      let weight = link == nil ? 1 : PayloadRate.efficiency / ReplicationLink.efficiency
      let tenths = Int((rate * weight * 10 - 1e-6).rounded(.up))
      if tenths > 0 { taken[channel] = tenths }
      guard tenths > 0, obstacle == nil else { continue }
      let whole = routes.capacityTenths[channel]
      let payload = link.map { Self.payload($0, policy) } ?? Tenths.mibPerSecond(whole)
      if rate > payload * (1 + 1e-9) || tenths >= whole {
        obstacle = .overfull(channel: channel, rate: rate, payload: payload, vms: vms)
      }
    }
  }

  /// What a link gives copies, in MiB/s.
  private static func payload(_ link: Link, _ policy: ProtectionPolicy) -> Double {
    (link.isShared == true ? policy.sharedLinkPart : 1)
      * ReplicationLink.mibPerSecond(gbps: link.gbps, headroom: policy.headroom)
  }

  /// The copies as a plan states them, by VM; `delta` are what moves that build on their copy have left to send.
  func protections(_ fleet: Fleet, _ routes: RouteTable, delta: [Int: Double]) -> [Protection] {
    guarded.keys.sorted().compactMap { guarded[$0] }.map { own in
      Protection(
        vm: fleet.vms[own.vm].id, before: fleet.hosts[own.before].id, after: fleet.hosts[own.after].id,
        intervalSeconds: own.interval, rateMiBPerSecond: own.rate, worstAgeSeconds: own.age,
        deltaMiB: delta[own.vm], linksBefore: routes.names(own.routeBefore),
        linksAfter: routes.names(own.routeAfter))
    }
  }
}

/// Hosts at other sites for the copies of VMs that move to none.
private struct Refuges {
  let sites: [String?]
  private let hosts: [String: [Int]]

  init(_ fleet: Fleet) {
    sites = fleet.hosts.map { $0.domain(.site) }
    var hosts: [String: [Int]] = [:]
    for (index, host) in fleet.hosts.enumerated() where host.state == .online {
      if let site = host.domain(.site) { hosts[site, default: []].append(index) }
    }
    self.hosts = hosts
  }

  /// Whether there is another site than that of a host.
  func areThereAny(for host: Int) -> Bool {
    sites[host].map { own in hosts.keys.contains { $0 != own } } ?? false
  }

  /// One of the hosts of the first other site by name, for each VM another one.
  func next(to host: Int, _ number: Int) -> (Int, Int)? {
    guard let own = sites[host], let site = hosts.keys.filter({ $0 != own }).min(), let there = hosts[site]
    else { return nil }
    let refuge = there[number % there.count]
    return (refuge, refuge)
  }
}
