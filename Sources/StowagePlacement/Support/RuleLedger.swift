import StowageFleet
import StowageModel

/// Counts, while VMs come and go, what breaches of rules cost that no single host decides: `spread`,
/// `dedicated`, `group_cap` and, where they are soft, every kind that is weighed.
///
/// One ledger holds the hard rules, each breach at 1, for searches that pass through broken states; one
/// the soft rules at their weights. Breaches are counted as the guide *Soft rules* says, save that a
/// hard `group_cap` grows with its excess, so that a search feels the way down.
struct RuleLedger: Sendable {
  /// A VM that goes from one host to another; `nowhere` for one that comes or goes for good.
  struct Shift {
    var vm: Int
    var from: Int
    var to: Int
  }

  /// Stands in a ``Shift`` for no host.
  static let nowhere = -1

  private struct Crowd: Sendable {
    let rule: Rule.ID
    let isMember: [Bool]
    let domainOfHost: [Int]
    let most: Int32
    let least: Int
    let weight: Double
    var counts: [Int32]
    var held = 0
    var size = 0
  }

  private struct Flock: Sendable {
    let rule: Rule.ID
    let isMember: [Bool]
    let domainOfHost: [Int]
    let weight: Double
    var counts: [Int32]
  }

  private struct Company: Sendable {
    let rule: Rule.ID
    let isMember: [Bool]
    let weight: Double
    var members: [Int32]
  }

  private struct Cap: Sendable {
    let rule: Rule.ID
    let isMember: [Bool]
    let hosts: HostSet
    let demand: [Int64]
    let limit: Int64
    /// What counts as one breach more; 0 when any excess is one.
    let step: Int64
    let weight: Double
    var total: Int64 = 0
  }

  private struct Wish: Sendable {
    let rule: Rule.ID
    /// Empty for everybody.
    let isMember: [Bool]
    let hosts: HostSet
    let acceptsStart: Bool
    let weight: Double
  }

  private let start: [Int]
  private var crowds: [Crowd] = []
  private var flocks: [Flock] = []
  private var companies: [Company] = []
  private var caps: [Cap] = []
  private var wishes: [Wish] = []
  /// What it costs that a host is empty.
  private var emptyCost: [Double] = []
  private var residents: [Int32]
  /// What all breaches cost now.
  private(set) var cost = 0.0
  /// Whether there is no rule to count.
  let isIdle: Bool

  /// The hard rules, with nobody anywhere.
  static func hard(_ fleet: Fleet) -> RuleLedger {
    RuleLedger(fleet, isHard: true, emptied: HostSet(universe: fleet.hosts.count))
  }

  /// The soft rules, with nobody anywhere. `emptied` are the hosts that go off when they hold nobody.
  static func soft(_ fleet: Fleet, emptied: HostSet) -> RuleLedger {
    RuleLedger(fleet, isHard: false, emptied: emptied)
  }

  private init(_ fleet: Fleet, isHard: Bool, emptied: HostSet) {
    start = fleet.start
    let nobody = [Int32](repeating: 0, count: fleet.hosts.count)
    residents = nobody
    let reader = LedgerReader(fleet: fleet, isHard: isHard)
    crowds = fleet.spreads.filter { $0.isHard == isHard }.map { group in
      let map = fleet.domains(group.scope)
      return Crowd(
        rule: group.rule, isMember: reader.flags(group.members), domainOfHost: map.domainOfHost,
        most: Int32(min(group.maxPerDomain ?? .max, Int(Int32.max))), least: group.minDomains ?? 0,
        weight: reader.weight(group.weight), counts: Array(repeating: 0, count: map.count))
    }
    companies = fleet.dedications.filter { $0.isHard == isHard }.map { group in
      Company(
        rule: group.rule, isMember: reader.flags(group.members), weight: reader.weight(group.weight),
        members: nobody)
    }
    caps = fleet.hostCaps.filter { $0.isHard == isHard }.map { cap in
      let demand = fleet.demand.map { $0[cap.resource] }
      let largest = cap.members.map { demand[$0] }.max() ?? 0
      return Cap(
        rule: cap.rule, isMember: reader.flags(cap.members), hosts: cap.hosts, demand: demand,
        limit: cap.limit,
        step: isHard ? max(1, largest) : 0, weight: reader.weight(cap.weight))
    }
    if !isHard {
      for group in fleet.antiAffinities where !group.isHard {
        let map = fleet.domains(group.scope)
        crowds.append(
          Crowd(
            rule: group.rule, isMember: reader.flags(group.members), domainOfHost: map.domainOfHost, most: 1,
            least: 0,
            weight: group.weight, counts: Array(repeating: 0, count: map.count)))
      }
      flocks = fleet.affinities.filter { !$0.isHard }.map { group in
        let map = fleet.domains(group.scope)
        return Flock(
          rule: group.rule, isMember: reader.flags(group.members), domainOfHost: map.domainOfHost,
          weight: group.weight, counts: Array(repeating: 0, count: map.count))
      }
      wishes = fleet.preferences.map { wish in
        Wish(
          rule: wish.rule, isMember: wish.members.map(reader.flags) ?? [], hosts: wish.hosts,
          acceptsStart: wish.acceptsStart, weight: wish.weight)
      }
      if fleet.keptOn.contains(where: { !$0.isHard }) {
        emptyCost = fleet.hosts.indices.map { host in
          guard emptied.contains(host), !fleet.countsAsOn.contains(host) else { return 0 }
          return fleet.keptOn.reduce(0) { $0 + (!$1.isHard && $1.hosts.contains(host) ? $1.weight : 0) }
        }
      }
    }
    isIdle =
      crowds.isEmpty && flocks.isEmpty && companies.isEmpty && caps.isEmpty && wishes.isEmpty
      && emptyCost.isEmpty
    cost = emptyCost.reduce(0, +)
  }

