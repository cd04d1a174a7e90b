import StowageDiagnostics
import StowageModel

/// Reads servers, and their sizes from flavors where the servers do not carry them.
struct OpenStackServers {
  /// Servers that were asked into a zone, by zone.
  private(set) var pinnedZones: [String: [String]] = [:]
  private var flavors: [String: ExportRecord] = [:]

  /// Takes the flavors in, by their names and ids.
  init(flavors list: [ExportRecord]) {
    for record in list {
      for key in [record.text("ID", "id"), record.text("Name", "name")].compactMap({ $0 }) {
        flavors[key] = record
      }
    }
  }

  /// Reads a server.
  mutating func read(_ record: ExportRecord, into draft: inout FleetDraft) {
    guard let id = record.text("ID", "id") else { return }
    let status = record.text("Status", "status", "OS-EXT-STS:vm_state")?.uppercased() ?? ""
    if status == "SHELVED_OFFLOADED" { return draft.skip("server that is shelved and on no host") }
    if status.hasSuffix("DELETED") { return draft.skip("server that is deleted") }
    let flavor = flavor(of: record)
    let position = draft.vm(id, name: record.text("Name", "name"), at: record.place)
    let vCPUs = flavor?.positive("vcpus", "VCPUs", log: &draft.log)
    let memory = flavor?.positive("ram", "RAM", log: &draft.log)
    let disk = flavor.map { flavor in
      ["disk", "ephemeral"].compactMap { flavor.number($0, log: &draft.log) }.reduce(0, +)
    }
    draft.update(vm: position) { entry in
      entry.hostName = record.text(
        "OS-EXT-SRV-ATTR:hypervisor_hostname", "OS-EXT-SRV-ATTR:host", "Host", "host", "Hypervisor")
      entry.vm.powerState = Self.state(status, record)
      entry.vm.vCPUs = vCPUs ?? entry.vm.vCPUs
      entry.vm.memoryMiB = memory ?? entry.vm.memoryMiB
      entry.vm.diskProvisionedGiB = disk.flatMap { $0 > 0 ? $0 : nil }
      entry.vm.networks = Self.networks(record)
      entry.vm.operatingSystem = record.text("Image Name", "image/properties/os_distro")
      entry.vm.cluster = record.text("Availability Zone", "OS-EXT-AZ:availability_zone")
      for name in (record.child("Properties", "metadata", "properties"))?.names ?? [] {
        entry.vm.labels[name] = record.child("Properties", "metadata", "properties")?.text(name) ?? ""
      }
      entry.vm.blockers = Self.blockers(flavor)
      if flavor.map({ Self.spec("resources:VGPU", $0) }) ?? nil != nil { entry.vm.gpuCount = 1 }
      // Nova refuses to move what somebody locked or what is broken or under way.
      if record.flag("locked", "Locked") == true || status == "ERROR" || status == "BUILD" {
        entry.vm.isMovable = false
      }
      entry.vm.attributes["x.openstack.server_id"] = id
      entry.vm.attributes["x.openstack.project_id"] = record.text("Project ID", "tenant_id", "project_id")
      entry.vm.attributes["x.openstack.status"] = status.isEmpty ? nil : status
      entry.vm.attributes["x.openstack.flavor"] =
        record.text("Flavor", "Flavor Name", "Flavor ID") ?? flavor?.text("original_name", "Name")
    }
    if let zone = record.text("Pinned Availability Zone", "pinned_availability_zone"), zone != "None" {
      pinnedZones[zone, default: []].append(id)
    }
  }

  /// The flavor that a server carries, or that it names.
  private func flavor(of record: ExportRecord) -> ExportRecord? {
    if let own = record.child("flavor") {
      if own.has("vcpus") { return own }
      return own.text("id", "original_name", "name").flatMap { flavors[$0] }
    }
    for name in ["Flavor", "Flavor Name", "Flavor ID"] {
      guard let text = record.text(name) else { continue }
      // `openstack server show` writes `m1.large (4)`.
      if let found = flavors[text] ?? flavors[String(text.prefix { $0 != " " })] { return found }
    }
    return nil
  }

