import StowageCosts
import StowageFleet
import StowageFormats
public import StowageModel
public import StowageReports

/// Asks the feasibility table, the network and the formulas of replication which ways lead from site to site.
public struct SiteStudy {
  private let fleet: Fleet
  private let inventory: Inventory
  private let engine: MigrationEngine
  private let terms: ShippingTerms
  private let usesHCX: Bool
  /// Hosts that stand for a site when VMs are asked about it. Chosen: more would only repeat them.
  private static let hostLimit = 64

  /// What is taken for granted of disks that are carried.
  public struct ShippingTerms: Hashable, Sendable {
    /// On the way, in s. Chosen: three days.
    public var transportSeconds = 3 * 86_400.0
    /// Written to the medium, and from it, in MiB/s. Chosen: what one such disk does.
    public var mediumMiBPerSecond = 200.0
    /// As chosen.
    public init() {}
  }

  /// A study of an inventory.
  ///
  /// - Parameters:
  ///   - inventory: the fleet.
  ///   - platform: what moves its VMs.
  ///   - shipping: what is taken for granted of disks that are carried.
  ///   - usesHCX: whether VMware's HCX leads running VMs from site to site, and its prerequisites hold.
  public init(
    _ inventory: Inventory, platform: Platform, shipping: ShippingTerms = ShippingTerms(),
    usesHCX: Bool = false
  ) {
    self.usesHCX = usesHCX
    self.inventory = inventory
    engine = .of(platform)
    terms = shipping
    fleet = Fleet(inventory, options: PlanOptions(platform: platform))
  }

  /// Every site to every other.
  public func report() -> SitesReport {
    let sites = Set(fleet.hosts.compactMap(\.site)).sorted()
    let pairs = sites.flatMap { from in sites.filter { $0 != from }.map { pair(from, $0) } }
    return SitesReport(
      pairs: pairs,
      assumptions: [
        "\(engine.platform.rawValue) moves them; replication gets \(Units.percent(ReplicationLink.efficiency)) of a link, other moves \(Units.percent(PayloadRate.efficiency))",
        "disks that are shipped take \(Units.duration(seconds: terms.transportSeconds)) on the way and are written at \(Units.rate(mibPerSecond: terms.mediumMiBPerSecond)), twice",
        "times are for all VMs that can go, one after the other where they share the link",
      ])
  }

  // MARK: A pair

  private func pair(_ from: String, _ to: String) -> SitesReport.Pair {
    let vms = fleet.vms.indices.filter { fleet.hosts[fleet.start[$0]].site == from }
    let targets = Array(
      fleet.hosts.indices.filter { fleet.hosts[$0].site == to && fleet.targets.contains($0) }
        .prefix(Self.hostLimit))
    var pair = SitesReport.Pair(from: from, to: to, vms: vms.count)
    let subjects = vms.map { MigrationSubject(fleet.vms[$0]) }
    pair.diskMiB = subjects.reduce(0) { $0 + $1.diskMiB }
    pair.changeMiBPerSecond = subjects.reduce(0) { $0 + $1.diskChangeMiBPerSecond }
    let sources = fleet.hosts.indices.filter { fleet.hosts[$0].site == from }
    if let source = sources.first,
      let target = targets.first ?? fleet.hosts.indices.first(where: { fleet.hosts[$0].site == to }),
      let route = fleet.network.route(from: source, to: target)
    {
      fill(&pair, route)
    }
    let there = Set(targets.flatMap { fleet.hosts[$0].datastores })
    pair.sharedDatastores = Set(sources.flatMap { fleet.hosts[$0].datastores }).intersection(there).count
    pair.options = SitesReport.Way.allCases.map { option($0, pair, vms, targets) }
    return pair
  }

  private func fill(_ pair: inout SitesReport.Pair, _ route: [Int]) {
    let links = route.filter { $0 >= 2 * fleet.hosts.count }
    pair.links = links.map { fleet.network.channels[$0].name }
    pair.gbps = (links.isEmpty ? route : links).compactMap { fleet.network.channels[$0].gbps }.min()
    pair.roundTripMilliseconds = fleet.network.roundTripMilliseconds(of: route)
    pair.isStretched = fleet.network.isStretched(route)
    pair.isShared = links.contains { inventory.links[($0 - 2 * fleet.hosts.count) / 2].isShared == true }
  }

