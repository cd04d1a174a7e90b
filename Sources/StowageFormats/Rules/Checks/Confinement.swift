import StowageDiagnostics
import StowageModel

/// Something that confines a VM to some of the hosts.
struct Confinement: Sendable {
  /// What it is, as a sentence calls it: `rule 'licence'`, `its allowed_hosts`.
  let name: String
  /// Where it was written, if that is known.
  let place: SourcePlace?
  /// The hosts that it leaves.
  let hosts: HostBits
}

/// Collects what confines each VM: hard `only_on`, `never_on`, `stay`, `no_new` and `drain` rules, and
/// the columns `allowed_hosts`, `forbidden_hosts` and `movable` of the VM itself.
struct Confinements {
  /// How many hosts there are.
  let hostCount: Int
  /// The confinements of every VM that has any but the drained hosts, by position.
  private(set) var ofVM: [Int: [Confinement]] = [:]
  /// The confinements that every VM has: one for each drain.
  private(set) var ofAll: [Confinement] = []
  /// What all drains together leave.
  private(set) var notDrained: HostBits

  /// Collects the confinements of an inventory.
  init(_ rules: [ResolvedRule], _ resolution: RuleResolution) {
    hostCount = resolution.inventory.hosts.count
    notDrained = HostBits(all: hostCount)
    for rule in rules where rule.rule.isHard { add(rule, resolution) }
    addColumns(resolution)
    // Hosts that take nobody in confine those that something else confines; for all others it takes a
    // search to know.
    for rule in rules where rule.rule.isHard {
      if case .noNew = rule.rule.requirement { close(rule, resolution) }
    }
  }

  /// All that confines one VM, the drains last.
  func all(of vm: Int) -> [Confinement] {
    (ofVM[vm] ?? []) + ofAll
  }

  /// The hosts that all confinements leave to a VM.
  func allowed(_ vm: Int) -> HostBits {
    (ofVM[vm] ?? []).reduce(notDrained) { $0.intersection($1.hosts) }
  }

  private mutating func add(_ rule: ResolvedRule, _ resolution: RuleResolution) {
    var chosen: HostBits { HostBits(rule.hosts, of: hostCount) }
    var others: HostBits { HostBits(all: hostCount).subtracting(chosen) }
    switch rule.rule.requirement {
    case .onlyOn:
      confine(rule.vms, Confinement(name: rule.name, place: rule.place, hosts: chosen))
    case .neverOn:
      confine(rule.vms, Confinement(name: rule.name, place: rule.place, hosts: others))
    case .stay:
      confineToOwnHost(rule.vms, name: rule.name, place: rule.place, resolution)
    case .drain where !rule.hosts.isEmpty:
      let left = others
      ofAll.append(Confinement(name: rule.name, place: rule.place, hosts: left))
      notDrained = notDrained.intersection(left)
    case .affinity, .antiAffinity, .drain, .failover, .spread, .preferOn, .noNew, .keepOn, .dedicated,
      .groupCap, .maxMoves, .moveBudget, .before, .serialize, .together, .concurrency, .technique,
      .deadline, .window, .blackout:
      break
    }
  }

  /// All but the closed hosts, and where the VM is already.
  private mutating func close(_ rule: ResolvedRule, _ resolution: RuleResolution) {
    let open = HostBits(all: hostCount).subtracting(HostBits(rule.hosts, of: hostCount))
    for vm in ofVM.keys.sorted() {
      guard let host = resolution.hostPosition(ofVM: vm) else { continue }
      let left = open.union(HostBits([host], of: hostCount))
      confine([vm], Confinement(name: rule.name, place: rule.place, hosts: left))
    }
  }

  private mutating func addColumns(_ resolution: RuleResolution) {
    var cache: [[String]: HostBits] = [:]
    func bits(_ patterns: [String]) -> HostBits {
      if let known = cache[patterns] { return known }
      let bits = HostBits(resolution.hosts(Selection(patterns)), of: hostCount)
      cache[patterns] = bits
      return bits
    }
    for (position, vm) in resolution.inventory.vms.enumerated() {
      guard !vm.allowedHosts.isEmpty || !vm.forbiddenHosts.isEmpty,
        resolution.hostPosition(ofVM: position) != nil
      else { continue }
      if !vm.allowedHosts.isEmpty {
        confine([position], Confinement(name: "its allowed_hosts", place: nil, hosts: bits(vm.allowedHosts)))
      }
      if !vm.forbiddenHosts.isEmpty {
        let left = HostBits(all: hostCount).subtracting(bits(vm.forbiddenHosts))
        confine([position], Confinement(name: "its forbidden_hosts", place: nil, hosts: left))
      }
    }
    let immovable = resolution.inventory.vms.indices.filter {
      resolution.inventory.vms[$0].isMovable == false
    }
    confineToOwnHost(immovable, name: "its movable=false", place: nil, resolution)
  }

  /// VMs of one host share one set, so that a fleet that stays costs no more memory than its hosts.
  private mutating func confineToOwnHost(
    _ vms: [Int], name: String, place: SourcePlace?, _ resolution: RuleResolution
  ) {
    var ofHost: [Int: Confinement] = [:]
    for vm in vms {
      guard let host = resolution.hostPosition(ofVM: vm) else { continue }
      let here =
        ofHost[host] ?? Confinement(name: name, place: place, hosts: HostBits([host], of: hostCount))
      ofHost[host] = here
      confine([vm], here)
    }
  }

  private mutating func confine(_ vms: [Int], _ confinement: Confinement) {
    for vm in vms { ofVM[vm, default: []].append(confinement) }
  }
}
