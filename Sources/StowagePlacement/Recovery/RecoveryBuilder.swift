import StowageCosts
import StowageFleet
import StowageModel

/// Sorts the VMs that state an objective into those that some place can take and those that none can, with the reason.
struct RecoveryBuilder {
  private let fleet: Fleet
  private let inventory: Inventory
  private let terms: RecoveryTerms
  let sites: [String]
  let siteOfHost: [Int?]
  let storage: RecoveryStorage
  let payload: [Double?]
  let free: [Amounts]
  let routes: RecoveryRoutes
  private(set) var items: [RecoveryProblem.Item] = []
  private(set) var refusals: [RecoveryPlan.Refusal] = []
  /// How many of these another interval might spare.
  private(set) var openRefusals = 0
  private(set) var apart: [RecoveryProblem.Apart] = []
  private(set) var wanted: [Int: Double] = [:]
  private(set) var rules: RestartRules

  init(_ fleet: Fleet, inventory: Inventory, terms: RecoveryTerms) {
    self.fleet = fleet
    self.inventory = inventory
    self.terms = terms
    routes = RecoveryRoutes(fleet)
    let sites = Set(fleet.hosts.compactMap(\.site)).sorted()
    self.sites = sites
    siteOfHost = fleet.hosts.map { host in host.site.flatMap { sites.firstIndex(of: $0) } }
    rules = RestartRules(fleet, siteOfHost: siteOfHost, sites: sites.count)
    storage = RecoveryStorage(fleet, datastores: inventory.datastores)
    payload = Self.payloads(fleet, inventory.links, terms)
    free = fleet.hosts.indices.map { host in
      var left = Amounts.zero
      for resource in Resource.allCases {
        let limit = fleet.limits[host][resource]
        left[resource] =
          limit == Fleet.noLimit ? limit : max(0, limit - fleet.startLoad[host][resource])
      }
      return left
    }
  }

  /// Ports carry what a migration's payload rate says; links what replication gets of them.
  private static func payloads(_ fleet: Fleet, _ links: [Link], _ terms: RecoveryTerms) -> [Double?] {
    fleet.network.channels.enumerated().map { index, channel in
      guard let gbps = channel.gbps else { return nil }
      guard index >= 2 * fleet.hosts.count else { return PayloadRate.mibPerSecond(gbps: gbps) }
      let link = links[(index - 2 * fleet.hosts.count) / 2]
      let part = link.isShared == true ? terms.sharedLinkPart : 1
      return part * ReplicationLink.mibPerSecond(gbps: gbps, headroom: terms.headroom)
    }
  }