  /// Whether nothing is broken.
  var isKept: Bool { cost < 0.5 }

  // MARK: Changes

  /// The same with each VM on the given host.
  func filled(_ placement: [Int]) -> RuleLedger {
    guard !isIdle else { return self }
    var filled = self
    for (vm, host) in placement.enumerated() { filled.enter(vm, host) }
    return filled
  }

  mutating func enter(_ vm: Int, _ host: Int) {
    apply(Shift(vm: vm, from: Self.nowhere, to: host))
  }

  mutating func leave(_ vm: Int, _ host: Int) {
    apply(Shift(vm: vm, from: host, to: Self.nowhere))
  }

  private mutating func apply(_ shift: Shift) {
    guard !isIdle else { return }
    cost += change([shift])
    for (host, change) in [(shift.from, Int32(-1)), (shift.to, 1)] where host != Self.nowhere {
      record(shift.vm, host, change)
    }
  }

  private mutating func record(_ vm: Int, _ host: Int, _ change: Int32) {
    residents[host] += change
    for index in crowds.indices where crowds[index].isMember[vm] {
      let domain = crowds[index].domainOfHost[host]
      crowds[index].counts[domain] += change
      crowds[index].size += Int(change)
      if change > 0, crowds[index].counts[domain] == 1 { crowds[index].held += 1 }
      if change < 0, crowds[index].counts[domain] == 0 { crowds[index].held -= 1 }
    }
    for index in flocks.indices where flocks[index].isMember[vm] {
      flocks[index].counts[flocks[index].domainOfHost[host]] += change
    }
    for index in companies.indices where companies[index].isMember[vm] {
      companies[index].members[host] += change
    }
    for index in caps.indices where caps[index].isMember[vm] && caps[index].hosts.contains(host) {
      caps[index].total += Int64(change) * caps[index].demand[vm]
    }
  }

  // MARK: Questions

  /// What shifts made together add to the cost.
  func change(_ shifts: [Shift]) -> Double {
    guard !isIdle else { return 0 }
    var change = 0.0
    for crowd in crowds { change += Self.change(shifts, crowd) }
    for flock in flocks { change += Self.change(shifts, flock) }
    for cap in caps { change += Self.change(shifts, cap) }
    for wish in wishes {
      for shift in shifts { change += cost(shift.vm, shift.to, wish) - cost(shift.vm, shift.from, wish) }
    }
    if !companies.isEmpty || !emptyCost.isEmpty { change += changeOnHosts(shifts) }
    return change
  }

  /// The rules of which adding a VM on a host is a new breach, the least number of domains apart.
  func obstacles(to vm: Int, on host: Int) -> [Rule.ID] {
    if isIdle { return [] }
    let crowded = crowds.filter { $0.isMember[vm] && $0.counts[$0.domainOfHost[host]] >= $0.most }
    let mixed = companies.filter { company in
      company.isMember[vm] ? residents[host] != company.members[host] : company.members[host] > 0
    }
    let exceeded = caps.filter { cap in
      cap.isMember[vm] && cap.hosts.contains(host) && cap.demand[vm] > 0
        && cap.total + cap.demand[vm] > cap.limit
    }
    return crowded.map(\.rule) + mixed.map(\.rule) + exceeded.map(\.rule)
  }

  /// Whether there are none.
  func permits(_ vm: Int, on host: Int) -> Bool {
    obstacles(to: vm, on: host).isEmpty
  }

  /// The rules with a breach that a VM is part of.
  func breaches(of vm: Int, on host: Int) -> [Rule.ID] {
    let crowded = crowds.filter { crowd in
      guard crowd.isMember[vm] else { return false }
      let here = crowd.counts[crowd.domainOfHost[host]]
      return here > crowd.most || (crowd.held < crowd.least && here > 1)
    }
    let scattered = flocks.filter { $0.isMember[vm] && $0.counts.count { $0 > 0 } > 1 }
    let mixed = companies.filter { $0.members[host] > 0 && residents[host] > $0.members[host] }
    let exceeded = caps.filter { $0.isMember[vm] && $0.hosts.contains(host) && $0.total > $0.limit }
    let unhappy = wishes.filter { cost(vm, host, $0) > 0 }
    return crowded.map(\.rule) + scattered.map(\.rule) + mixed.map(\.rule) + exceeded.map(\.rule)
      + unhappy.map(\.rule)
  }

