public import StowageModel

/// Finds the fewest hosts that can hold all VMs by trying: every set of hosts in order of size, and
/// for each set every way to place the VMs. It knows CPU, memory, slots and all rules but failover.
///
/// It shares nothing with the planner; for tests of up to eight hosts and twenty VMs.
public struct FewestHosts {
  /// What trying everything says.
  public enum Answer: Equatable {
    /// The fewest hosts that hold a VM.
    case hosts(Int)
    /// No placement exists.
    case none
    /// More tries than allowed.
    case tooMany
  }

  private let inventory: Inventory
  private let hosts: [Host]
  private let vms: [VM]
  private let startOf: [Int]
  private var tries = 0
  private let limit: Int

  // What a try asks, as sets of bits: hundreds of thousands of tries in a debug build stand no more.
  /// For each VM the hosts where it may be.
  private let mayBeOn: [UInt64]
  private let need: [(cores: Double, memoryMiB: Double)]
  private let room: [(cores: Double, memoryMiB: Double, slots: Int)]
  /// Hard rules of VMs apart: who, and for each host the hosts of its domain.
  private let apart: [(vms: UInt64, domain: [UInt64])]
  /// The members of each hard rule of hosts of their own.
  private let dedicated: [UInt64]

  /// An oracle for an inventory whose VMs all have a host.
  public init(_ inventory: Inventory, limit: Int = 3_000_000) {
    self.inventory = inventory
    self.limit = limit
    let hosts = inventory.hosts
    let vms = inventory.vms.sorted {
      ($0.powerState == .on ? $0.memoryMiB : 0, $0.id) > ($1.powerState == .on ? $1.memoryMiB : 0, $1.id)
    }
    precondition(hosts.count <= 64 && vms.count <= 64, "the oracle's sets have 64 bits")
    let startOf = vms.map { vm in hosts.firstIndex { $0.id == vm.host } ?? -1 }
    mayBeOn = vms.indices.map { vm in
      Self.set(of: hosts.indices) {
        Self.mayBe(vms[vm], on: hosts[$0], isStart: $0 == startOf[vm], under: inventory.rules)
      }
    }
    need = vms.map { $0.powerState == .on ? ($0.vCPUs, $0.memoryMiB) : (0, 0) }
    room = hosts.map { ($0.cores * ($0.cpuOvercommitRatio ?? 1), $0.memoryMiB, $0.maxVMs ?? .max) }
    apart = inventory.rules.compactMap { rule in
      guard rule.isHard, case .antiAffinity(let apart) = rule.requirement else { return nil }
      let domains = hosts.indices.map { Self.domain(of: hosts[$0], at: $0, apart.scope) }
      return (
        Self.set(of: vms.indices) { apart.vms.includes(vms[$0]) },
        domains.map { own in Self.set(of: hosts.indices) { domains[$0] == own } }
      )
    }
    dedicated = inventory.rules.compactMap { rule in
      guard rule.isHard, case .dedicated(let own) = rule.requirement else { return nil }
      return Self.set(of: vms.indices) { own.vms.includes(vms[$0]) }
    }
    self.hosts = hosts
    self.vms = vms
    self.startOf = startOf
  }

