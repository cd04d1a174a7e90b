public import StowageCosts
public import StowageModel
public import StowageReports

/// Estimates every technique for the VMs of an inventory, each between its host and one like it.
public struct Estimator: Sendable {
  /// What moves the VMs.
  public var engine: MigrationEngine
  /// Bandwidth of every path in Gb/s; `nil` for that of each host's own port.
  public var gbps: Double?
  /// Round trip of every path.
  public var roundTripMilliseconds: Double

  /// An estimator for an engine.
  public init(engine: MigrationEngine, gbps: Double? = nil, roundTripMilliseconds: Double = 0.2) {
    self.engine = engine
    self.gbps = gbps
    self.roundTripMilliseconds = roundTripMilliseconds
  }

  /// The VMs of an inventory whose ids match one of some patterns; all for no pattern.
  public func estimate(_ inventory: Inventory, vms patterns: [String] = []) -> FleetEstimate {
    let hosts = Dictionary(inventory.hosts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let globs = patterns.map { Glob($0) }
    let vms = inventory.vms.filter { vm in
      globs.isEmpty || globs.contains { $0.matches(vm.id.rawValue) }
    }.sorted { $0.id < $1.id }
    return estimate(vms.map { vm in (vm, vm.host.flatMap { hosts[$0] }) })
  }

  /// One VM of which no host is known.
  public func estimate(_ vm: VM) -> FleetEstimate { estimate([(vm, nil)]) }

  private func estimate(_ vms: [(vm: VM, host: Host?)]) -> FleetEstimate {
    FleetEstimate(
      machines: vms.map { vm, host in
        FleetEstimate.Machine(
          vm.id,
          EstimateReport(
            TechniqueTable(
              vm: vm, on: host, gbps: bandwidth(host), roundTripMilliseconds: roundTripMilliseconds,
              engine: engine)))
      },
      curves: curves(vms),
      assumptions: StowageCosts.Assumptions.sentences(
        about: vms.map { ($0.vm, copiesStorage: $0.vm.hasLocalDisk == true) }) + networks(vms))
  }

  private func bandwidth(_ host: Host?) -> Double? {
    gbps ?? host?.migrationNetworkGbps ?? host?.networkGbps
  }

  private func networks(_ vms: [(vm: VM, host: Host?)]) -> [String] {
    let count = vms.count { bandwidth($0.host) == nil }
    return count == 0 ? [] : ["bandwidth for \(Units.count(count, "VM")) unknown: taken as 1 Gb/s"]
  }

  /// Curves of a running VM with the medians of the running ones.
  private func curves(_ vms: [(vm: VM, host: Host?)]) -> EstimateCurves {
    let running = vms.filter { $0.vm.powerState == .on }
    let subjects = running.map { MigrationSubject($0.vm) }
    let memory = Self.median(subjects.map(\.memory.memoryMiB)) ?? 4096
    let set = Self.median(subjects.map(\.memory.workingSetMiB)) ?? 0.02 * memory
    let link = Self.median(running.compactMap { bandwidth($0.host) })
    let rate = link.map(PayloadRate.mibPerSecond) ?? PayloadRate.whenUnknown
    var vm = VM(id: "typical", vCPUs: 1, memoryMiB: max(1, memory))
    vm.memoryConsumedMiB = memory
    vm.workingSetMiB = set
    if let only = running.first, vms.count == 1 {
      vm.tier = only.vm.tier
      vm.maxDowntimeMilliseconds = only.vm.maxDowntimeMilliseconds
      vm.shutdownSeconds = only.vm.shutdownSeconds
      vm.bootSeconds = only.vm.bootSeconds
    }
    let curves = DirtyRateCurves(
      engine: engine, vm: vm, growsSet: vms.count != 1,
      path: MigrationPath(payloadMiBPerSecond: rate, roundTripMilliseconds: roundTripMilliseconds))
    let kind = vms.count == 1 ? "VM" : "typical VM"
    let more = vms.count == 1 ? "" : " or more at high rates"
    let payload = rate * engine.goodput
    return EstimateCurves(
      subject: "\(kind): \(Units.gibibytes(fromMiB: memory)) in use, working set "
        + "\(Units.gibibytes(fromMiB: set))\(more), over \(Units.rate(mibPerSecond: payload))",
      payloadMiBPerSecond: payload, curves: curves.curves, uses: curves.uses)
  }

  /// The upper of the two in the middle, of an even count.
  private static func median(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.sorted()[values.count / 2]
  }
}
