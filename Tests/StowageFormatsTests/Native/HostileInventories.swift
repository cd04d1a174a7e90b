import StowageModel
import StowageTestSupport

@testable import StowageFormats

/// Inventories with every column filled in now and then, and text that breaks careless readers.
/// Rules name plain hosts and VMs, so that no contradiction turns one down.
struct HostileInventories {
  /// The inventory of one seed.
  func inventory(seed: UInt64) -> Inventory {
    var random = SeededGenerator(seed: seed)
    let hosts = unique(Int.random(in: 1...4, using: &random), &random).map { host(Host.ID($0), &random) }
    let vms = unique(Int.random(in: 0...6, using: &random), &random).map { vm(VM.ID($0), hosts, &random) }
    var links: [Link] = []
    if hosts.count > 1, random.oneIn(2) {
      var link = Link(
        id: Link.ID(Hostile.text(&random)), a: hosts[0].id.rawValue, b: hosts[1].id.rawValue, gbps: 0.1)
      link.roundTripMilliseconds = maybe(&random) { 12.5 + Double.random(in: 0..<1, using: &$0) }
      link.isShared = maybe(&random) { $0.oneIn(2) }
      link.isStretched = maybe(&random) { $0.oneIn(2) }
      link.attributes = attributes(&random)
      links.append(link)
    }
    return Inventory(
      hosts: hosts, vms: vms, links: links, datastores: datastores(hosts, &random),
      dependencies: dependencies(vms, &random), rules: rules(vms, &random))
  }

  private func dependencies(_ vms: [VM], _ random: inout SeededGenerator) -> [Dependency] {
    zip(vms, vms.dropFirst()).compactMap { one, other in
      guard random.oneIn(3) else { return nil }
      var dependency = Dependency(
        from: one.id.rawValue, to: other.id.rawValue, trafficMbps: maybe(&random, number),
        isHard: random.oneIn(2))
      dependency.attributes = attributes(&random)
      return dependency
    }
  }

  private func unique(_ count: Int, _ random: inout SeededGenerator) -> [String] {
    var names: Set<String> = []
    // A wildcard in an id would make the rules below select more than they say.
    while names.count < count { names.insert(Hostile.text(&random)) }
    return names.sorted()
  }

  private func host(_ id: Host.ID, _ random: inout SeededGenerator) -> Host {
    var host = Host(
      id: id, cores: 0.001 + Double(Int.random(in: 1...200_000, using: &random)) / 1000, memoryMiB: 1e6)
    host.name = maybe(&random, Hostile.text)
    host.site = maybe(&random, Hostile.text)
    host.cluster = maybe(&random, Hostile.text)
    host.rack = maybe(&random, Hostile.text)
    host.powerFeed = maybe(&random, Hostile.text)
    host.threadsPerCore = maybe(&random) { Int.random(in: 1...8, using: &$0) }
    host.cpuMHz = maybe(&random, number)
    host.cpuModel = maybe(&random, Hostile.text)
    host.memoryReservedMiB = maybe(&random, number)
    host.cpuOvercommitRatio = maybe(&random) { Double.random(in: 0.5...8, using: &$0) }
    host.networkGbps = maybe(&random, number)
    host.maxVMs = maybe(&random) { Int.random(in: 0...500, using: &$0) }
    host.localDiskGiB = maybe(&random, number)
    host.gpuCount = maybe(&random) { Int.random(in: 0...8, using: &$0) }
    host.powerIdleWatts = maybe(&random, number)
    host.state = Host.State.allCases.randomElement(using: &random) ?? .online
    host.isInMaintenance = random.oneIn(2)
    host.isSchedulable = random.oneIn(2)
    host.networks = list(&random)
    host.labels = labels(&random)
    host.licenseGroups = list(&random)
    host.purchasedAt = maybe(&random, Hostile.text)
    host.orderType = maybe(&random, Hostile.text)
    host.orderPrice = maybe(&random, number)
    host.orderCurrency = maybe(&random, Hostile.text)
    host.attributes = attributes(&random)
    return host
  }