  /// Tries everything.
  public mutating func answer() -> Answer {
    let kept = keptOn.reduce(0) { $0 | (1 << $1) }
    let masks = (0..<(1 << hosts.count)).filter { $0 & kept == kept }
      .sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }
    for mask in masks {
      var placement = [Int](repeating: -1, count: vms.count)
      var residents = [UInt64](repeating: 0, count: hosts.count)
      if place(0, UInt64(mask), &placement, &residents) {
        return .hosts(Set(placement).union(keptOn).count)
      }
      if tries > limit { return .tooMany }
    }
    return .none
  }

  private mutating func place(
    _ position: Int, _ mask: UInt64, _ placement: inout [Int], _ residents: inout [UInt64]
  ) -> Bool {
    tries += 1
    if tries > limit { return false }
    guard position < vms.count else { return affinitiesHold(placement) && placementRulesHold(placement) }
    var open = mayBeOn[position] & mask
    while open != 0 {
      let host = open.trailingZeroBitCount
      open &= open - 1
      placement[position] = host
      residents[host] |= 1 << position
      if fits(residents[host], host), apartHolds(position, host, residents),
        companyHolds(position, residents[host]), place(position + 1, mask, &placement, &residents)
      {
        return true
      }
      placement[position] = -1
      residents[host] &= ~(1 << position)
    }
    return false
  }

  private static func set(of indices: Range<Int>, where holds: (Int) -> Bool) -> UInt64 {
    indices.reduce(0) { $0 | (holds($1) ? 1 << $1 : 0) }
  }

  private static func mayBe(_ vm: VM, on host: Host, isStart: Bool, under rules: [Rule]) -> Bool {
    for rule in rules {
      switch rule.requirement {
      case .drain(let drain) where drain.hosts.includes(host): return false
      case .onlyOn(let only) where only.vms.includes(vm) && !only.hosts.includes(host): return false
      case .neverOn(let never) where never.vms.includes(vm) && never.hosts.includes(host): return false
      case .noNew(let closed) where closed.hosts.includes(host) && rule.isHard && !isStart: return false
      case .stay(let stay) where stay.vms.includes(vm) && !isStart: return false
      default: break
      }
    }
    if isStart { return true }
    let cannotMove = vm.isMovable == false || !vm.blockers.isDisjoint(with: [.passthrough, .snapshot])
    return host.isUsableAsTarget && !cannotMove
  }

  private func fits(_ residents: UInt64, _ host: Int) -> Bool {
    var cores = 0.0
    var memoryMiB = 0.0
    var rest = residents
    while rest != 0 {
      let vm = rest.trailingZeroBitCount
      rest &= rest - 1
      cores += need[vm].cores
      memoryMiB += need[vm].memoryMiB
    }
    return cores <= room[host].cores && memoryMiB <= room[host].memoryMiB
      && residents.nonzeroBitCount <= room[host].slots
  }

  private static func domain(of host: Host, at index: Int, _ scope: Scope) -> String {
    host.domain(scope) ?? "\u{0}\(index)"
  }

  private func domain(_ host: Int, _ scope: Scope) -> String {
    Self.domain(of: hosts[host], at: host, scope)
  }

  private func apartHolds(_ moved: Int, _ host: Int, _ residents: [UInt64]) -> Bool {
    let others = ~(UInt64(1) << moved)
    for rule in apart where rule.vms & (1 << moved) != 0 {
      var domain = rule.domain[host]
      while domain != 0 {
        if residents[domain.trailingZeroBitCount] & rule.vms & others != 0 { return false }
        domain &= domain - 1
      }
    }
    return true
  }

  private func affinitiesHold(_ placement: [Int]) -> Bool {
    inventory.rules.allSatisfy { rule in
      guard rule.isHard, case .affinity(let together) = rule.requirement else { return true }
      return Set(
        vms.indices.filter { together.vms.includes(vms[$0]) }.map { domain(placement[$0], together.scope) }
      ).count <= 1
    }
  }

  /// Whether the VM just placed shares its host with nobody that a hard `dedicated` keeps away.
  private func companyHolds(_ moved: Int, _ residents: UInt64) -> Bool {
    for members in dedicated {
      let strangers = members & (1 << moved) != 0 ? ~members : members
      if residents & strangers != 0 { return false }
    }
    return true
  }

  /// Online hosts that a hard `keep_on` keeps on.
  private var keptOn: [Int] {
    hosts.indices.filter { host in
      hosts[host].state == .online
        && inventory.rules.contains { rule in
          if rule.isHard, case .keepOn(let keep) = rule.requirement {
            keep.hosts.includes(hosts[host])
          } else {
            false
          }
        }
    }
  }

  /// Spreads, caps and limits on moves, once everybody is placed.
  private func placementRulesHold(_ placement: [Int]) -> Bool {
    let moved = vms.indices.filter { placement[$0] != startOf[$0] }
    return inventory.rules.allSatisfy { rule in
      guard rule.isHard else { return true }
      switch rule.requirement {
      case .spread(let spread):
        let domains = vms.indices.filter { spread.vms.includes(vms[$0]) }
          .map { domain(placement[$0], spread.scope) }
        let counts = Dictionary(grouping: domains) { $0 }.mapValues(\.count)
        return domains.isEmpty
          || (counts.count >= spread.minDomains ?? 1
            && counts.values.allSatisfy { $0 <= spread.maxPerDomain ?? .max })
      case .groupCap(let cap):
        precondition(cap.resource == .slots, "the oracle counts caps on VMs only")
        let count = vms.indices.count {
          cap.vms.includes(vms[$0]) && cap.hosts.includes(hosts[placement[$0]])
        }
        return Double(count) <= cap.limit
      case .maxMoves(let most): return moved.count { most.vms.includes(vms[$0]) } <= most.limit
      case .moveBudget(let budget):
        let sum = moved.reduce(0) { $0 + (budget.vms.includes(vms[$1]) ? vms[$1].memoryMiB : 0) }
        return sum <= budget.limitMiB
      default: return true
      }
    }
  }
}
