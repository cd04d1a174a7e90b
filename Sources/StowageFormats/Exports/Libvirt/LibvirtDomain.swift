import StowageDiagnostics
import StowageModel

/// A domain as `virsh dumpxml` describes it.
struct LibvirtDomain {
  private let node: XMLNode
  private let file: String

  /// Takes the element `domain`.
  init(_ node: XMLNode, file: String) {
    self.node = node
    self.file = file
  }

  /// Adds the domain to a draft, on a host.
  func describe(host: String, _ draft: inout FleetDraft) {
    let place = SourcePlace(file: file, line: node.line)
    guard let name = node.child("name")?.text, !name.isEmpty else {
      draft.log.report(
        .tableMissingValue, .error, at: place, "the domain has no name",
        remedy: "export it again with virsh dumpxml")
      return
    }
    let key = "\(host)/\(name)"
    let position = draft.vm(key, name: name, at: place)
    let vcpu = node.child("vcpu")
    let vCPUs = vcpu?["current"].flatMap(Double.init) ?? vcpu.flatMap { Double($0.text) }
    let memory = (node.child("memory") ?? node.child("currentMemory")).flatMap(LibvirtUnits.mebibytes)
    let isUnsized = vCPUs == nil || memory == nil
    draft.update(vm: position) { entry in
      entry.hostName = host
      // A domain that runs has a number.
      entry.vm.powerState = node["id"] == nil ? .off : .on
      entry.vm.vCPUs = vCPUs ?? 0
      entry.vm.memoryMiB = memory?.rounded(.up) ?? 0
      entry.vm.annotation = node.child("title")?.text ?? node.child("description")?.text
      entry.vm.operatingSystem = operatingSystem
      entry.vm.blockers = blockers
      entry.vm.cpuBaseline = cpuBaseline
      entry.vm.networks = networks
      entry.vm.hasLocalDisk = hasLocalDisk
      entry.vm.attributes["x.libvirt.uuid"] = node.child("uuid")?.text
    }
    if draft.vms[position].vm.hasLocalDisk == true {
      draft.assume("domain", "its disks in files and devices of its host taken as local")
    }
    if isUnsized { draft.assume("domain", "its size incomplete in its XML") }
  }

  /// The model that the guest sees. Of a running domain libvirt writes it out, also where it was asked for the host's.
  private var cpuBaseline: String? {
    guard let cpu = node.child("cpu"), ["custom", nil].contains(cpu["mode"]) else { return nil }
    return cpu.child("model").flatMap { $0.text.isEmpty ? nil : $0.text }
  }

  private var devices: [XMLNode] { node.child("devices")?.children ?? [] }
  private var disks: [XMLNode] {
    devices.filter { $0.name == "disk" && ["disk", "lun", nil].contains($0["device"]) }
  }

  /// Whether a disk lies in a file or device of the host; `nil` when that cannot be told.
  private var hasLocalDisk: Bool? {
    let types = disks.map { $0["type"] ?? "file" }
    if types.isEmpty { return nil }
    if types.contains(where: { ["file", "block", "dir", "nvme"].contains($0) }) { return true }
    return types.allSatisfy { $0 == "network" } ? false : nil
  }

  private var networks: [String] {
    var names: [String] = []
    for interface in devices where interface.name == "interface" {
      let source = interface.child("source")
      guard let name = source?["bridge"] ?? source?["network"] ?? source?["dev"], !names.contains(name) else {
        continue
      }
      names.append(name)
    }
    return names
  }

  private var operatingSystem: String? {
    node.descendant("metadata", "libosinfo", "os")?["id"]
  }

