import StowageDiagnostics
public import StowageModel

extension Utilisation {
  /// Fewer days than these, or less coverage, say too little about the peaks of a VM. Published:
  /// Azure Migrate asks for a day and warns below a week; three days see a working day and a night twice.
  static let leastDays = 3.0
  static let leastCoverage = 0.6

  /// An inventory whose VMs carry what was measured of them, and notes on who does not and why.
  ///
  /// CPU measured in percent or cores becomes MHz by the clock of the VM's host.
  public func applied(to inventory: Inventory) -> Inventory {
    var inventory = inventory
    let index = VMIndex(inventory.vms)
    let clocks = HostClocks(inventory.hosts)
    var sized: Set<Int> = []
    var reasons: [String: Int] = [:]
    var isClockAssumed = 0
    for machine in machines {
      guard let position = index.find(machine.name) else {
        reasons["series that no VM of the inventory has", default: 0] += 1
        continue
      }
      if machine.days < Self.leastDays {
        reasons["VM with less than 3 days of samples, sized by allocation", default: 0] += 1
      } else if machine.coverage < Self.leastCoverage {
        reasons["VM with samples for less than 60 % of the time, sized by allocation", default: 0] += 1
      } else {
        let clock = clocks.clock(of: inventory.vms[position])
        if clock.isAssumed, machine.figures[.cpuMHz] == nil { isClockAssumed += 1 }
        Self.size(&inventory.vms[position], by: machine, clock: clock.megahertz)
        sized.insert(position)
      }
    }
    let running = inventory.vms.indices.filter { inventory.vms[$0].powerState == .on }
    let unmeasured = running.filter { !sized.contains($0) }.count
    inventory.notes.append(
      "Measured load of \(sized.count) VMs over \(Self.text(days)) days, a sample each \(intervalSeconds) s; "
        + "\(unmeasured) of \(running.count) running VMs have none that is used.")
    for (reason, count) in reasons.sorted(by: { $0.key < $1.key }) {
      inventory.notes.append("\(count): \(reason).")
    }
    if isClockAssumed > 0 {
      inventory.notes.append("CPU of \(isClockAssumed) VMs counted by the slowest clock known, or 2000 MHz.")
    }
    inventory.notes += notes
    return inventory
  }

  private static func text(_ days: Double) -> String { DecimalText.of((days * 10).rounded() / 10) }

  private static func size(_ vm: inout VM, by machine: Machine, clock: Double) {
    let figures = machine.figures
    // MHz are measured; percent and cores depend on a clock.
    let cpu: (Figures, Double)? =
      figures[.cpuMHz].map { ($0, 1) } ?? figures[.cpuCores].map { ($0, clock) }
      ?? figures[.cpuPercent].map { ($0, vm.vCPUs * clock / 100) }
    if let (cpu, factor) = cpu {
      vm.cpuMHzP50 = rounded(cpu.p50 * factor)
      vm.cpuMHzP95 = rounded(cpu.p95 * factor)
      vm.cpuMHzMax = rounded(cpu.maximum * factor)
      vm.cpuMHzByHour = week(cpu, factor)
    }
    let memory: (Figures, Double)? =
      figures[.memoryActiveMiB].map { ($0, 1) } ?? figures[.memoryPercent].map { ($0, vm.memoryMiB / 100) }
    if let (memory, factor) = memory {
      vm.memoryActiveP95MiB = rounded(memory.p95 * factor)
      vm.memoryActiveMiB = rounded(memory.p50 * factor)
      vm.memoryActiveMiBByHour = week(memory, factor)
    }
    if let consumed = figures[.memoryConsumedMiB] { vm.memoryConsumedMiB = rounded(consumed.p95) }
    if let network = figures[.networkMbps] { vm.networkMbpsP95 = rounded(network.p95) }
    if let disk = figures[.diskIOPS] { vm.iopsP95 = rounded(disk.p95) }
    if let dirty = figures[.dirtyRateMiBPerSecond] { vm.dirtyRateMiBPerSecond = rounded(dirty.p95) }
    vm.attributes["x.utilisation.days"] = text(machine.days)
    vm.attributes["x.utilisation.confidence"] = String(machine.confidence)
  }

  /// The largest sample of each hour of the week. An hour without a sample says nothing about how little
  /// is used in it: it counts with the 95th percentile.
  private static func week(_ figures: Figures, _ factor: Double) -> WeekProfile? {
    WeekProfile(hours: figures.hours.map { rounded(($0 < 0 ? figures.p95 : Double($0)) * factor) })
  }

  /// A tenth of a unit is finer than any measurement, and prints the same everywhere.
  private static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}

/// The VMs of an inventory by every name under which measurements may speak of them.
private struct VMIndex {
  private var exact: [String: Int] = [:]
  private var near: [String: Int?] = [:]

  init(_ vms: [VM]) {
    for (position, vm) in vms.enumerated() { exact[vm.id.rawValue] = position }
    for (position, vm) in vms.enumerated() {
      let keys = vm.attributes.filter {
        $0.key.hasPrefix("x.") && ($0.key.hasSuffix("id") || $0.key.hasSuffix("uuid"))
      }
      for name in [vm.name].compactMap({ $0 }) + keys.values.sorted() where exact[name] == nil {
        exact[name] = position
      }
      for name in Set([vm.id.rawValue, vm.name ?? vm.id.rawValue].map(Self.folded)) {
        near[name] = near[name] == nil ? .some(position) : .some(nil)
      }
    }
  }

  func find(_ name: String) -> Int? { exact[name] ?? (near[Self.folded(name)] ?? nil) }

  /// Without a domain, in lower case.
  private static func folded(_ name: String) -> String {
    let lowered = name.lowercased()
    guard let dot = lowered.firstIndex(of: "."), lowered.first?.isLetter == true else { return lowered }
    return String(lowered[..<dot])
  }
}

/// Clocks of hosts, and what stands for one that is not known.
private struct HostClocks {
  private var clocks: [Host.ID: Double] = [:]

  init(_ hosts: [Host]) {
    for host in hosts { clocks[host.id] = host.cpuMHz }
  }

  func clock(of vm: VM) -> (megahertz: Double, isAssumed: Bool) {
    if let clock = vm.host.flatMap({ clocks[$0] }) { return (clock, false) }
    return (clocks.values.min() ?? 2000, true)
  }
}