  // MARK: Ways

  private func option(
    _ way: SitesReport.Way, _ pair: SitesReport.Pair, _ vms: [Int], _ targets: [Int]
  ) -> SitesReport.Option {
    var able: [Int] = []
    var counts: [SitesReport.Obstacle: Int] = [:]
    for vm in vms {
      if let (because, remedy) = objection(vm, way, pair, targets) {
        counts[SitesReport.Obstacle(vms: 0, because: because, remedy: remedy), default: 0] += 1
      } else {
        able.append(vm)
      }
    }
    var obstacles = counts.map { SitesReport.Obstacle(vms: $1, because: $0.because, remedy: $0.remedy) }
    let time = able.isEmpty ? nil : seconds(way, pair, able)
    if case .endless(let least) = time {
      obstacles.append(
        SitesReport.Obstacle(
          vms: able.count, because: "their disks change as fast as the link carries, together",
          remedy: "use at least \(Figure.bandwidth(least)), or go in waves"))
    }
    obstacles.sort { ($1.vms, $0.because) < ($0.vms, $1.because) }
    return SitesReport.Option(
      way: way, vms: able.count, seconds: time?.seconds, obstacles: obstacles)
  }

  /// What stands in the way of a VM at every host of the target; the first host's words speak for all.
  private func objection(
    _ vm: Int, _ way: SitesReport.Way, _ pair: SitesReport.Pair, _ targets: [Int]
  ) -> (because: String, remedy: String)? {
    guard !targets.isEmpty else {
      return ("no host of the site takes VMs", "add a host there, or let one take VMs")
    }
    var first: (because: String, remedy: String)?
    for host in targets {
      guard let objection = objection(vm, way, pair, at: host) else { return nil }
      first = first ?? objection
    }
    return first
  }

  private func objection(
    _ index: Int, _ way: SitesReport.Way, _ pair: SitesReport.Pair, at host: Int
  ) -> (because: String, remedy: String)? {
    let (vm, source, target) = (fleet.vms[index], fleet.hosts[fleet.start[index]], fleet.hosts[host])
    guard fleet.allows(index, on: host) else {
      return (
        "rules, columns or networks forbid the hosts there", "allow a host there, or give it the network"
      )
    }
    if way == .shipped { return copying(vm, source, target) }
    guard let route = fleet.network.route(from: fleet.start[index], to: host) else {
      return ("no link leads there", "add a link, or ship its disks")
    }
    switch way {
    case .replicated, .shipped: return copying(vm, source, target)
    case .live, .liveWithDisks:
      let storage = Feasibility.storageCopy(vm, from: source, to: target)
      if way == .live, storage == .full {
        return ("its disks are not in reach of the site", "stretch the storage, or copy its disks along")
      }
      if usesHCX,
        let missing = HCXvMotion.obstacles(vm: vm, gbps: pair.gbps, hardwareVersion: hardware(vm)).first
      {
        return missing
      }
      return verdict(vm, source, target, route, [.preCopy, .postCopy, .hybrid])
    case .cold: return verdict(vm, source, target, route, [.cold])
    }
  }

  /// What stands in the way of copying disks and running the copy, whichever way they go.
  private func copying(_ vm: VM, _ source: Host, _ target: Host) -> (because: String, remedy: String)? {
    ReplicaFeasibility.objection(to: vm, by: .vSphereReplication)
      ?? ReplicaFeasibility.objection(from: source, to: target).map { ($0, "convert it by hand") }
  }

  /// `19` of `vmx-19`, where the inventory has a column for it.
  private func hardware(_ vm: VM) -> Int? {
    let text = ["hardware_version", "hw_version", "HW version"].compactMap { vm.attributes[$0] }.first
    return text.flatMap { Int($0.filter(\.isNumber)) }
  }

