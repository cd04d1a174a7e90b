import StowageCosts
import StowageFleet
import StowageModel

/// The hosts that may take the copy of a VM, and what is in the way of the others.
struct RecoveryCandidates {
  private let fleet: Fleet
  private let storage: RecoveryStorage
  private let siteOfHost: [Int?]
  private let payload: [Double?]
  private let free: [Amounts]
  private let routes: RecoveryRoutes
  private let restartRules: RestartRules
  private var obstacles: [String: Int] = [:]
  /// A channel that alone is too slow, where that is all that is in the way.
  private(set) var tightest: Int?

  init(
    _ fleet: Fleet, _ storage: RecoveryStorage, _ siteOfHost: [Int?], _ payload: [Double?],
    _ free: [Amounts], _ routes: RecoveryRoutes, _ rules: RestartRules
  ) {
    self.routes = routes
    restartRules = rules
    self.fleet = fleet
    self.storage = storage
    self.siteOfHost = siteOfHost
    self.payload = payload
    self.free = free
  }

  mutating func hosts(
    for item: RecoveryProblem.Item, terms: RecoveryTerms, vms: [VM], rules: [VMGroup]
  ) -> [Int] {
    let source = fleet.start[item.vm]
    let groups = rules.filter { $0.isHard && $0.members.contains(item.vm) && vms[item.vm].powerState == .on }
    return fleet.hosts.indices.filter { host in
      guard let site = siteOfHost[host], site != item.site else { return false }
      guard let obstacle = obstacle(item, host, source, groups) else { return true }
      obstacles[obstacle, default: 0] += 1
      return false
    }
  }

  /// What is in the way first.
  private mutating func obstacle(
    _ item: RecoveryProblem.Item, _ host: Int, _ source: Int, _ groups: [VMGroup]
  ) -> String? {
    guard fleet.targets.contains(host) else { return "takes no VMs" }
    guard fleet.allows(item.vm, on: host) else { return "rules or columns forbid it there" }
    if let because = ReplicaFeasibility.objection(from: fleet.hosts[source], to: fleet.hosts[host]) {
      return because
    }
    for group in groups where meets(group, item, host) {
      return "anti-affinity '\(group.rule)' with who runs there"
    }
    if fleet.vms[item.vm].powerState == .on,
      let rule = restartRules.obstacle(to: item.vm, on: host, failing: item.site)
    {
      return "rule '\(rule)' beside who runs there"
    }
    for resource in Resource.allCases where item.demand[resource] > free[host][resource] {
      return "too little \(Self.word(resource)) free"
    }
    let hasSpace = storage.reach[host].contains { store in
      storage.stores[store].freeGiB.map { item.diskGiB <= $0 } ?? true
    }
    guard hasSpace else { return "no storage with \(Figure.decimal(item.diskGiB, places: 1)) GiB free" }
    guard let route = routes.route(from: source, to: host) else { return "no way over the links" }
    guard let channel = route.first(where: { (payload[$0] ?? .infinity) < item.rate }) else { return nil }
    tightest = tightest ?? channel
    return "a link that is too slow"
  }

  /// Whether a member of an anti-affinity that does not fail with the VM already runs in the domain of a host.
  private func meets(_ group: VMGroup, _ item: RecoveryProblem.Item, _ host: Int) -> Bool {
    let domains = fleet.domains(group.scope).domainOfHost
    return group.members.contains { member in
      let there = fleet.start[member]
      return member != item.vm && siteOfHost[there] != item.site && domains[there] == domains[host]
        && fleet.vms[member].powerState == .on
    }
  }

  private static func word(_ resource: Resource) -> String {
    switch resource {
    case .cpu: "CPU"
    case .memory: "memory"
    case .network: "network"
    case .localDisk: "local disk"
    case .slots: "places for VMs"
    case .gpus: "GPUs"
    }
  }

  func reason(sites: Int) -> String {
    guard sites > 1 else { return "there is no second site" }
    guard !obstacles.isEmpty else { return "no other site has a host" }
    let counted = obstacles.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      "\($0.key) (\($0.value) host\($0.value == 1 ? "" : "s"))"
    }
    return "no host of another site can take it: \(counted.joined(separator: ", "))"
  }

  var remedy: String {
    obstacles.isEmpty ? "say in the column site where hosts stand" : "lift what is named, or add a host there"
  }
}