  private static func state(_ status: String, _ record: ExportRecord) -> VM.PowerState {
    switch status {
    case "SHUTOFF", "STOPPED", "SHELVED", "RESCUED": return .off
    case "SUSPENDED": return .suspended
    default: break
    }
    switch record.text("Power State", "OS-EXT-STS:power_state")?.lowercased() {
    case "4", "shutdown": return .off
    case "7", "suspended": return .suspended
    default: return .on
    }
  }

  private static func networks(_ record: ExportRecord) -> [String] {
    if let networks = record.child("Networks", "addresses") { return networks.names.sorted() }
    // Older clients print `net=10.0.0.1, 10.0.0.2; other=…`.
    return record.texts("Networks", separators: [";"]).compactMap { entry in
      entry.firstIndex(of: "=").map { String(entry[..<$0]) }
    }.sorted()
  }

  private static func spec(_ name: String, _ flavor: ExportRecord) -> String? {
    flavor.text("extra_specs/\(name)", "Properties/\(name)")
  }

  private static func blockers(_ flavor: ExportRecord?) -> Set<Blocker> {
    guard let flavor else { return [] }
    var blockers: Set<Blocker> = []
    if ["dedicated", "mixed"].contains(spec("hw:cpu_policy", flavor)) { blockers.insert(.pinnedCPU) }
    if let page = spec("hw:mem_page_size", flavor), page != "small", page != "any" {
      blockers.insert(Self.hugePages(page.lowercased()))
    }
    if spec("pci_passthrough:alias", flavor) != nil { blockers.insert(.passthrough) }
    if spec("resources:VGPU", flavor) != nil { blockers.insert(.vgpu) }
    if spec("hw:mem_encryption", flavor)?.lowercased() == "true" { blockers.insert(.confidential) }
    if spec("hw:tpm_version", flavor) != nil { blockers.insert(.vtpm) }
    if spec("hw:pmu", flavor)?.lowercased() == "true" { blockers.insert(.performanceCounters) }
    return blockers
  }

  /// `large`, or a size: `2048` is in KiB, `2MB` and `1GB` are binary.
  private static func hugePages(_ size: String) -> Blocker {
    switch size {
    case "2048", "2mb", "2048kb": .hugepages2M
    case "1048576", "1gb", "1024mb": .hugepages1G
    default: .hugepages
    }
  }

  /// A flavor may be gone while servers of it live on. What their host has in use and the servers of
  /// known size do not account for is theirs, in equal parts.
  func settleUnknownSizes(
    _ used: [String: (vCPUs: Double, memoryMiB: Double)], _ draft: inout FleetDraft
  ) {
    let names = HostNames(draft.hosts)
    var known: [Int: (vCPUs: Double, memoryMiB: Double)] = [:]
    var unknown: [Int: [Int]] = [:]
    for (position, entry) in draft.vms.enumerated() {
      guard let host = entry.hostName.flatMap(names.find) else { continue }
      if entry.vm.vCPUs > 0 && entry.vm.memoryMiB > 0 {
        // Nova counts servers that are off too.
        known[host, default: (0, 0)].vCPUs += entry.vm.vCPUs
        known[host, default: (0, 0)].memoryMiB += entry.vm.memoryMiB
      } else {
        unknown[host, default: []].append(position)
      }
    }
    for (host, positions) in unknown.sorted(by: { $0.key < $1.key }) {
      guard let all = used[draft.hosts[host].key] else { continue }
      let share = Double(positions.count)
      let vCPUs = ((all.vCPUs - (known[host]?.vCPUs ?? 0)) / share).rounded(.up)
      let memory = ((all.memoryMiB - (known[host]?.memoryMiB ?? 0)) / share).rounded(.up)
      guard vCPUs >= 1, memory >= 1 else { continue }
      for position in positions {
        draft.update(vm: position) { entry in
          entry.vm.vCPUs = vCPUs
          entry.vm.memoryMiB = memory
        }
        draft.assume("server", "its flavor unknown, its size taken as its part of what its host has in use")
      }
    }
  }
}
