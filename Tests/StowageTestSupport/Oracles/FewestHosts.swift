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
  private let isDrained: [Bool]
  private var tries = 0
  private let limit: Int

  /// An oracle for an inventory whose VMs all have a host.
  public init(_ inventory: Inventory, limit: Int = 3_000_000) {
    self.inventory = inventory
    self.limit = limit
    hosts = inventory.hosts
    vms = inventory.vms.sorted {
      ($0.powerState == .on ? $0.memoryMiB : 0, $0.id) > ($1.powerState == .on ? $1.memoryMiB : 0, $1.id)
    }
    startOf = vms.map { vm in inventory.hosts.firstIndex { $0.id == vm.host } ?? -1 }
    isDrained = inventory.hosts.map { host in
      inventory.rules.contains {
        if case .drain(let drain) = $0.requirement { drain.hosts.includes(host) } else { false }
      }
    }
  }

  /// Tries everything.
  public mutating func answer() -> Answer {
    let kept = keptOn.reduce(0) { $0 | (1 << $1) }
    let masks = (0..<(1 << hosts.count)).filter { $0 & kept == kept }
      .sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }
    for mask in masks {
      var placement = [Int](repeating: -1, count: vms.count)
      if place(0, mask, &placement) { return .hosts(Set(placement).union(keptOn).count) }
      if tries > limit { return .tooMany }
    }
    return .none
  }

  private mutating func place(_ position: Int, _ mask: Int, _ placement: inout [Int]) -> Bool {
    tries += 1
    if tries > limit { return false }
    guard position < vms.count else { return affinitiesHold(placement) && placementRulesHold(placement) }
    for host in hosts.indices where mask & (1 << host) != 0 && mayBe(position, host) {
      placement[position] = host
      if fits(host, placement), apartHolds(position, placement), companyHolds(position, placement),
        place(position + 1, mask, &placement)
      {
        return true
      }
      placement[position] = -1
    }
    return false
  }

  private func mayBe(_ vm: Int, _ host: Int) -> Bool {
    if isDrained[host] { return false }
    for rule in inventory.rules {
      switch rule.requirement {
      case .onlyOn(let only) where only.vms.includes(vms[vm]) && !only.hosts.includes(hosts[host]):
        return false
      case .neverOn(let never) where never.vms.includes(vms[vm]) && never.hosts.includes(hosts[host]):
        return false
      case .noNew(let closed) where closed.hosts.includes(hosts[host]) && rule.isHard && host != startOf[vm]:
        return false
      case .stay(let stay) where stay.vms.includes(vms[vm]) && host != startOf[vm]: return false
      default: break
      }
    }
    if host == startOf[vm] { return true }
    let cannotMove =
      vms[vm].isMovable == false || !vms[vm].blockers.isDisjoint(with: [.passthrough, .snapshot])
    return hosts[host].isUsableAsTarget && !cannotMove
  }

  private func fits(_ host: Int, _ placement: [Int]) -> Bool {
    var cores = 0.0
    var memory = 0.0
    var slots = 0
    for vm in vms.indices where placement[vm] == host {
      slots += 1
      guard vms[vm].powerState == .on else { continue }
      cores += vms[vm].vCPUs
      memory += vms[vm].memoryMiB
    }
    let ratio = hosts[host].cpuOvercommitRatio ?? 1
    return cores <= hosts[host].cores * ratio && memory <= hosts[host].memoryMiB
      && slots <= hosts[host].maxVMs ?? .max
  }

  private func domain(_ host: Int, _ scope: Scope) -> String {
    hosts[host].domain(scope) ?? "\u{0}\(host)"
  }

  private func apartHolds(_ moved: Int, _ placement: [Int]) -> Bool {
    inventory.rules.allSatisfy { rule in
      guard rule.isHard, case .antiAffinity(let apart) = rule.requirement, apart.vms.includes(vms[moved])
      else {
        return true
      }
      return vms.indices.allSatisfy { other in
        other == moved || placement[other] < 0 || !apart.vms.includes(vms[other])
          || domain(placement[other], apart.scope) != domain(placement[moved], apart.scope)
      }
    }
  }

  private func affinitiesHold(_ placement: [Int]) -> Bool {
    inventory.rules.allSatisfy { rule in
      guard rule.isHard, case .affinity(let together) = rule.requirement else { return true }
      return Set(
        vms.indices.filter { together.vms.includes(vms[$0]) }.map { domain(placement[$0], together.scope) }
      ).count <= 1
    }
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

  /// Whether the VM just placed shares its host with nobody that a hard `dedicated` keeps away.
  private func companyHolds(_ moved: Int, _ placement: [Int]) -> Bool {
    inventory.rules.allSatisfy { rule in
      guard rule.isHard, case .dedicated(let own) = rule.requirement else { return true }
      let isMember = own.vms.includes(vms[moved])
      return vms.indices.allSatisfy {
        placement[$0] != placement[moved] || own.vms.includes(vms[$0]) == isMember
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