  private func vm(_ id: VM.ID, _ hosts: [Host], _ random: inout SeededGenerator) -> VM {
    var vm = VM(id: id, vCPUs: number(&random), memoryMiB: number(&random))
    vm.host = random.oneIn(4) ? nil : hosts.randomElement(using: &random)?.id
    vm.name = maybe(&random, Hostile.text)
    vm.powerState = VM.PowerState.allCases.randomElement(using: &random) ?? .on
    vm.cpuMHzP95 = maybe(&random, number)
    if random.oneIn(4) {
      vm.cpuMHzByHour = WeekProfile(hours: (0..<WeekProfile.hourCount).map { _ in number(&random) })
    }
    vm.cpuReservationMHz = maybe(&random, number)
    vm.memoryActiveP95MiB = maybe(&random, number)
    vm.diskUsedGiB = maybe(&random, number)
    vm.hasLocalDisk = maybe(&random) { $0.oneIn(2) }
    vm.networks = list(&random)
    vm.workingSetMiB = maybe(&random, number)
    vm.dirtyRateMiBPerSecond = maybe(&random, number)
    vm.maxDowntimeMilliseconds = maybe(&random, number)
    vm.rtoSeconds = maybe(&random, number)
    vm.allowedTechniques = maybe(&random) {
      [Technique.allCases.randomElement(using: &$0) ?? .cold, .hybrid]
    }
    vm.isMovable = random.oneIn(3) ? true : nil
    vm.blockers = Set(Blocker.allCases.filter { _ in random.oneIn(5) })
    vm.app = maybe(&random, Hostile.text)
    vm.owner = maybe(&random, Hostile.text)
    vm.labels = labels(&random)
    vm.annotation = maybe(&random, Hostile.text)
    vm.attributes = attributes(&random)
    return vm
  }

  private func datastores(_ hosts: [Host], _ random: inout SeededGenerator) -> [Datastore] {
    unique(Int.random(in: 0...2, using: &random), &random).map { id in
      var datastore = Datastore(id: id)
      datastore.capacityGiB = maybe(&random, number)
      datastore.isShared = maybe(&random) { $0.oneIn(2) }
      datastore.hosts = hosts.map(\.id)
      datastore.attributes = attributes(&random)
      return datastore
    }
  }

  private func rules(_ vms: [VM], _ random: inout SeededGenerator) -> [Rule] {
    guard !vms.isEmpty, random.oneIn(2) else { return [] }
    let all = Selection(["*"])
    return [
      Rule(
        id: Rule.ID("a" + Hostile.text(&random)), .affinity(Affinity(vms: all, scope: .rack)), isHard: false,
        weight: 0.1),
      Rule(id: Rule.ID("b" + Hostile.text(&random)), .failover(Failover(scope: .rack, failures: 2))),
      Rule(id: Rule.ID("c" + Hostile.text(&random)), .onlyOn(OnlyOn(vms: all, hosts: all))),
    ]
  }

  private func maybe<Value>(
    _ random: inout SeededGenerator, _ make: (inout SeededGenerator) -> Value
  ) -> Value? {
    random.oneIn(2) ? make(&random) : nil
  }

  /// Numbers of many shapes: whole, with three decimals, tiny, with all digits.
  private func number(_ random: inout SeededGenerator) -> Double {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: Double(Int.random(in: 1...1_000_000, using: &random))
    case 1: Double(Int.random(in: 1...999_999, using: &random)) / 1000
    case 2: Double.random(in: 0.000_001...0.01, using: &random)
    case 3: Double.random(in: 1...1e11, using: &random)
    default: 0.1
    }
  }

  private func list(_ random: inout SeededGenerator) -> [String] {
    (0..<Int.random(in: 0...3, using: &random)).map { _ in Hostile.text(&random) }
  }

  private func labels(_ random: inout SeededGenerator) -> [String: String] {
    Dictionary(
      list(&random).map { ($0, random.oneIn(4) ? "" : Hostile.text(&random)) }, uniquingKeysWith: { $1 })
  }

  private func attributes(_ random: inout SeededGenerator) -> [String: String] {
    Dictionary(
      (0..<Int.random(in: 0...2, using: &random)).map { _ in
        ("x." + Hostile.word(&random), Hostile.text(&random))
      },
      uniquingKeysWith: { $1 })
  }
}
