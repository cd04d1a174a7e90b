import LinearOptimization
import StowageFleet
import StowageModel
import StowageReports

/// Changes the inventory, and places what has to be placed.
struct WhatIfStudy {
  private let inventory: Inventory
  private let options: PlanOptions
  private let prover: EvacuationProver
  private let fleet: Fleet
  private let average: (vCPUs: Double, memoryMiB: Double)

  init(
    _ inventory: Inventory, options: PlanOptions, prover: EvacuationProver,
    average: (vCPUs: Double, memoryMiB: Double)
  ) {
    self.inventory = FailureStudy.running(inventory)
    self.options = options
    self.prover = prover
    fleet = Fleet(self.inventory, options: options)
    self.average = average
  }

  /// A changed inventory and the hosts that lose their VMs in it.
  private struct Change {
    var question: String
    var inventory: Inventory
    var options: PlanOptions
    var emptied: [Host.ID] = []
    var withinClusters = true
  }

  /// The ten questions, those that the fleet does not give rise to left out.
  func answers() -> [Review.WhatIf] {
    guard fleet.hosts.contains(where: \.isUsableAsTarget) else { return [] }
    return changes().map(answer)
  }

  private func changes() -> [Change] {
    let byMemory = fleet.hosts.indices.filter { fleet.hosts[$0].isUsableAsTarget }.sorted {
      let (left, right) = (fleet.startLoad[$0][.memory], fleet.startLoad[$1][.memory])
      return left != right ? left > right : $0 < $1
    }.map { fleet.hosts[$0].id }
    let count = max(1, fleet.vms.count / 10)
    var changes = [
      lose("lose the fullest host (\(VisibleText.name(byMemory[0].rawValue)))", Array(byMemory.prefix(1))),
      addHosts(2), addVMs(max(1, fleet.vms.count / 20)), addVMs(count), grow(20), grow(50), stricterCPU(),
      stricterMemory(), shrink(),
    ]
    if byMemory.count > 2 {
      changes.insert(lose("lose the two fullest hosts", Array(byMemory.prefix(2))), at: 1)
    }
    if Set(fleet.hosts.map(\.cluster)).count > 1 { changes.append(mergeClusters(byMemory)) }
    return changes
  }

  private func lose(_ question: String, _ hosts: [Host.ID]) -> Change {
    Change(question: question, inventory: inventory, options: options, emptied: hosts)
  }

  /// Like the host of which there are most.
  private func addHosts(_ count: Int) -> Change {
    var changed = inventory
    let usable = inventory.hosts.filter(\.isUsableAsTarget)
    let kinds = Dictionary(grouping: usable) { "\($0.cluster ?? "")|\($0.cores)|\($0.memoryMiB)" }
    let model = kinds.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.value.first ?? usable[0]
    for number in 1...count {
      var host = model
      host.id = Self.free("new-host-\(number)", Set(inventory.hosts.map(\.id)))
      changed.hosts.append(host)
    }
    let place = model.cluster.map { " in \(VisibleText.name($0))" } ?? ""
    return Change(
      question: "add \(count) hosts like \(VisibleText.name(model.id.rawValue))\(place)",
      inventory: Self.sorted(changed), options: options)
  }

  private static func free(_ text: String, _ taken: Set<Host.ID>) -> Host.ID {
    var id = Host.ID(text)
    while taken.contains(id) { id = Host.ID("\(id.rawValue)'") }
    return id
  }

  private static func sorted(_ inventory: Inventory) -> Inventory {
    var result = inventory
    result.hosts.sort { $0.id < $1.id }
    result.vms.sort { $0.id < $1.id }
    return result
  }

  /// New VMs come from a host that is outside of the fleet and must end empty.
  private func addVMs(_ count: Int) -> Change {
    var changed = inventory
    let arrivals = Self.arrivals(inventory)
    changed.hosts.append(arrivals)
    let taken = Set(inventory.vms.map(\.id))
    for number in 1...count {
      var id = VM.ID("new-vm-\(number)")
      while taken.contains(id) { id = VM.ID("\(id.rawValue)'") }
      changed.vms.append(
        VM(id: id, vCPUs: average.vCPUs, memoryMiB: average.memoryMiB, host: arrivals.id))
    }
    return Change(
      question: "add \(Units.count(count, "VM")) of the average size", inventory: Self.sorted(changed),
      options: options, emptied: [arrivals.id], withinClusters: false)
  }

