import StowageModel

/// Keeps count of what hard `spread`, `dedicated` and `group_cap` rules ask at every instant: no worse
/// than at the start.
///
/// A VM that is charged at two hosts counts at both, also within one domain or set of hosts, which
/// errs to the safe side. For the least number of domains it counts where it was charged last, because
/// that is where it will be.
struct RuleWatch: Sendable {
  private struct Crowd: Sendable {
    let rule: Rule.ID
    let isMember: [Bool]
    let domainOfHost: [Int]
    let most: Int?
    let least: Int?
    var counts: [Int32]
    var settled: [Int32]
    var held: Int
    /// What the start allows.
    var limits: [Int32]
    var floor: Int
  }

  private struct Company: Sendable {
    let rule: Rule.ID
    let isMember: [Bool]
    var members: [Int32]
    var limits: (members: [Int32], others: [Int32])
  }

  private struct Cap: Sendable {
    let rule: Rule.ID
    let isMember: [Bool]
    let hosts: HostSet
    let resource: Resource
    /// How many of the hosts each VM is charged to: one that moves among them counts once.
    var charges: [Int32]
    var total: Int64
    var limit: Int64
  }

  private var crowds: [Crowd]
  private var companies: [Company]
  private var caps: [Cap]
  private var residents: [Int32]
  /// Where members of spreads with a least number of domains are charged: the last host, and the one
  /// before while both count.
  private var last: [Int32]
  private var other: [Int32]
  private let watchesLeast: Bool
  /// Whether there is nothing to watch.
  let isIdle: Bool

  private static let nowhere = Int32(-1)

  /// Nobody is anywhere; what the start of the fleet allows is known.
  init(_ fleet: Fleet) {
    let vms = fleet.vms.count
    crowds = fleet.spreads.filter(\.isHard).map { group in
      let map = fleet.domains(group.scope)
      let none = [Int32](repeating: 0, count: map.count)
      return Crowd(
        rule: group.rule, isMember: Self.flags(group.members, of: vms), domainOfHost: map.domainOfHost,
        most: group.maxPerDomain, least: group.minDomains, counts: none, settled: none, held: 0,
        limits: none, floor: 0)
    }
    companies = fleet.dedications.filter(\.isHard).map { group in
      let none = [Int32](repeating: 0, count: fleet.hosts.count)
      return Company(
        rule: group.rule, isMember: Self.flags(group.members, of: vms), members: none, limits: (none, none))
    }
    caps = fleet.hostCaps.filter(\.isHard).map { cap in
      Cap(
        rule: cap.rule, isMember: Self.flags(cap.members, of: vms), hosts: cap.hosts, resource: cap.resource,
        charges: Array(repeating: 0, count: vms), total: 0, limit: cap.limit)
    }
    isIdle = crowds.isEmpty && companies.isEmpty && caps.isEmpty
    watchesLeast = crowds.contains { $0.least != nil }
    residents = Array(repeating: 0, count: isIdle ? 0 : fleet.hosts.count)
    last = Array(repeating: Self.nowhere, count: watchesLeast ? vms : 0)
    other = last
    guard !isIdle else { return }
    var start = self
    for (vm, host) in fleet.start.enumerated() { start.enter(vm, host, demand: fleet.demand[vm]) }
    noteStart(start)
  }

  private static func flags(_ members: [Int], of count: Int) -> [Bool] {
    var flags = [Bool](repeating: false, count: count)
    for member in members { flags[member] = true }
    return flags
  }

  private mutating func noteStart(_ start: RuleWatch) {
    for index in crowds.indices {
      let most = Int32(min(crowds[index].most ?? 0, Int(Int32.max)))
      crowds[index].limits = start.crowds[index].counts.map { max($0, most) }
      crowds[index].floor = min(crowds[index].least ?? 0, start.crowds[index].held)
    }
    for index in companies.indices {
      let members = start.companies[index].members
      companies[index].limits = (members, zip(start.residents, members).map { $0 - $1 })
    }
    for index in caps.indices { caps[index].limit = max(caps[index].limit, start.caps[index].total) }
  }

  /// Stops minding the least number of domains.
  mutating func ignoreLeastDomains() {
    for index in crowds.indices { crowds[index].floor = 0 }
  }

  // MARK: Changes