  private var blockers: Set<Blocker> {
    var blockers = processorBlockers.union(memoryBlockers)
    for device in devices { if let blocker = Self.blocker(device) { blockers.insert(blocker) } }
    if disks.contains(where: { $0.child("shareable") != nil || $0["device"] == "lun" }) {
      blockers.insert(.sharedDisk)
    }
    if hasLocalDisk == true { blockers.insert(.localDisk) }
    if disks.contains(where: { $0.child("mirror") != nil || $0.child("transient") != nil }) {
      blockers.insert(.diskJob)
    }
    if node.child("launchSecurity") != nil { blockers.insert(.confidential) }
    return blockers
  }

  private var processorBlockers: Set<Blocker> {
    var blockers: Set<Blocker> = []
    if let mode = node.child("cpu")?["mode"], mode == "host-passthrough" || mode == "maximum" {
      blockers.insert(.hostCPUModel)
    }
    if node.child("vcpu")?["cpuset"] != nil || node.child("cputune")?.child("vcpupin") != nil {
      blockers.insert(.pinnedCPU)
    }
    if node.descendant("numatune", "memory")?["mode"] == "strict" { blockers.insert(.pinnedCPU) }
    if promisesCounter { blockers.insert(.invariantTSC) }
    return blockers
  }

  /// An invariant time stamp counter without a stated frequency.
  private var promisesCounter: Bool {
    let features = node.child("cpu")?.children("feature") ?? []
    guard features.contains(where: { $0["name"] == "invtsc" && $0["policy"] != "disable" }) else {
      return false
    }
    let timers = node.child("clock")?.children("timer") ?? []
    return !timers.contains { $0["name"] == "tsc" && $0["frequency"] != nil }
  }

  private var memoryBlockers: Set<Blocker> {
    guard let pages = node.descendant("memoryBacking", "hugepages") else { return [] }
    let sizes = pages.children("page").map(LibvirtUnits.pageSize)
    return Set(sizes.isEmpty ? [.hugepages] : sizes.map { Self.hugePages($0) })
  }

  private static func hugePages(_ size: String?) -> Blocker {
    switch size {
    case "2m": .hugepages2M
    case "1g": .hugepages1G
    default: .hugepages
    }
  }

  private static func blocker(_ device: XMLNode) -> Blocker? {
    switch device.name {
    case "hostdev":
      switch device["type"] {
      case "usb": return .usb
      case "mdev": return .vgpu
      default: return .passthrough
      }
    case "interface":
      return device["type"] == "hostdev" || device.child("source")?["mode"] == "passthrough" ? .sriov : nil
    case "filesystem": return .filesystemShare
    case "redirdev": return device["bus"] == "usb" ? .usb : nil
    case "tpm": return .vtpm
    case "shmem": return device["role"] == "master" ? nil : .sharedMemory
    case "serial", "parallel": return device["type"] == "dev" ? .serial : nil
    case "video":
      let isDrawn = device.descendant("model", "acceleration")?["accel3d"] == "yes"
      return isDrawn ? .hardwareRenderer : nil
    case "disk":
      let isMedium = device["device"] == "cdrom" || device["device"] == "floppy"
      return isMedium && device.child("source") != nil ? .iso : nil
    default: return nil
    }
  }

  /// Reads `virsh dominfo`, which tells the state of a domain, and its size where its XML is missing.
  static func readInformation(_ record: ExportRecord, host: String, _ draft: inout FleetDraft) {
    guard let name = record.text("Name") else { return }
    let position = draft.vm("\(host)/\(name)", name: name, at: record.place)
    let vCPUs = record.positive("CPU(s)", log: &draft.log)
    let memory = record.quantity("Max memory", as: .mebibytes, log: &draft.log)
    draft.update(vm: position) { entry in
      entry.hostName = entry.hostName ?? host
      entry.vm.powerState =
        ["running", "paused", "idle", "in shutdown"].contains(record.text("State")) ? .on : .off
      if entry.vm.vCPUs <= 0 { entry.vm.vCPUs = vCPUs ?? 0 }
      if entry.vm.memoryMiB <= 0 { entry.vm.memoryMiB = memory?.rounded(.up) ?? 0 }
    }
  }
}
