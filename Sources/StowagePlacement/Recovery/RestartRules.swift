import StowageFleet
import StowageModel

/// What the hard rules `spread`, `dedicated`, `group_cap` and `failover` ask of VMs that restart elsewhere when a site fails.
///
/// Each failure is looked at on its own: who runs at other sites stays, who restarts is added to them, and what the failure took is
/// gone. A rule that is broken by those who stay is not broken further.
struct RestartRules {
  private struct Spread {
    let rule: Rule.ID
    let members: Set<Int>
    let domainOfHost: [Int]
    let most: Int?
    /// Domains that members must lie in, as far as there are so many of either.
    let least: Int?
    var counts: [Int: Int] = [:]
    /// Members that may still be placed.
    var expected = 0

    var used: Int { counts.values.count { $0 > 0 } }
    var present: Int { counts.values.reduce(0, +) }
    var wanted: Int { min(least ?? 0, present) }
  }

  fileprivate struct Dedication {
    let rule: Rule.ID
    let members: Set<Int>
    var hostsOfMembers: Set<Int> = []
    var hostsOfOthers: Set<Int> = []
  }

  fileprivate struct Cap {
    let rule: HostCap
    let members: Set<Int>
    var total: Int64 = 0
  }

  /// What is left of a cluster's room when its largest units have failed, where it is limited.
  private struct Reserve {
    let demand: FailoverDemand
    let hosts: Set<Int>
    var left: [Int64?]
  }

  /// What one failure leaves, and who has restarted so far.
  private struct Aftermath {
    var spreads: [Spread]
    var dedications: [Dedication]
    var caps: [Cap]
    var reserves: [Reserve]
    /// The host of each VM that has restarted.
    var restarted: [Int: Int] = [:]
  }

  private let fleet: Fleet
  private let siteOfHost: [Int?]
  private var failures: [Aftermath]

  init(_ fleet: Fleet, siteOfHost: [Int?], sites: Int) {
    self.fleet = fleet
    self.siteOfHost = siteOfHost
    failures = (0..<sites).map { Self.aftermath(fleet, siteOfHost, failing: $0) }
  }

  private static func aftermath(_ fleet: Fleet, _ siteOfHost: [Int?], failing: Int) -> Aftermath {
    let staying = fleet.vms.indices.filter { siteOfHost[fleet.start[$0]] != failing }
    let open = fleet.targets.members.filter { siteOfHost[$0] != failing }
    let spreads = fleet.spreads.filter(\.isHard).map { group in
      let domains = fleet.domains(group.scope).domainOfHost
      let members = Set(group.members)
      var counts: [Int: Int] = [:]
      for vm in staying where members.contains(vm) { counts[domains[fleet.start[vm]], default: 0] += 1 }
      let places = Set(open.map { domains[$0] }).union(counts.keys)
      return Spread(
        rule: group.rule, members: members, domainOfHost: domains, most: group.maxPerDomain,
        least: group.minDomains.map { min($0, places.count) }, counts: counts)
    }
    let dedications = fleet.dedications.filter(\.isHard).map { group in
      var own = Dedication(rule: group.rule, members: Set(group.members))
      for vm in staying { own.add(vm, fleet.start[vm]) }
      return own
    }
    let caps = fleet.hostCaps.filter(\.isHard).map { cap in
      var own = Cap(rule: cap, members: Set(cap.members))
      for vm in staying { own.add(vm, fleet.start[vm], fleet) }
      return own
    }
    let reserves = fleet.failovers.filter(\.isHard).map { demand in
      reserve(demand, fleet, staying: staying) { siteOfHost[$0] != failing && isOn($0, fleet) }
    }
    return Aftermath(spreads: spreads, dedications: dedications, caps: caps, reserves: reserves)
  }

  private static func isOn(_ host: Int, _ fleet: Fleet) -> Bool {
    fleet.hosts[host].state == .online || fleet.startLoad[host][.slots] > 0
  }

