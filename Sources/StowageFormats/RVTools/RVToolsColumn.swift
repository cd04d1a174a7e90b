/// A column of an RVTools tab, found by its header in any of the spellings in use.
///
/// Versions before 4 say `MB` where they mean MiB and 4 says `MiB`; blanks and case vary; some
/// exports carry the internal names (`vInfoVMName`) instead. A number for each, so that the cells of a
/// large export are found without looking up any text.
enum RVToolsColumn: Int, CaseIterable, Sendable {
  // Columns that several tabs have.
  case vm, powerState, template, placeholder, datacenter, cluster, host, vmID, sdkServer, sdkUUID, cpus,
    connected, reservation, limit, type
  // Columns of vInfo.
  case connectionState, consolidationNeeded, memory, activeMemory, passthrough, requiredEVC,
    latencySensitivity, resourcePool, folder, faultToleranceState, provisioned, inUse, restartPriority,
    ruleKinds, ruleNames, path, annotation, configuredOS, toolsOS, network1, network2, network3, network4,
    network5, network6, network7, network8
  // Columns of the other tabs about VMs.
  case overall, size, consumed, active, raw, sharingMode, sharedBus, disk, diskPath, network, directPath,
    adapter, deviceType, snapshotName
  // Columns of vHost, vCluster, vDatastore and vNIC.
  case hostName, maintenance, quarantine, faultDomain, cpuModel, speed, hyperthreading, sockets,
    coresPerSocket, cores, hostMemory, vmsOnHost, currentEVC, esxVersion, vendor, model, name, haEnabled,
    failoverLevel, capacity, datastoreHosts

  /// The header of version 4.7.
  var name: String { headers[0] }

  /// Every spelling, reduced to what ``plain(_:)`` leaves of it.
  var spellings: [String] { headers.map(Self.plain) }

  /// The networks of a VM in vInfo.
  static let networks: [RVToolsColumn] = [
    .network1, .network2, .network3, .network4, .network5, .network6, .network7, .network8,
  ]

  /// Letters, digits and `#` in lower case, which is all that headers agree on; `Hosts` and `# Hosts`
  /// are two columns.
  static func plain(_ header: String) -> String {
    String(
      decoding: header.utf8.compactMap { byte -> UInt8? in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "#"):
          byte
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
        default: nil
        }
      }, as: UTF8.self)
  }
}

extension RVToolsColumn {
  /// The header of version 4.7, and other spellings.
  private var headers: [String] {
    switch self {
    case .vm: ["VM", "VM Name"]
    case .powerState: ["Powerstate", "Power state"]
    case .template: ["Template"]
    case .placeholder: ["SRM Placeholder"]
    case .datacenter: ["Datacenter"]
    case .cluster: ["Cluster"]
    case .host: ["Host"]
    case .vmID: ["VM ID", "Object ID"]
    case .sdkServer: ["VI SDK Server"]
    case .sdkUUID: ["VI SDK UUID"]
    case .cpus: ["CPUs"]
    case .connected: ["Connected"]
    case .reservation: ["Reservation"]
    case .limit: ["Limit"]
    case .type: ["Type"]
    case .connectionState: ["Connection state"]
    case .consolidationNeeded: ["Consolidation Needed"]
    case .memory: ["Memory", "Memory MiB", "Memory MB"]
    case .activeMemory: ["Active Memory"]
    case .passthrough: ["Fixed Passthru HotPlug"]
    case .requiredEVC: ["min Required EVC Mode Key"]
    case .latencySensitivity: ["Latency Sensitivity"]
    case .resourcePool: ["Resource pool"]
    case .folder: ["Folder"]
    case .faultToleranceState: ["FT State"]
    case .provisioned: ["Provisioned MiB", "Provisioned MB", "Provisioned"]
    case .inUse: ["In Use MiB", "In Use MB", "In Use"]
    case .restartPriority: ["HA Restart Priority"]
    case .ruleKinds: ["Cluster rule(s)"]
    case .ruleNames: ["Cluster rule name(s)"]
    case .path: ["Path"]
    case .annotation: ["Annotation", "Notes"]
    case .configuredOS: ["OS according to the configuration file", "OS", "OS config"]
    case .toolsOS: ["OS according to the VMware Tools", "OS Tools"]
    case .network1: ["Network #1", "Network1"]
    case .network2: ["Network #2", "Network2"]
    case .network3: ["Network #3", "Network3"]
    case .network4: ["Network #4", "Network4"]
    case .network5: ["Network #5", "Network5"]
    case .network6: ["Network #6", "Network6"]
    case .network7: ["Network #7", "Network7"]
    case .network8: ["Network #8", "Network8"]
    case .overall: ["Overall"]
    case .size: ["Size MiB", "Size MB"]
    case .consumed: ["Consumed"]
    case .active: ["Active"]
    case .raw: ["Raw"]
    case .sharingMode: ["Sharing mode"]
    case .sharedBus: ["Shared Bus"]
    case .disk: ["Disk", "Name"]
    case .diskPath: ["Path"]
    case .network: ["Network"]
    case .directPath: ["Direct Path IO"]
    case .adapter: ["Adapter"]
    case .deviceType: ["Device Type"]
    case .snapshotName: ["Name"]
    case .hostName: ["Host", "Name"]
    case .maintenance: ["in Maintenance Mode"]
    case .quarantine: ["in Quarantine Mode"]
    case .faultDomain: ["vSAN Fault Domain Name"]
    case .cpuModel: ["CPU Model"]
    case .speed: ["Speed", "CPU MHz"]
    case .hyperthreading: ["HT Active"]
    case .sockets: ["# CPU", "Num CPU", "CPU"]
    case .coresPerSocket: ["Cores per CPU"]
    case .cores: ["# Cores", "Num CPU Cores", "Cores"]
    case .hostMemory: ["# Memory", "Memory size", "Memory"]
    case .vmsOnHost: ["# VMs total", "VMs total", "# VMs", "VMs"]
    case .currentEVC: ["Current EVC"]
    case .esxVersion: ["ESX Version", "Full name"]
    case .vendor: ["Vendor"]
    case .model: ["Model"]
    case .name: ["Name"]
    case .haEnabled: ["HA enabled"]
    case .failoverLevel: ["Failover Level"]
    case .capacity: ["Capacity MiB", "Capacity MB", "Capacity"]
    case .datastoreHosts: ["Hosts"]
    }
  }
}
