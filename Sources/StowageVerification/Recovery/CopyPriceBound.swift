import StowageModel

/// What prices prove of copies, as the guide *Recovery* states it: how many VMs no plan protects, and how much data on links no plan
/// spares that protects all it can.
struct CopyPriceBound {
  /// A VM that asks for a copy.
  private struct Demand {
    let vm: Int
    let failing: String
    /// The least rate that holds its objective at any interval, in MiB/s.
    let rate: Double
    let gib: Double
    let home: Int?
    /// Hosts that could take it.
    let hosts: [Int]
  }

  private let roster: Roster
  private let terms: RecoveryTerms
  private let rulebook: Rulebook
  private var channels: Channels
  private var demands: [Demand] = []
  /// The channels on ways to hosts that could take a copy, by name.
  private var channelNamed: [String: Channels.Channel] = [:]
  private let apart: StandingRules
  /// Of each host what is free beside who runs there; `nil` where nothing limits it.
  private let free: [[Int64?]]
  private let takesIn: [Bool]
  private let stores: [Set<String>]
  private let freeGiB: [String: Double]

  init(_ book: CopyBook, inventory: Inventory, roster: Roster) {
    self.roster = roster
    terms = book.plan.terms
    let rulebook = Rulebook(inventory, roster: roster)
    self.rulebook = rulebook
    apart = StandingRules(roster: roster, rulebook: rulebook)
    channels = Channels(inventory, roster: roster)
    free = roster.hosts.indices.map { host in
      Resource.allCases.map { resource in
        roster.capacity[host][resource].map { max(0, $0 - roster.startLoad[host][resource]) }
      }
    }
    takesIn = roster.hosts.indices.map { host in
      roster.hosts[host].isUsableAsTarget && rulebook.drained[host] == nil && !rulebook.closed.contains(host)
    }
    let reach = StoreReach(inventory.datastores)
    stores = roster.hosts.map { Set(reach.reached(by: $0)) }
    freeGiB = Dictionary(
      inventory.datastores.compactMap { store in
        store.capacityGiB.map { (store.id, max(0, $0 - (store.usedGiB ?? store.provisionedGiB ?? 0))) }
      }, uniquingKeysWith: { first, _ in first })
    let place = CopyPlace(
      roster: roster, rulebook: rulebook, eligibility: Eligibility(roster), terms: terms)
    let bound = rulebook.bindingsByVM(count: roster.vms.count)
    for vm in book.asking { demands.append(demand(vm, place, bound[vm])) }
  }

  // MARK: What could be

  private mutating func demand(_ vm: Int, _ place: CopyPlace, _ bound: [Int]) -> Demand {
    let row = roster.vms[vm]
    let objective = row.rpoSeconds ?? terms.defaultObjectiveSeconds
    let age = CopyAge(row, reduction: terms.reduction, overhead: terms.overhead)
    let wire = (1 - terms.reduction) * (1 + terms.overhead)
    let rate = (objective > 0 ? min(age.change, 2 * age.disk / objective) : age.change) * wire
    let gib = row.diskProvisionedGiB ?? row.diskUsedGiB ?? 32
    var hosts: [Int] = []
    if let home = roster.startHost[vm], isPossible(row, objective, age) {
      for host in roster.hosts.indices {
        guard place.objection(to: vm, at: home, on: host, bound) == nil, holds(host, vm, gib),
          row.powerState != .on || !apart.forbid(vm, on: host, failing: roster.hosts[home].site),
          let path = channels.path(from: home, to: host),
          path.allSatisfy({ payload($0).map { rate <= $0 * (1 + 1e-9) } ?? true })
        else { continue }
        hosts.append(host)
        for channel in path { channelNamed[channels.name(channel)] = channel }
      }
    }
    let home = roster.startHost[vm]
    return Demand(
      vm: vm, failing: home.flatMap { roster.hosts[$0].site } ?? "", rate: rate, gib: gib, home: home,
      hosts: hosts)
  }

  /// Whether any copy can be young enough, and any restart early enough.
  private func isPossible(_ vm: VM, _ objective: Double, _ age: CopyAge) -> Bool {
    let shortest: Double =
      switch terms.replicator {
      case .azureSiteRecovery, .zerto, .libvirt: 0
      case .hyperVReplica: 30
      case .vSphereReplication, .hcx: 150
      case .proxmox, .zfs: 60
      }
    guard objective > shortest else { return false }
    if terms.replicator == .azureSiteRecovery, age.change * 1.048576 > 54 * (1 + 1e-9) { return false }
    guard vm.powerState == .on, let most = vm.rtoSeconds else { return true }
    let first = terms.decisionSeconds + terms.promotionSeconds + terms.bootSeconds + terms.networkSeconds
    return first <= most + 0.01
  }