  private static func reserve(
    _ demand: FailoverDemand, _ fleet: Fleet, staying: [Int], isOn: (Int) -> Bool
  ) -> Reserve {
    let hosts = Set(demand.hosts.filter(isOn))
    let left = Resource.allCases.map { resource -> Int64? in
      let rooms = hosts.sorted().map { fleet.hosts[$0].isUsableAsTarget ? fleet.limits[$0][resource] : 0 }
      guard rooms.allSatisfy({ $0 < Fleet.noLimit / 2 }) else { return nil }
      let units = demand.units.map { unit in
        unit.reduce(Int64(0)) { sum, host in
          sum
            + (hosts.contains(host) && fleet.hosts[host].isUsableAsTarget ? fleet.limits[host][resource] : 0)
        }
      }
      let lost = units.sorted(by: >).prefix(demand.failures).reduce(0, +)
      let load = staying.reduce(Int64(0)) { sum, vm in
        sum
          + (hosts.contains(fleet.start[vm]) && fleet.vms[vm].powerState == .on
            ? fleet.demand[vm][resource] : 0)
      }
      return rooms.reduce(0, +) - lost - load
    }
    return Reserve(demand: demand, hosts: hosts, left: left)
  }

  // MARK: One VM

  /// A running VM of a failing site that may restart.
  mutating func expect(_ vm: Int, failing: Int) {
    for index in failures[failing].spreads.indices
    where failures[failing].spreads[index].members.contains(vm) {
      failures[failing].spreads[index].expected += 1
    }
  }

  /// The rule that keeps a running VM from restarting on a host, beside those who are there; `nil` when none does.
  func obstacle(to vm: Int, on host: Int, failing: Int) -> Rule.ID? {
    let own = failures[failing]
    return own.spreads.first { isCrowded($0, vm, host) }?.rule
      ?? own.dedications.first { $0.forbids(vm, host) }?.rule
      ?? own.caps.first { $0.forbids(vm, host, fleet) }?.rule.rule
      ?? own.reserves.first { isShort($0, vm, host) }?.demand.rule
  }

  private func isCrowded(_ spread: Spread, _ vm: Int, _ host: Int) -> Bool {
    guard spread.members.contains(vm) else { return false }
    let there = spread.counts[spread.domainOfHost[host], default: 0]
    if let most = spread.most, there >= most { return true }
    guard let least = spread.least, there > 0, spread.expected > 0 else { return false }
    // Those to come must be able to fill the places that are still missing.
    return spread.used + spread.expected - 1 < min(least, spread.present + spread.expected)
  }

  private func isShort(_ reserve: Reserve, _ vm: Int, _ host: Int) -> Bool {
    guard reserve.hosts.contains(host) else { return false }
    return Resource.allCases.contains { resource in
      let demand = fleet.demand[vm][resource]
      return demand > 0 && resource != .localDisk && reserve.left[resource.index].map { $0 < demand } ?? false
    }
  }

  /// A running VM restarts.
  mutating func put(_ vm: Int, on host: Int, failing: Int) {
    failures[failing].restarted[vm] = host
    for index in failures[failing].spreads.indices
    where failures[failing].spreads[index].members.contains(vm) {
      failures[failing].spreads[index].expected -= 1
      let domain = failures[failing].spreads[index].domainOfHost[host]
      failures[failing].spreads[index].counts[domain, default: 0] += 1
    }
    for index in failures[failing].dedications.indices { failures[failing].dedications[index].add(vm, host) }
    for index in failures[failing].caps.indices { failures[failing].caps[index].add(vm, host, fleet) }
    for index in failures[failing].reserves.indices
    where failures[failing].reserves[index].hosts.contains(host) {
      for resource in Resource.allCases where resource != .localDisk {
        guard let left = failures[failing].reserves[index].left[resource.index] else { continue }
        failures[failing].reserves[index].left[resource.index] = left - fleet.demand[vm][resource]
      }
    }
  }

  // MARK: As rows

  /// What VMs of one failure may take together on some hosts: a form of `spread`, `group_cap` and `failover`.
  struct Total {
    let rule: Rule.ID
    /// Whose; all when `nil`.
    let members: Set<Int>?
    let hosts: Set<Int>
    /// Of what; VMs are counted when `nil`.
    let resource: Resource?
    let most: Int64
  }

