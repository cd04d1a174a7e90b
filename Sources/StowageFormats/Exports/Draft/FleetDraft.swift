import StowageDiagnostics
import StowageModel

/// What a reader of one platform finds, before hosts and VMs have their final ids.
///
/// Each host and VM has a key, by which the platform's own files speak of it (a vmid, a UUID, a
/// managed object reference); a second mention adds to the first. What the export does not say stays
/// as it is in a blank host or VM, sizes as 0.
struct FleetDraft {
  /// A host and how VMs name it.
  struct HostEntry {
    var host: Host
    var key: String
    var name: String
    /// Other names under which VMs and rules speak of it.
    var aliases: [String] = []
    var place: SourcePlace
  }

  /// A VM and where it says that it is.
  struct VMEntry {
    var vm: VM
    var key: String
    var name: String
    /// The host's name, key or alias.
    var hostName: String?
    var place: SourcePlace
  }

  /// The platform.
  let format: InventoryFormat
  /// Everything to tell.
  var log = DiagnosticLog()
  /// The hosts, in the order in which they were found.
  private(set) var hosts: [HostEntry] = []
  /// The VMs, in the order in which they were found.
  private(set) var vms: [VMEntry] = []
  /// The datastores.
  var datastores: [Datastore] = []
  /// The rules.
  var rules: [DraftRule] = []
  /// What was read and left out.
  var counts = ReadCounts()
  /// What to do to get the sizes of hosts and VMs that lack them.
  var sizeRemedy = (
    hosts: "export the hosts with their cores and memory", vms: "export the VMs with their vCPUs and memory"
  )
  private var hostByKey: [String: Int] = [:]
  private var vmByKey: [String: Int] = [:]

  /// Nothing found yet.
  init(_ format: InventoryFormat) { self.format = format }

  /// The position of the host with this key, added when it is not there.
  mutating func host(_ key: String, name: String? = nil, at place: SourcePlace) -> Int {
    if let position = hostByKey[key] { return position }
    hostByKey[key] = hosts.count
    hosts.append(
      HostEntry(
        host: Host(id: Host.ID(name ?? key), cores: 0, memoryMiB: 0), key: key, name: name ?? key,
        place: place))
    return hosts.count - 1
  }

  /// The position of the host with this key, if it is there.
  func knownHost(_ key: String) -> Int? { hostByKey[key] }

  /// Changes a host.
  mutating func update(host position: Int, _ change: (inout HostEntry) -> Void) { change(&hosts[position]) }

  /// The position of the VM with this key, added when it is not there.
  mutating func vm(_ key: String, name: String? = nil, at place: SourcePlace) -> Int {
    if let position = vmByKey[key] { return position }
    vmByKey[key] = vms.count
    vms.append(
      VMEntry(
        vm: VM(id: VM.ID(name ?? key), vCPUs: 0, memoryMiB: 0), key: key, name: name ?? key, place: place))
    return vms.count - 1
  }

  /// The position of the VM with this key, if it is there.
  func knownVM(_ key: String) -> Int? { vmByKey[key] }

  /// Changes a VM.
  mutating func update(vm position: Int, _ change: (inout VMEntry) -> Void) { change(&vms[position]) }

  /// Notes something that is left out on purpose.
  mutating func skip(_ noun: String, _ count: Int = 1) { counts.skipped[noun, default: 0] += count }

  /// Notes something that was taken for granted about a `noun`.
  mutating func assume(_ noun: String, _ what: String) {
    counts.assumed["\(noun): \(what)", default: 0] += 1
  }
}