  /// Whether a host has room for one VM by itself, and a datastore for its disks.
  private func holds(_ host: Int, _ vm: Int, _ gib: Double) -> Bool {
    for resource in Resource.allCases where resource != .localDisk {
      if let left = free[host][resource.index], roster.demand[vm][resource] > left { return false }
    }
    guard !stores[host].isEmpty else {
      guard roster.hosts[host].datastores.isEmpty, let local = free[host][Resource.localDisk.index] else {
        return true
      }
      return gib <= Double(local) / 1_048_576 + 1e-6
    }
    return stores[host].contains { freeGiB[$0].map { gib <= $0 + 1e-6 } ?? true }
  }

  private func payload(_ channel: Channels.Channel) -> Double? {
    channels.copyPayload(channel, headroom: terms.headroom, sharedLinkPart: terms.sharedLinkPart)
  }

  // MARK: What prices prove

  /// VMs that no place can take, whatever the others do.
  var hopeless: Double { Double(demands.count { $0.hosts.isEmpty }) }

  /// So many VMs no plan protects; 0 for prices below zero or of what there is without limit.
  mutating func unprotected(_ prices: [RecoveryPlan.Price]) -> Double {
    guard let table = table(prices) else { return 0 }
    var paid = 0.0
    for demand in demands { paid += min(1, cheapest(demand, table, ofLinks: 0) ?? 1) }
    return max(0, paid - table.worth)
  }

  /// So much data on links, in MiB/s, sends every plan that protects all but the hopeless.
  mutating func traffic(_ prices: [RecoveryPlan.Price]) -> Double {
    guard let table = table(prices) else { return 0 }
    var paid = 0.0
    for demand in demands { paid += cheapest(demand, table, ofLinks: 1) ?? 0 }
    return max(0, paid - table.worth)
  }

  private struct Table {
    var perUnit: [RecoveryPlan.Price.Limit: Double] = [:]
    var ofChannel: [Channels.Channel: Double] = [:]
    var worth = 0.0

    subscript(_ limit: RecoveryPlan.Price.Limit) -> Double { perUnit[limit] ?? 0 }
  }

  private func table(_ prices: [RecoveryPlan.Price]) -> Table? {
    var table = Table()
    for price in prices {
      guard price.perUnit >= 0, price.perUnit.isFinite, table.perUnit[price.limit] == nil,
        let amount = amount(price.limit)
      else { return nil }
      table.perUnit[price.limit] = price.perUnit
      if case .channel(let name) = price.limit, let channel = channelNamed[name] {
        table.ofChannel[channel] = price.perUnit
      }
      table.worth += price.perUnit * amount
    }
    return table
  }

  /// How much there is; `nil` for what nothing limits or nobody knows.
  private func amount(_ limit: RecoveryPlan.Price.Limit) -> Double? {
    switch limit {
    case .room(let site, _, let resource):
      var sum = 0.0
      for host in roster.hosts.indices where roster.hosts[host].site == site && takesIn[host] {
        guard let left = free[host][resource.index] else { return nil }
        sum += Double(left)
      }
      return sum
    case .space(let store): return freeGiB[store]
    // Over a channel on no way nobody sends anything.
    case .channel(let name): return channelNamed[name].map(payload) ?? 0
    }
  }

  /// What a copy pays on the cheapest host that could take it, and so much for each MiB/s on each link; `nil` when none could.
  private mutating func cheapest(_ demand: Demand, _ table: Table, ofLinks: Double) -> Double? {
    guard let home = demand.home else { return nil }
    var least: Double?
    for host in demand.hosts {
      let site = roster.hosts[host].site ?? ""
      var paid = demand.gib * (stores[host].map { table[.space(datastore: $0)] }.min() ?? 0)
      for resource in Resource.allCases where resource != .localDisk {
        let price = table[.room(site: site, failing: demand.failing, resource)]
        paid += price * Double(roster.demand[demand.vm][resource])
      }
      for channel in channels.path(from: home, to: host) ?? [] {
        var price = table.ofChannel[channel] ?? 0
        if case .hop = channel { price += ofLinks }
        paid += demand.rate * price
      }
      least = min(least ?? .infinity, paid)
    }
    return least
  }
}