  /// The totals of a failure, as nobody has restarted yet.
  func totals(failing: Int) -> [Total] {
    let own = failures[failing]
    var totals: [Total] = []
    for spread in own.spreads {
      guard let most = spread.most else { continue }
      for (domain, hosts) in Dictionary(grouping: fleet.hosts.indices, by: { spread.domainOfHost[$0] })
        .sorted(by: { $0.key < $1.key })
      {
        totals.append(
          Total(
            rule: spread.rule, members: spread.members, hosts: Set(hosts), resource: nil,
            most: Int64(most - spread.counts[domain, default: 0])))
      }
    }
    for cap in own.caps {
      totals.append(
        Total(
          rule: cap.rule.rule, members: cap.members, hosts: Set(cap.rule.hosts.members),
          resource: cap.rule.resource, most: cap.rule.limit - cap.total))
    }
    for reserve in own.reserves {
      for resource in Resource.allCases where resource != .localDisk {
        guard let left = reserve.left[resource.index] else { continue }
        totals.append(
          Total(rule: reserve.demand.rule, members: nil, hosts: reserve.hosts, resource: resource, most: left)
        )
      }
    }
    return totals
  }

  /// The rules by which members share hosts with nobody else.
  func dedications(failing: Int) -> [(rule: Rule.ID, members: Set<Int>)] {
    failures[failing].dedications.map { ($0.rule, $0.members) }
  }

  // MARK: All of them

  /// A VM that must not restart for a rule to hold when all others do, of those that `cost` least; `nil` when all rules hold.
  func offender(cost: (Int) -> Double) -> Int? {
    for failing in failures.indices where !failures[failing].restarted.isEmpty {
      if let vm = lonely(failures[failing], cost) ?? stranded(failures[failing], failing, cost) { return vm }
    }
    return nil
  }

  /// Of a spread whose members lie in too few places, one that is not alone in its place.
  private func lonely(_ own: Aftermath, _ cost: (Int) -> Double) -> Int? {
    for spread in own.spreads where spread.used < spread.wanted {
      let members = own.restarted.keys.filter { vm in
        spread.members.contains(vm)
          && own.restarted[vm].map { spread.counts[spread.domainOfHost[$0], default: 0] > 1 } ?? false
      }
      if let vm = cheapest(members, cost) { return vm }
    }
    return nil
  }

  /// Of a cluster that would not survive what it must, one that restarts there.
  private func stranded(_ own: Aftermath, _ failing: Int, _ cost: (Int) -> Double) -> Int? {
    guard !own.reserves.isEmpty else { return nil }
    var placement = fleet.start
    for (vm, host) in own.restarted { placement[vm] = host }
    let probe = FailoverProbe(fleet)
    for reserve in own.reserves {
      let there = own.restarted.keys.filter { vm in own.restarted[vm].map(reserve.hosts.contains) ?? false }
      guard !there.isEmpty else { continue }
      let isOn = { (host: Int) in reserve.hosts.contains(host) }
      let before = probe.uncovered(reserve.demand, placement: fleet.start, isOn: isOn)
      guard probe.uncovered(reserve.demand, placement: placement, isOn: isOn) > before else { continue }
      return cheapest(there, cost)
    }
    return nil
  }

  private func cheapest(_ vms: [Int], _ cost: (Int) -> Double) -> Int? {
    vms.min { (cost($0), -$0) < (cost($1), -$1) }
  }
}

extension RestartRules.Dedication {
  fileprivate mutating func add(_ vm: Int, _ host: Int) {
    if members.contains(vm) { hostsOfMembers.insert(host) } else { hostsOfOthers.insert(host) }
  }

  fileprivate func forbids(_ vm: Int, _ host: Int) -> Bool {
    // A host that holds both takes nobody of either kind.
    members.contains(vm) ? hostsOfOthers.contains(host) : hostsOfMembers.contains(host)
  }
}

extension RestartRules.Cap {
  fileprivate mutating func add(_ vm: Int, _ host: Int, _ fleet: Fleet) {
    if rule.hosts.contains(host), members.contains(vm) { total += fleet.demand[vm][rule.resource] }
  }

  fileprivate func forbids(_ vm: Int, _ host: Int, _ fleet: Fleet) -> Bool {
    let demand = fleet.demand[vm][rule.resource]
    return rule.hosts.contains(host) && members.contains(vm) && demand > 0 && total + demand > rule.limit
  }
}