  /// Whether there are any.
  func isCulprit(_ vm: Int, on host: Int) -> Bool {
    !breaches(of: vm, on: host).isEmpty
  }

  // MARK: Kinds

  private static func change(_ shifts: [Shift], _ crowd: Crowd) -> Double {
    guard shifts.contains(where: { crowd.isMember[$0.vm] }) else { return 0 }
    var deltas: [(domain: Int, change: Int32)] = []
    var size = crowd.size
    for shift in shifts where crowd.isMember[shift.vm] {
      if shift.from != nowhere { add(-1, to: crowd.domainOfHost[shift.from], &deltas) }
      if shift.to != nowhere { add(1, to: crowd.domainOfHost[shift.to], &deltas) }
      size += (shift.to == nowhere ? 0 : 1) - (shift.from == nowhere ? 0 : 1)
    }
    var breaches = 0
    var held = crowd.held
    for (domain, change) in deltas {
      let (before, after) = (crowd.counts[domain], crowd.counts[domain] + change)
      breaches += Int(max(0, after - crowd.most)) - Int(max(0, before - crowd.most))
      held += (after > 0 ? 1 : 0) - (before > 0 ? 1 : 0)
    }
    breaches += missing(held, of: crowd.least, size) - missing(crowd.held, of: crowd.least, crowd.size)
    return crowd.weight * Double(breaches)
  }

  /// A rule without members is kept.
  private static func missing(_ held: Int, of least: Int, _ size: Int) -> Int {
    size == 0 ? 0 : max(0, least - held)
  }

  private static func change(_ shifts: [Shift], _ flock: Flock) -> Double {
    guard shifts.contains(where: { flock.isMember[$0.vm] }) else { return 0 }
    var after = flock.counts
    for shift in shifts where flock.isMember[shift.vm] {
      if shift.from != nowhere { after[flock.domainOfHost[shift.from]] -= 1 }
      if shift.to != nowhere { after[flock.domainOfHost[shift.to]] += 1 }
    }
    return flock.weight * Double(strays(after) - strays(flock.counts))
  }

  private static func strays(_ counts: [Int32]) -> Int32 {
    counts.reduce(0, +) - (counts.max() ?? 0)
  }

  private static func change(_ shifts: [Shift], _ cap: Cap) -> Double {
    var total = cap.total
    for shift in shifts where cap.isMember[shift.vm] {
      if shift.from != nowhere, cap.hosts.contains(shift.from) { total -= cap.demand[shift.vm] }
      if shift.to != nowhere, cap.hosts.contains(shift.to) { total += cap.demand[shift.vm] }
    }
    guard total != cap.total else { return 0 }
    return cap.weight * (breaches(total, cap) - breaches(cap.total, cap))
  }

  private static func breaches(_ total: Int64, _ cap: Cap) -> Double {
    guard total > cap.limit else { return 0 }
    return cap.step == 0 ? 1 : Double((total - cap.limit + cap.step - 1) / cap.step)
  }

  private func cost(_ vm: Int, _ host: Int, _ wish: Wish) -> Double {
    guard host != Self.nowhere, wish.isMember.isEmpty || wish.isMember[vm], !wish.hosts.contains(host) else {
      return 0
    }
    return wish.acceptsStart && start[vm] == host ? 0 : wish.weight
  }

  private func changeOnHosts(_ shifts: [Shift]) -> Double {
    var deltas: [(domain: Int, change: Int32)] = []
    for shift in shifts {
      if shift.from != Self.nowhere { Self.add(-1, to: shift.from, &deltas) }
      if shift.to != Self.nowhere { Self.add(1, to: shift.to, &deltas) }
    }
    var change = 0.0
    for (host, delta) in deltas {
      let after = residents[host] + delta
      if !emptyCost.isEmpty {
        change += (after == 0 ? emptyCost[host] : 0) - (residents[host] == 0 ? emptyCost[host] : 0)
      }
      for company in companies {
        var members = company.members[host]
        for shift in shifts where company.isMember[shift.vm] {
          members += (shift.to == host ? 1 : 0) - (shift.from == host ? 1 : 0)
        }
        let before = min(company.members[host], residents[host] - company.members[host])
        change += company.weight * Double(min(members, after - members) - before)
      }
    }
    return change
  }

  private static func add(_ change: Int32, to domain: Int, _ deltas: inout [(domain: Int, change: Int32)]) {
    if let index = deltas.firstIndex(where: { $0.domain == domain }) {
      deltas[index].change += change
    } else {
      deltas.append((domain, change))
    }
  }
}

/// What the parts of a ledger are made with.
private struct LedgerReader {
  let fleet: Fleet
  let isHard: Bool

  /// Whether each VM is a member.
  func flags(_ members: [Int]) -> [Bool] {
    var flags = [Bool](repeating: false, count: fleet.vms.count)
    for member in members { flags[member] = true }
    return flags
  }

  func weight(_ weight: Double) -> Double { isHard ? 1 : weight }
}