/// What hard rules forbid a VM that restarts because of those who ran at other sites all the time.
private struct StandingRules {
  let roster: Roster
  let rulebook: Rulebook
  private let entriesOfVM: [[Rulebook.Entry]]

  init(roster: Roster, rulebook: Rulebook) {
    self.roster = roster
    self.rulebook = rulebook
    var entries = [[Rulebook.Entry]](repeating: [], count: roster.vms.count)
    for entry in rulebook.hard {
      switch entry.meaning {
      case .apart(let group): for vm in group.members { entries[vm].append(entry) }
      case .spread(let group, _, _): for vm in group.members { entries[vm].append(entry) }
      case .groupCap(let cap): for vm in cap.members { entries[vm].append(entry) }
      // Everybody keeps away from those who keep to themselves; clusters guard whoever is there.
      case .dedicated, .failover: for vm in roster.vms.indices { entries[vm].append(entry) }
      default: break
      }
    }
    entriesOfVM = entries
  }

  func forbid(_ vm: Int, on host: Int, failing: String?) -> Bool {
    entriesOfVM[vm].contains { forbids($0, vm, host, failing) }
  }

  private func stays(_ vm: Int, _ failing: String?) -> Bool {
    roster.startHost[vm].map { roster.hosts[$0].site != failing } ?? false
  }

  private func forbids(_ entry: Rulebook.Entry, _ vm: Int, _ host: Int, _ failing: String?) -> Bool {
    switch entry.meaning {
    case .apart(let group):
      return group.members.contains { other in
        other != vm && stays(other, failing) && roster.vms[other].powerState == .on
          && roster.startHost[other].map { group.places.ofHost[$0] } == group.places.ofHost[host]
      }
    case .spread(let group, _, .some(let most)):
      return most
        <= group.members.count { other in
          stays(other, failing)
            && roster.startHost[other].map { group.places.ofHost[$0] } == group.places.ofHost[host]
        }
    case .dedicated(let list):
      let members = Set(list)
      let isMember = members.contains(vm)
      return roster.startResidents[host].contains { members.contains($0) != isMember }
    case .groupCap(let cap):
      let demand = roster.demand[vm][cap.resource]
      guard cap.hosts.contains(host), demand > 0 else { return false }
      let total = cap.members.reduce(Int64(0)) { sum, other in
        guard stays(other, failing), let there = roster.startHost[other], cap.hosts.contains(there) else {
          return sum
        }
        return sum + roster.demand[other][cap.resource]
      }
      return total + demand > cap.limit
    case .failover(let guarded): return exceeds(guarded, vm, host, failing)
    default: return false
    }
  }

  /// Whether the hosts of a cluster, without the largest that may fail, are too small by volume for those who run there and one more.
  private func exceeds(_ guarded: GuardedClusters, _ vm: Int, _ host: Int, _ failing: String?) -> Bool {
    guarded.clusters.contains { cluster in
      guard cluster.hosts.contains(host) else { return false }
      let hosts = cluster.hosts.filter { host in
        roster.hosts[host].site != failing
          && (roster.hosts[host].state == .online || !roster.startResidents[host].isEmpty)
      }
      let on = Set(hosts)
      return Resource.allCases.contains { resource in
        let demand = roster.demand[vm][resource]
        guard demand > 0, resource != .localDisk else { return false }
        var rooms: [Int: Int64] = [:]
        for host in hosts {
          guard roster.hosts[host].isUsableAsTarget else {
            rooms[host] = 0
            continue
          }
          guard let limit = roster.capacity[host][resource] else { return false }
          rooms[host] = limit
        }
        let units = cluster.units.map { unit in
          unit.reduce(Int64(0)) { $0 + (on.contains($1) ? rooms[$1] ?? 0 : 0) }
        }
        let lost = units.sorted(by: >).prefix(guarded.failures).reduce(0, +)
        let load = hosts.flatMap { roster.startResidents[$0] }.reduce(Int64(0)) { sum, other in
          sum + (roster.vms[other].powerState == .on ? roster.demand[other][resource] : 0)
        }
        return load + demand > rooms.values.reduce(0, +) - lost
      }
    }
  }
}
