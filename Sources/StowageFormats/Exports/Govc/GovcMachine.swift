import StowageDiagnostics
import StowageModel

/// A VM as `govc vm.info -json` describes it.
struct GovcMachine {
  private let record: ExportRecord

  /// Takes the object of a VM.
  init(_ record: ExportRecord) { self.record = record }

  /// The state of a VM by its name in the API.
  static func state(_ text: String?) -> VM.PowerState {
    switch text {
    case "poweredOff": .off
    case "suspended": .suspended
    default: .on
    }
  }

  /// Adds the VM to a draft.
  func describe(_ draft: inout FleetDraft) {
    guard let name = record.text("name", "summary/config/name", "config/name") else { return }
    if record.flag("summary/config/template", "config/template") == true {
      draft.counts.templates += 1
      return
    }
    let position = draft.vm(
      record.text("self/value", "summary/vm/value") ?? name, name: name, at: record.place)
    let vCPUs = record.positive("summary/config/numCpu", "config/hardware/numCPU", log: &draft.log)
    let memory = record.positive("summary/config/memorySizeMB", "config/hardware/memoryMB", log: &draft.log)
    let active = record.positive("summary/quickStats/guestMemoryUsage", log: &draft.log)
    let consumed = record.positive("summary/quickStats/hostMemoryUsage", log: &draft.log)
    let cpu = record.number("summary/quickStats/overallCpuUsage", log: &draft.log)
    let committed = record.number("summary/storage/committed", log: &draft.log)
    let uncommitted = record.number("summary/storage/uncommitted", log: &draft.log)
    let limits = [
      "config/cpuAllocation/reservation", "config/cpuAllocation/limit", "config/memoryAllocation/reservation",
      "config/memoryAllocation/limit",
    ].map { record.positive($0, log: &draft.log) }
    draft.update(vm: position) { entry in
      entry.hostName = record.text("runtime/host/value", "summary/runtime/host/value") ?? entry.hostName
      entry.vm.powerState = Self.state(record.text("runtime/powerState", "summary/runtime/powerState"))
      entry.vm.vCPUs = vCPUs ?? 0
      entry.vm.memoryMiB = memory ?? 0
      entry.vm.memoryActiveMiB = active
      entry.vm.memoryConsumedMiB = consumed
      entry.vm.cpuReservationMHz = limits[0]
      entry.vm.cpuLimitMHz = limits[1]
      entry.vm.memoryReservationMiB = limits[2]
      entry.vm.memoryLimitMiB = limits[3]
      entry.vm.diskUsedGiB = committed.map { $0 / 1_073_741_824 }
      if let committed, let uncommitted {
        entry.vm.diskProvisionedGiB = (committed + uncommitted) / 1_073_741_824
      }
      entry.vm.operatingSystem = record.text(
        "summary/config/guestFullName", "config/guestFullName", "guest/guestFullName")
      entry.vm.annotation = record.text("config/annotation", "summary/config/annotation")
      entry.vm.datastores = datastores
      entry.vm.blockers = blockers
      let connection = record.text("runtime/connectionState", "summary/runtime/connectionState")
      if let connection, connection != "connected" { entry.vm.isMovable = false }
      if let cpu, entry.vm.powerState == .on {
        entry.vm.attributes["x.govc.cpu_usage_mhz"] = DecimalText.of(cpu)
      }
      entry.vm.attributes["x.govc.id"] = record.text("self/value")
      entry.vm.attributes["x.govc.instance_uuid"] = record.text(
        "summary/config/instanceUuid", "config/instanceUuid")
    }
  }

  private var devices: [ExportRecord] { record.children("config/hardware/device") }

  /// Datastores by the names in brackets of file paths: `[ds1] vm/vm.vmdk`.
  private var datastores: [String] {
    var names: [String] = []
    let paths = [record.text("summary/config/vmPathName")] + devices.map { $0.text("backing/fileName") }
    for path in paths {
      guard let name = path.flatMap(RVToolsPath.datastore), !names.contains(name) else { continue }
      names.append(name)
    }
    return names
  }

  private var blockers: Set<Blocker> {
    var blockers: Set<Blocker> = []
    for device in devices { if let blocker = Self.blocker(device) { blockers.insert(blocker) } }
    if record.json("snapshot") != nil || record.flag("runtime/consolidationNeeded") == true {
      blockers.insert(.snapshot)
    }
    if record.text("config/latencySensitivity/level") == "high" { blockers.insert(.pinnedCPU) }
    let protection = record.text("runtime/faultToleranceState", "summary/runtime/faultToleranceState")
    if let protection, protection != "notConfigured" { blockers.insert(.faultTolerance) }
    if record.json("config/keyId") != nil { blockers.insert(.encrypted) }
    if record.flag("config/sevEnabled") == true { blockers.insert(.confidential) }
    return blockers
  }

  /// The type of a device is in `_typeName` where the program writes it, else its label tells.
  private static func blocker(_ device: ExportRecord) -> Blocker? {
    let type = device.text("_typeName") ?? ""
    let label = device.text("deviceInfo/label")?.lowercased() ?? ""
    let isConnected = device.flag("connectable/connected") ?? true
    if type == "VirtualSriovEthernetCard" || label.hasPrefix("sr-iov") { return .sriov }
    if type == "VirtualPCIPassthrough" || label.hasPrefix("pci device") {
      return device.text("backing/vgpu") != nil ? .vgpu : .passthrough
    }
    if type == "VirtualUSB"
      || label.hasPrefix("usb ") && !label.contains("controller") && !label.contains("xhci")
    {
      return isConnected ? .usb : nil
    }
    if type == "VirtualTPM" || label.contains("trusted platform") || label.hasPrefix("virtual tpm") {
      return .vtpm
    }
    if device.has("sharedBus"), let bus = device.text("sharedBus"), bus != "noSharing" { return .sharedDisk }
    return diskBlocker(device, isConnected: isConnected)
  }

  private static func diskBlocker(_ device: ExportRecord, isConnected: Bool) -> Blocker? {
    if device.text("backing/compatibilityMode") != nil || device.text("backing/lunUuid") != nil {
      return .rdm
    }
    if let sharing = device.text("backing/sharing"), sharing == "sharingMultiWriter" { return .sharedDisk }
    if let file = device.text("backing/fileName"), file.lowercased().hasSuffix(".iso"), isConnected {
      return .iso
    }
    return nil
  }
}
