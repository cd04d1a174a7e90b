/// A column of an RVTools tab, found by its header in any of the spellings in use.
///
/// Versions before 4 say `MB` where they mean MiB and 4 says `MiB`; blanks and case vary; some
/// exports carry the internal names (`vInfoVMName`) instead.
struct RVToolsColumn: Hashable, Sendable {
  /// The header of version 4.7.
  let name: String
  /// Other spellings.
  let aliases: [String]

  /// A column and its other spellings.
  init(_ name: String, _ aliases: String...) {
    self.name = name
    self.aliases = aliases
    spellings = ([name] + aliases).map(Self.plain)
  }

  /// Every spelling, reduced to what ``plain(_:)`` leaves of it; kept, since each cell is found by them.
  let spellings: [String]

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

// Columns that several tabs have.
extension RVToolsColumn {
  static let vm = Self("VM", "VM Name")
  static let powerState = Self("Powerstate", "Power state")
  static let template = Self("Template")
  static let placeholder = Self("SRM Placeholder")
  static let datacenter = Self("Datacenter")
  static let cluster = Self("Cluster")
  static let host = Self("Host")
  static let vmID = Self("VM ID", "Object ID")
  static let sdkServer = Self("VI SDK Server")
  static let sdkUUID = Self("VI SDK UUID")
  static let cpus = Self("CPUs")
  static let connected = Self("Connected")
  static let reservation = Self("Reservation")
  static let limit = Self("Limit")
  static let type = Self("Type")
}

// Columns of vInfo.
extension RVToolsColumn {
  static let connectionState = Self("Connection state")
  static let consolidationNeeded = Self("Consolidation Needed")
  static let memory = Self("Memory", "Memory MiB", "Memory MB")
  static let activeMemory = Self("Active Memory")
  static let passthrough = Self("Fixed Passthru HotPlug")
  static let requiredEVC = Self("min Required EVC Mode Key")
  static let latencySensitivity = Self("Latency Sensitivity")
  static let resourcePool = Self("Resource pool")
  static let folder = Self("Folder")
  static let faultToleranceState = Self("FT State")
  static let provisioned = Self("Provisioned MiB", "Provisioned MB", "Provisioned")
  static let inUse = Self("In Use MiB", "In Use MB", "In Use")
  static let restartPriority = Self("HA Restart Priority")
  static let ruleKinds = Self("Cluster rule(s)")
  static let ruleNames = Self("Cluster rule name(s)")
  static let path = Self("Path")
  static let annotation = Self("Annotation", "Notes")
  static let configuredOS = Self("OS according to the configuration file", "OS", "OS config")
  static let toolsOS = Self("OS according to the VMware Tools", "OS Tools")
  static let networks = (1...8).map { Self("Network #\($0)", "Network\($0)") }
}

// Columns of the other tabs about VMs.
extension RVToolsColumn {
  static let overall = Self("Overall")
  static let size = Self("Size MiB", "Size MB")
  static let consumed = Self("Consumed")
  static let active = Self("Active")
  static let raw = Self("Raw")
  static let sharingMode = Self("Sharing mode")
  static let sharedBus = Self("Shared Bus")
  static let disk = Self("Disk", "Name")
  static let diskPath = Self("Path")
  static let network = Self("Network")
  static let directPath = Self("Direct Path IO")
  static let adapter = Self("Adapter")
  static let deviceType = Self("Device Type")
  static let snapshotName = Self("Name")
}

// Columns of vHost, vCluster, vDatastore and vNIC.
extension RVToolsColumn {
  static let hostName = Self("Host", "Name")
  static let maintenance = Self("in Maintenance Mode")
  static let quarantine = Self("in Quarantine Mode")
  static let faultDomain = Self("vSAN Fault Domain Name")
  static let cpuModel = Self("CPU Model")
  static let speed = Self("Speed", "CPU MHz")
  static let hyperthreading = Self("HT Active")
  static let sockets = Self("# CPU", "Num CPU", "CPU")
  static let coresPerSocket = Self("Cores per CPU")
  static let cores = Self("# Cores", "Num CPU Cores", "Cores")
  static let hostMemory = Self("# Memory", "Memory size", "Memory")
  static let vmsOnHost = Self("# VMs total", "VMs total", "# VMs", "VMs")
  static let currentEVC = Self("Current EVC")
  static let esxVersion = Self("ESX Version", "Full name")
  static let vendor = Self("Vendor")
  static let model = Self("Model")
  static let name = Self("Name")
  static let haEnabled = Self("HA enabled")
  static let failoverLevel = Self("Failover Level")
  static let capacity = Self("Capacity MiB", "Capacity MB", "Capacity")
  static let datastoreHosts = Self("Hosts")
}