  /// Charges a VM to a host. `isReturn` says that it goes on counting where it was charged before.
  mutating func enter(_ vm: Int, _ host: Int, demand: Amounts, isReturn: Bool = false) {
    guard !isIdle else { return }
    residents[host] += 1
    for index in crowds.indices where crowds[index].isMember[vm] {
      crowds[index].counts[crowds[index].domainOfHost[host]] += 1
    }
    for index in companies.indices where companies[index].isMember[vm] { companies[index].members[host] += 1 }
    for index in caps.indices where caps[index].isMember[vm] && caps[index].hosts.contains(host) {
      if caps[index].charges[vm] == 0 { caps[index].total += demand[caps[index].resource] }
      caps[index].charges[vm] += 1
    }
    guard watchesLeast else { return }
    if isReturn, last[vm] != Self.nowhere {
      other[vm] = Int32(host)
    } else {
      settle(vm, -1)
      (other[vm], last[vm]) = (last[vm], Int32(host))
      settle(vm, 1)
    }
  }

  /// Takes a VM off a host.
  mutating func leave(_ vm: Int, _ host: Int, demand: Amounts) {
    guard !isIdle else { return }
    residents[host] -= 1
    for index in crowds.indices where crowds[index].isMember[vm] {
      crowds[index].counts[crowds[index].domainOfHost[host]] -= 1
    }
    for index in companies.indices where companies[index].isMember[vm] { companies[index].members[host] -= 1 }
    for index in caps.indices where caps[index].isMember[vm] && caps[index].hosts.contains(host) {
      caps[index].charges[vm] -= 1
      if caps[index].charges[vm] == 0 { caps[index].total -= demand[caps[index].resource] }
    }
    guard watchesLeast else { return }
    if last[vm] == Int32(host) {
      settle(vm, -1)
      (last[vm], other[vm]) = (other[vm], Self.nowhere)
      settle(vm, 1)
    } else if other[vm] == Int32(host) {
      other[vm] = Self.nowhere
    }
  }

  private mutating func settle(_ vm: Int, _ change: Int32) {
    guard last[vm] != Self.nowhere else { return }
    for index in crowds.indices where crowds[index].isMember[vm] && crowds[index].least != nil {
      let domain = crowds[index].domainOfHost[Int(last[vm])]
      crowds[index].settled[domain] += change
      if change > 0, crowds[index].settled[domain] == 1 { crowds[index].held += 1 }
      if change < 0, crowds[index].settled[domain] == 0 { crowds[index].held -= 1 }
    }
  }

  // MARK: Questions

  /// The first rule that would get worse than at the start if a host were charged with one VM more.
  func obstacle(to vm: Int, on host: Int, demand: Amounts) -> Rule.ID? {
    if isIdle { return nil }
    return crowds.first { !permits(vm, on: host, $0) }?.rule
      ?? companies.first { !permits(vm, on: host, $0) }?.rule
      ?? caps.first { !permits(vm, on: host, $0, demand) }?.rule
  }

  /// Whether there is none.
  func permits(_ vm: Int, on host: Int, demand: Amounts) -> Bool {
    obstacle(to: vm, on: host, demand: demand) == nil
  }

  private func permits(_ vm: Int, on host: Int, _ cap: Cap, _ demand: Amounts) -> Bool {
    let needs = demand[cap.resource]
    return !cap.isMember[vm] || needs == 0 || !cap.hosts.contains(host) || cap.charges[vm] > 0
      || cap.total + needs <= cap.limit
  }

  private func permits(_ vm: Int, on host: Int, _ crowd: Crowd) -> Bool {
    guard crowd.isMember[vm] else { return true }
    let domain = crowd.domainOfHost[host]
    if crowd.most != nil, crowd.counts[domain] >= crowd.limits[domain] { return false }
    guard crowd.floor > 0 else { return true }
    var held = crowd.held
    if last[vm] != Self.nowhere, crowd.settled[crowd.domainOfHost[Int(last[vm])]] == 1 { held -= 1 }
    let isNew =
      crowd.settled[domain] == 0
      || (last[vm] != Self.nowhere && crowd.domainOfHost[Int(last[vm])] == domain
        && crowd.settled[domain] == 1)
    return held + (isNew ? 1 : 0) >= crowd.floor
  }

  private func permits(_ vm: Int, on host: Int, _ company: Company) -> Bool {
    let isMember = company.isMember[vm]
    let members = company.members[host] + (isMember ? 1 : 0)
    let others = residents[host] - company.members[host] + (isMember ? 0 : 1)
    if members == 0 || others == 0 { return true }
    return members <= company.limits.members[host] && others <= company.limits.others[host]
  }
}