  mutating func build() {
    let asking = fleet.vms.indices.filter {
      fleet.vms[$0].rpoSeconds != nil || fleet.vms[$0].rtoSeconds != nil
    }
    let order = asking.sorted { RestartRank(fleet.vms[$0]) < RestartRank(fleet.vms[$1]) }
    let places = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0 + 1) })
    for vm in asking {
      if let refusal = add(vm, order: places[vm] ?? 0) { refusals.append(refusal) }
    }
    let homeless = Set(fleet.unplaced)
    for vm in inventory.vms
    where homeless.contains(vm.id) && (vm.rpoSeconds != nil || vm.rtoSeconds != nil) {
      refusals.append(
        RecoveryPlan.Refusal(
          vm: vm.id, because: "it has no host, so that nobody knows where its data is",
          remedy: "say on which host it is"))
    }
    group()
    separate()
    for item in items where fleet.vms[item.vm].powerState == .on { rules.expect(item.vm, failing: item.site) }
  }

  // MARK: One VM

  private mutating func add(_ index: Int, order: Int) -> RecoveryPlan.Refusal? {
    let vm = fleet.vms[index]
    func refusal(_ because: String, _ remedy: String) -> RecoveryPlan.Refusal {
      RecoveryPlan.Refusal(vm: vm.id, because: because, remedy: remedy)
    }
    guard let site = siteOfHost[fleet.start[index]] else {
      return refusal("its host is in no site", "say in which site its host stands")
    }
    if let (because, remedy) = ReplicaFeasibility.objection(to: vm, by: terms.replicator) {
      return refusal(because, remedy)
    }
    let stream = ReplicationStream(vm, reduction: terms.reduction, overhead: terms.overhead)
    let objective = vm.rpoSeconds ?? terms.defaultObjectiveSeconds
    guard let interval = terms.replicator.intervals.interval(objective: objective) else {
      return refusal(
        "its RPO of \(Figure.seconds(objective)) is shorter than \(terms.replicator.name) copies"
          + " (every \(Figure.seconds(terms.replicator.intervals.shortest)))",
        "choose a replicator that copies without a break, or a longer RPO")
    }
    if let exceeded = terms.replicator.limitsExceeded(vm: vm.id.rawValue, by: stream).first {
      return refusal(exceeded.reason, exceeded.limit.remedy)
    }
    let allowance = allowance(vm)
    if allowance == .tooLate {
      let first = terms.restart(rank: 0).ready
      return refusal(
        "its RTO of \(Figure.seconds(vm.rtoSeconds ?? 0)) is shorter than the first restart takes"
          + " (\(Figure.seconds(first)) with the decision and the network)",
        "decide faster, keep it running at two sites by its own clustering, or ask for a longer RTO")
    }
    var item = RecoveryProblem.Item(
      vm: index, site: site,
      rate: stream.leastMiBPerSecond(objective: objective, interval: interval), interval: interval,
      diskGiB: vm.diskProvisionedGiB ?? vm.diskUsedGiB ?? UnknownConstants().diskMiB / 1024,
      demand: restartDemand(index), mostBefore: allowance.mostBefore, order: order, candidates: [])
    var search = RecoveryCandidates(fleet, storage, siteOfHost, payload, free, routes, rules)
    item.candidates = search.hosts(for: item, terms: terms, vms: fleet.vms, rules: fleet.antiAffinities)
    if !item.candidates.isEmpty {
      items.append(item)
      return nil
    }
    if hasPlaceAtLeastRate(item, stream, objective) { openRefusals += 1 }
    if let channel = search.tightest, let link = wantedLink(channel, rate: item.rate) {
      return refusal(link.because, link.remedy)
    }
    return refusal(search.reason(sites: sites.count), search.remedy)
  }

  /// Whether some host could take a VM if the best of all intervals were to be had.
  private func hasPlaceAtLeastRate(
    _ item: RecoveryProblem.Item, _ stream: ReplicationStream, _ objective: Double
  ) -> Bool {
    let rate = stream.leastMiBPerSecond(objective: objective)
    guard rate < item.rate * (1 - 1e-9) else { return false }
    var search = RecoveryCandidates(fleet, storage, siteOfHost, payload, free, routes, rules)
    let easier = RecoveryProblem.Item(
      vm: item.vm, site: item.site, rate: rate, interval: item.interval, diskGiB: item.diskGiB,
      demand: item.demand, mostBefore: item.mostBefore, order: item.order, candidates: [])
    return !search.hosts(for: easier, terms: terms, vms: fleet.vms, rules: fleet.antiAffinities).isEmpty
  }

  private mutating func wantedLink(_ channel: Int, rate: Double) -> (because: String, remedy: String)? {
    guard let carried = payload[channel], carried < rate else { return nil }
    let name = fleet.network.channels[channel].name
    let gbps = (fleet.network.channels[channel].gbps ?? 0) * rate / max(carried, 1e-9)
    if channel >= 2 * fleet.hosts.count {
      wanted[(channel - 2 * fleet.hosts.count) / 2, default: 0] = max(
        wanted[(channel - 2 * fleet.hosts.count) / 2] ?? 0, gbps)
    }
    return (
      "its RPO asks for \(Figure.rate(rate)) and '\(name)' gives copies \(Figure.rate(carried))",
      "at least \(Figure.bandwidth(gbps)) would do, or a longer RPO"
    )
  }

  /// How many VMs of its failure may restart on its host before one.
  private enum Allowance: Hashable {
    case any
    case most(Int)
    case tooLate

    var mostBefore: Int? { if case .most(let count) = self { count } else { nil } }
  }

  private func allowance(_ vm: VM) -> Allowance {
    guard let objective = vm.rtoSeconds, vm.powerState == .on else { return .any }
    let spare = objective - terms.restart(rank: 0).ready + 1e-9
    guard spare >= 0 else { return .tooLate }
    let rounds = spare / max(1e-9, terms.promotionSeconds + terms.bootSeconds)
    guard rounds < 1e6 else { return .any }
    let each = max(1, terms.restartsAtOnce)
    return .most(Int(rounds.rounded(.down)) * each + each - 1)
  }

  /// What the VM asks of a host when it restarts; its disks are counted where the copy lies.
  private func restartDemand(_ vm: Int) -> Amounts {
    var demand = fleet.demand[vm]
    demand[.localDisk] = 0
    return demand
  }

  // MARK: Groups

  /// VMs of one site that are of one app, or of one hard affinity, go to one site.
  private mutating func group() {
    var sets = DisjointSets(count: items.count)
    var first: [String: Int] = [:]
    for (index, item) in items.enumerated() {
      guard let app = fleet.vms[item.vm].app else { continue }
      let key = "\(item.site) \(app)"
      if let other = first[key] { sets.join(other, index) } else { first[key] = index }
    }
    let itemOfVM = Dictionary(uniqueKeysWithValues: items.indices.map { (items[$0].vm, $0) })
    for rule in fleet.affinities where rule.isHard {
      let members = rule.members.compactMap { itemOfVM[$0] }
      for site in sites.indices {
        let here = members.filter { items[$0].site == site }
        for (one, other) in zip(here, here.dropFirst()) { sets.join(one, other) }
      }
    }
    for index in items.indices { items[index].group = sets.representative(index) }
  }

  /// Members of hard anti-affinities that fail together restart apart.
  private mutating func separate() {
    let itemOfVM = Dictionary(uniqueKeysWithValues: items.indices.map { (items[$0].vm, $0) })
    for rule in fleet.antiAffinities where rule.isHard {
      let members = rule.members.compactMap { itemOfVM[$0] }.filter {
        fleet.vms[items[$0].vm].powerState == .on
      }
      for site in sites.indices {
        let here = members.filter { items[$0].site == site }
        guard here.count > 1 else { continue }
        apart.append(
          RecoveryProblem.Apart(
            rule: rule.rule, items: here, domainOfHost: fleet.domains(rule.scope).domainOfHost))
      }
    }
  }
}