  private static func arrivals(_ inventory: Inventory) -> Host {
    var host = Host(id: free("arrivals", Set(inventory.hosts.map(\.id))), cores: 1e6, memoryMiB: 1e9)
    host.cpuMHz = 1e4
    host.isSchedulable = false
    return host
  }

  private func grow(_ percent: Int) -> Change {
    var changed = inventory
    let factor = 1 + Double(percent) / 100
    changed.vms = inventory.vms.map {
      var vm = $0
      vm.vCPUs *= factor
      vm.memoryMiB *= factor
      vm.cpuMHzP95 = vm.cpuMHzP95.map { $0 * factor }
      vm.cpuMHzMax = vm.cpuMHzMax.map { $0 * factor }
      vm.cpuMHzByHour = vm.cpuMHzByHour?.scaled(by: factor)
      vm.memoryActiveMiB = vm.memoryActiveMiB.map { $0 * factor }
      vm.memoryActiveP95MiB = vm.memoryActiveP95MiB.map { $0 * factor }
      vm.memoryActiveMiBByHour = vm.memoryActiveMiBByHour?.scaled(by: factor)
      return vm
    }
    return Change(question: "every VM grows by \(percent) %", inventory: changed, options: options)
  }

  private func stricterCPU() -> Change {
    var changed = inventory
    var stricter = options
    switch options.sizing.cpu {
    case .vcpu:
      changed.hosts = inventory.hosts.map {
        var host = $0
        host.cpuOvercommitRatio = host.cpuOvercommitRatio.map { $0 * 0.75 }
        return host
      }
      stricter.sizing.defaultCPUOvercommitRatio *= 0.75
      return Change(question: "a quarter fewer vCPUs per core", inventory: changed, options: stricter)
    case .mhz:
      stricter.sizing.cpuHeadroomPercent = min(95, stricter.sizing.cpuHeadroomPercent + 25)
      return Change(question: "25 % more CPU headroom", inventory: changed, options: stricter)
    }
  }

  private func stricterMemory() -> Change {
    var stricter = options
    stricter.sizing.memoryHeadroomPercent = min(95, stricter.sizing.memoryHeadroomPercent + 10)
    return Change(
      question: "10 % more memory headroom on every host", inventory: inventory, options: stricter)
  }

  /// One host in ten goes, the oldest or else the smallest first.
  private func shrink() -> Change {
    let usable = inventory.hosts.filter(\.isUsableAsTarget).sorted {
      let (left, right) = ($0.purchasedAt ?? "9", $1.purchasedAt ?? "9")
      if left != right { return left < right }
      return $0.memoryMiB != $1.memoryMiB ? $0.memoryMiB < $1.memoryMiB : $0.id < $1.id
    }
    let count = max(1, usable.count / 10)
    let order = usable.contains { $0.purchasedAt != nil } ? "oldest" : "smallest"
    return Change(
      question: "retire the \(Units.count(count)) \(order) \(count == 1 ? "host" : "hosts")",
      inventory: inventory,
      options: options, emptied: usable.prefix(count).map(\.id))
  }

  private func mergeClusters(_ byMemory: [Host.ID]) -> Change {
    var changed = inventory
    changed.hosts = inventory.hosts.map {
      var host = $0
      host.cluster = "merged"
      return host
    }
    return Change(
      question: "merge all clusters into one, and lose the two fullest hosts", inventory: changed,
      options: options, emptied: Array(byMemory.prefix(2)))
  }

  // MARK: Answers