  /// The first obstacle of the first technique when none is allowed.
  private func verdict(
    _ vm: VM, _ source: Host, _ target: Host, _ route: [Int], _ techniques: [Technique]
  ) -> (because: String, remedy: String)? {
    let verdicts = Feasibility.verdicts(
      vm: vm, from: source, to: target, engine: engine, path: path(route))
    let own = techniques.compactMap { verdicts[$0] }
    guard !own.contains(where: \.isAllowed), case .blocked(let because, let remedy) = own.first else {
      return nil
    }
    return (because, remedy)
  }

  private func path(_ route: [Int]) -> MigrationPath {
    let gbps = route.compactMap { fleet.network.channels[$0].gbps }.min()
    var path = MigrationPath(
      payloadMiBPerSecond: gbps.map(PayloadRate.mibPerSecond) ?? PayloadRate.whenUnknown,
      isStretched: fleet.network.isStretched(route))
    if let trip = fleet.network.roundTripMilliseconds(of: route) { path.roundTripMilliseconds = trip }
    return path
  }

  // MARK: Times

  private enum Time {
    case takes(Double)
    /// Never, below so many Gb/s.
    case endless(Double)

    var seconds: Double? { if case .takes(let seconds) = self { seconds } else { nil } }
  }

  private func seconds(_ way: SitesReport.Way, _ pair: SitesReport.Pair, _ vms: [Int]) -> Time? {
    let subjects = vms.map { MigrationSubject(fleet.vms[$0]) }
    let disks = subjects.reduce(0) { $0 + $1.diskMiB }
    let memory = subjects.reduce(0) { $0 + $1.memory.memoryMiB }
    let whole = ReplicationStream(
      diskMiB: disks, changeMiBPerSecond: subjects.reduce(0) { $0 + $1.diskChangeMiBPerSecond })
    let rate = pair.gbps.map(PayloadRate.mibPerSecond)
    let replicated = pair.gbps.map { ReplicationLink.mibPerSecond(gbps: $0) }
    switch way {
    case .live: return rate.map { .takes(memory / $0) }
    case .liveWithDisks: return rate.map { .takes((memory + disks) / $0) }
    case .cold: return rate.map { .takes(disks / $0) }
    case .replicated:
      guard let replicated else { return nil }
      return whole.seedingSeconds(atMiBPerSecond: replicated).map { .takes($0) }
        ?? .endless(ReplicationLink.gbps(toCarryMiBPerSecond: whole.wireMiBPerSecond))
    case .shipped:
      let carried = terms.transportSeconds + 2 * disks / terms.mediumMiBPerSecond
      guard let replicated else { return .takes(carried) }
      let late = ReplicationStream(
        diskMiB: whole.changedMiB(within: carried), changeMiBPerSecond: whole.changeMiBPerSecond)
      return late.seedingSeconds(atMiBPerSecond: replicated).map { .takes(carried + $0) }
        ?? .endless(ReplicationLink.gbps(toCarryMiBPerSecond: whole.wireMiBPerSecond))
    }
  }
}

extension SitesReport {
  /// The report for programs.
  public var json: String {
    JSONWriter.answer("stowage.sites/v1") { writer in
      writer.objects("pairs", pairs) { writer, pair in
        writer.member("from", pair.from)
        writer.member("to", pair.to)
        writer.member("vms", pair.vms)
        writer.member("disk_mib", pair.diskMiB)
        writer.member("disk_change_mib_per_s", pair.changeMiBPerSecond)
        if let links = pair.links { writer.member("links", links) }
        writer.member("gbps", pair.gbps)
        writer.member("rtt_ms", pair.roundTripMilliseconds)
        writer.member("shared", pair.isShared)
        writer.member("stretched", pair.isStretched)
        writer.member("shared_datastores", pair.sharedDatastores)
        writer.objects("ways", pair.options) { writer, option in
          writer.member("way", option.way.rawValue)
          writer.member("vms", option.vms)
          writer.member("seconds", option.seconds)
          writer.objects("obstacles", option.obstacles) { writer, obstacle in
            writer.member("vms", obstacle.vms)
            writer.member("because", obstacle.because)
            writer.member("remedy", obstacle.remedy)
          }
        }
      }
      writer.member("assumptions", assumptions)
    }
  }
}
