import StowageModel

/// How much of what the plan rests on the inventory really knows.
struct DataQuality {
  let rows: [ReportPage.QualityRow]

  init(_ input: ReportInput) {
    self.init(input.inventory, sizing: input.plan.options.sizing)
  }

  init(_ inventory: Inventory, sizing: SizingOptions) {
    let vms = inventory.vms.filter { $0.powerState == .on }
    let hosts = inventory.hosts
    var rows: [ReportPage.QualityRow] = []
    func add<Thing>(_ property: String, _ things: [Thing], _ consequence: String, isKnown: (Thing) -> Bool) {
      guard !things.isEmpty else { return }
      let known = things.count(where: isKnown)
      rows.append(
        .init(
          property: property,
          known:
            "\(Units.count(known)) of \(Units.count(things.count)) (\(Units.percent(Double(known) / Double(things.count))))",
          consequence: consequence))
    }
    add("dirty rate of running VMs", vms, "time, pause and technique of a move") {
      $0.dirtyRateMiBPerSecond != nil
    }
    add("working set of running VMs", vms, "pause of a move, and whether pre-copy ends") {
      $0.workingSetMiB != nil
    }
    switch sizing.cpu {
    case .mhz: add("CPU use of running VMs, 95th percentile", vms, "CPU load") { $0.cpuMHzP95 != nil }
    case .vcpu: add("vCPUs per core of hosts", hosts, "CPU capacity") { $0.cpuOvercommitRatio != nil }
    }
    if sizing.memory == .active {
      add("active memory of running VMs, 95th percentile", vms, "memory load") {
        $0.memoryActiveP95MiB != nil
      }
    }
    add("memory kept for the hypervisor", hosts, "memory capacity") { $0.memoryReservedMiB != nil }
    add("bandwidth for migrations", hosts, "times, and how many moves run at once") {
      $0.migrationNetworkGbps != nil || $0.networkGbps != nil
    }
    add("idle power of hosts", hosts, "savings") { $0.powerIdleWatts != nil }
    add("monthly cost of hosts", hosts, "savings") { $0.costPerMonth != nil }
    self.rows = rows
  }
}