  private func answer(_ change: Change) -> Review.WhatIf {
    let fleet = Fleet(change.inventory, options: change.options)
    let refit = Refit(fleet, staysWithinClusters: change.withinClusters)
    let start = FleetState(fleet)
    let emptied = Set(change.emptied)
    let failed = Set(fleet.hosts.indices.filter { emptied.contains(fleet.hosts[$0].id) })
    var stranded = fleet.start.indices.filter { failed.contains(fleet.start[$0]) }
    stranded += Self.overflow(fleet, sparing: failed)
    let outcome = refit.place(stranded, barring: failed, in: start)
    guard outcome.homeless.isEmpty else {
      let decided = prover.answer(
        change.inventory, emptying: change.emptied, withinClusters: change.withinClusters,
        options: change.options)
      let text =
        "\(Units.count(outcome.homeless.count)) of \(Units.count(stranded.count, "VM")) found no room by themselves; "
      switch decided {
      case .some(true):
        return .init(
          question: change.question, answer: .fits, how: text + "the planner moves others and places all",
          placedVMs: stranded.count, highestUtilisation: nil, moreAverageVMs: nil)
      case .some(false):
        return .init(
          question: change.question, answer: .doesNotFit,
          how: text + "the planner has proved that no placement exists",
          placedVMs: stranded.count, highestUtilisation: nil, moreAverageVMs: nil)
      case nil:
        if let resource = Self.shortage(fleet, without: failed) {
          return .init(
            question: change.question, answer: .doesNotFit,
            how: text + "proved: all VMs together ask for more \(resource) than the hosts left offer",
            placedVMs: stranded.count, highestUtilisation: nil, moreAverageVMs: nil)
        }
        return .init(
          question: change.question, answer: .couldNotTell, how: text + "no placement and no proof was found",
          placedVMs: stranded.count, highestUtilisation: nil, moreAverageVMs: nil)
      }
    }
    return .init(
      question: change.question, answer: .fits,
      how: stranded.isEmpty ? "nobody has to move" : "placed, nobody else moved", placedVMs: stranded.count,
      highestUtilisation: Self.highest(fleet, outcome.state, without: failed),
      moreAverageVMs: RoomCount(fleet, outcome.state, barring: failed).count(average))
  }

  /// VMs to be taken off hosts that hold more than they offer: the largest first, until the rest fits.
  private static func overflow(_ fleet: Fleet, sparing failed: Set<Int>) -> [Int] {
    var residents: [Int: [Int]] = [:]
    for (vm, host) in fleet.start.enumerated() where !failed.contains(host) {
      residents[host, default: []].append(vm)
    }
    var result: [Int] = []
    for host in residents.keys.sorted() {
      var load = fleet.startLoad[host]
      guard Resource.allCases.contains(where: { load[$0] > fleet.limits[host][$0] }) else { continue }
      let vms = residents[host, default: []].sorted {
        let (left, right) = (fleet.demand[$0][.memory], fleet.demand[$1][.memory])
        return left != right ? left > right : $0 < $1
      }
      for vm in vms where Resource.allCases.contains(where: { load[$0] > fleet.limits[host][$0] }) {
        load -= fleet.demand[vm]
        result.append(vm)
      }
    }
    return result
  }

  /// A resource of which all VMs together ask more than all hosts that are left offer.
  private static func shortage(_ fleet: Fleet, without failed: Set<Int>) -> String? {
    for (resource, name) in [(Resource.cpu, "CPU"), (.memory, "memory")] {
      let offered = fleet.hosts.indices.filter { !failed.contains($0) && fleet.hosts[$0].state == .online }
        .map { fleet.capacity[$0][resource] }
      guard !offered.contains(nil) else { continue }
      let asked = fleet.demand.reduce(0) { $0 + $1[resource] }
      if asked > offered.reduce(0, { $0 + ($1 ?? 0) }) { return name }
    }
    return nil
  }

  private static func highest(_ fleet: Fleet, _ state: FleetState, without failed: Set<Int>) -> Double? {
    var highest: Double?
    for host in fleet.hosts.indices where !failed.contains(host) && fleet.hosts[host].isUsableAsTarget {
      for resource in [Resource.cpu, .memory] {
        guard let limit = fleet.capacity[host][resource], limit > 0 else { continue }
        highest = max(highest ?? 0, Double(state.load[host][resource]) / Double(limit))
      }
    }
    return highest
  }
}
