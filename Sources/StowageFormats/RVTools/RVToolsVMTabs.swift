import StowageDiagnostics
import StowageModel

/// Reads the tabs that add to what vInfo says of VMs.
struct RVToolsVMTabs {
  /// The VMs.
  var machines = RVToolsMachines()
  /// How many VMs have a sample of their CPU use.
  private(set) var cpuSamples = 0
  private var strangers: [RVToolsTab: Int] = [:]

  /// Reads vCPU.
  mutating func readCPU(_ sheet: RVToolsSheet, _ log: inout DiagnosticLog) {
    forEachMachine(sheet) { tabs, row, position in
      let cpus = sheet.sample(row, .cpus, into: &log)
      let overall = sheet.sample(row, .overall, into: &log)
      let reservation = sheet.sample(row, .reservation, into: &log)
      let limit = sheet.sample(row, .limit, into: &log)
      if overall != nil { tabs.cpuSamples += 1 }
      tabs.machines.update(position) { machine in
        Self.fillIn(&machine, sheet, row)
        if machine.vm.vCPUs == 0 { machine.vm.vCPUs = cpus ?? 0 }
        machine.vm.cpuReservationMHz = Self.aboveZero(reservation)
        machine.vm.cpuLimitMHz = Self.aboveZero(limit)
        if let overall, machine.vm.powerState == .on {
          machine.vm.attributes["x.rvtools.cpu_overall_mhz"] = DecimalText.of(overall)
        }
      }
    }
  }

  /// Reads vMemory.
  mutating func readMemory(_ sheet: RVToolsSheet, _ log: inout DiagnosticLog) {
    forEachMachine(sheet) { tabs, row, position in
      let size = sheet.sample(row, .size, into: &log)
      let active = sheet.sample(row, .active, into: &log)
      let consumed = sheet.sample(row, .consumed, into: &log)
      let reservation = sheet.sample(row, .reservation, into: &log)
      let limit = sheet.sample(row, .limit, into: &log)
      tabs.machines.update(position) { machine in
        Self.fillIn(&machine, sheet, row)
        if machine.vm.memoryMiB == 0 { machine.vm.memoryMiB = size ?? 0 }
        machine.vm.memoryActiveMiB = Self.aboveZero(active) ?? machine.vm.memoryActiveMiB
        machine.vm.memoryConsumedMiB = Self.aboveZero(consumed)
        machine.vm.memoryReservationMiB = Self.aboveZero(reservation)
        machine.vm.memoryLimitMiB = Self.aboveZero(limit)
      }
    }
  }

  /// Reads vDisk.
  mutating func readDisks(_ sheet: RVToolsSheet) {
    forEachMachine(sheet) { tabs, row, position in
      let datastore = (sheet.text(row, .diskPath)).flatMap(RVToolsPath.datastore)
      let isRaw = sheet.flag(row, .raw)
      let sharing = sheet.text(row, .sharingMode).map(RVToolsColumn.plain) ?? "sharingnone"
      let bus = sheet.text(row, .sharedBus).map(RVToolsColumn.plain) ?? "nosharing"
      tabs.machines.update(position) { machine in
        if isRaw { machine.vm.blockers.insert(.rdm) }
        if sharing != "sharingnone" || bus != "nosharing" { machine.vm.blockers.insert(.sharedDisk) }
        if let datastore, !machine.vm.datastores.contains(datastore) {
          machine.vm.datastores.append(datastore)
        }
      }
    }
  }

  /// Reads vNetwork.
  mutating func readNetworks(_ sheet: RVToolsSheet) {
    forEachMachine(sheet) { tabs, row, position in
      let network = sheet.text(row, .network)
      let adapter = [sheet.text(row, .adapter), sheet.text(row, .type)].compactMap { $0 }.map(
        RVToolsColumn.plain)
      // vSphere marks every vmxnet3 adapter that may use DirectPath; that does not tie the VM to its
      // host as a virtual function does.
      let isFunction = adapter.contains { $0.contains("sriov") }
      let mayBypass = sheet.flag(row, .directPath) && !adapter.contains { $0.contains("vmxnet") }
      tabs.machines.update(position) { machine in
        if let network, !machine.vm.networks.contains(network) { machine.vm.networks.append(network) }
        if isFunction || mayBypass { machine.vm.blockers.insert(.sriov) }
      }
    }
  }

  /// Reads a tab of which every row, or every connected one, is something in the way of a move.
  mutating func readBlocker(_ blocker: Blocker, _ sheet: RVToolsSheet, onlyConnected: Bool) {
    forEachMachine(sheet) { tabs, row, position in
      if onlyConnected && !sheet.flag(row, .connected) { return }
      tabs.machines.update(position) { $0.vm.blockers.insert(blocker) }
    }
  }

  /// Points out tabs whose rows are about VMs that vInfo does not list.
  func reportStrangers(_ source: String, _ log: inout DiagnosticLog) {
    for tab in RVToolsTab.allCases {
      guard let count = strangers[tab] else { continue }
      log.report(
        .inventoryUnknownReference, .notice, at: SourcePlace(file: source),
        "\(count) rows of \(tab.rawValue) are about VMs that vInfo does not list, or that several may be; "
          + "they are passed over")
    }
  }

  private mutating func forEachMachine(
    _ sheet: RVToolsSheet, _ body: (inout RVToolsVMTabs, TableRow, Int) -> Void
  ) {
    for row in sheet.table.rows {
      switch machines.find(row, in: sheet) {
      case .machine(let position): body(&self, row, position)
      case .leftOut: continue
      case .unknown: strangers[sheet.tab, default: 0] += 1
      }
    }
  }

  /// Where vInfo is silent about the place of a VM, other tabs may know it.
  private static func fillIn(_ machine: inout RVToolsMachine, _ sheet: RVToolsSheet, _ row: TableRow) {
    machine.hostName = machine.hostName ?? sheet.text(row, .host)
    machine.vm.cluster = machine.vm.cluster ?? sheet.text(row, .cluster)
    machine.vm.site = machine.vm.site ?? sheet.text(row, .datacenter)
  }

  /// A figure that means something: −1 is "unlimited", 0 is "none".
  private static func aboveZero(_ number: Double?) -> Double? {
    number.flatMap { $0 > 0 ? $0 : nil }
  }
}
