import StowageDiagnostics
import StowageModel

/// Reads OpenStack: what `openstack … list --long -f json` (or `-f csv`) prints, and answers of the
/// nova and placement APIs.
struct OpenStackReader: PlatformReader {
  static let format = InventoryFormat.openstack

  private var hypervisors: [ExportRecord] = []
  private var servers: [ExportRecord] = []
  private var flavors: [ExportRecord] = []
  private var groups: [ExportRecord] = []
  private var aggregates: [ExportRecord] = []
  private var services: [ExportRecord] = []
  private var providers: [ExportRecord] = []
  private var inventories: [(file: ExportFile, records: [ExportRecord])] = []

  init() {}

  mutating func take(_ file: ExportFile) -> Bool {
    if file.text != nil || !file.elements.isEmpty { return false }
    if takeAnswer(file) { return true }
    guard let first = file.records.first else { return false }
    let records = file.records
    if first.has("Hypervisor Hostname") {
      hypervisors += records
    } else if first.has("OS-EXT-SRV-ATTR:host") || first.has("ID", "Name", "Status", "Power State")
      || first.has("ID", "Name", "Status", "Networks") || first.has("ID", "Name", "Status", "Flavor")
    {
      servers += records
    } else if first.has("VCPUs", "RAM", "Name") {
      flavors += records
    } else if first.has("Members"), first.has("Policy") || first.has("Policies") {
      groups += records
    } else if first.has("Availability Zone", "Hosts") {
      aggregates += records
    } else if first.has("Binary", "Host", "Status") {
      services += records
    } else if first.has("resource_class"), first.has("total") {
      inventories.append((file, records))
    } else if first.has("root_provider_uuid") || first.has("uuid", "name", "generation") {
      providers += records
    } else {
      // How much is used follows from the servers.
      return first.has("resource_class", "usage")
    }
    return true
  }

  /// Takes an answer of an API in: a list under a key of its own.
  private mutating func takeAnswer(_ file: ExportFile) -> Bool {
    let lists: [(String, WritableKeyPath<OpenStackReader, [ExportRecord]>)] = [
      ("hypervisors", \.hypervisors), ("servers", \.servers), ("flavors", \.flavors),
      ("server_groups", \.groups),
      ("aggregates", \.aggregates), ("services", \.services), ("resource_providers", \.providers),
    ]
    for (key, path) in lists {
      let records = file.list(key)
      guard let first = records.first, Self.isNova(first, key) else { continue }
      self[keyPath: path] += records
      return true
    }
    guard let first = file.records.first else { return false }
    if first.has("inventories", "resource_provider_generation") {
      inventories.append((file, file.records))
      return true
    }
    if let server = first.child("server"), server.has("flavor") {
      servers += file.records.compactMap { $0.child("server") }
      return true
    }
    // An answer without any entry.
    return first.has("servers") && first.names.count == 1 || first.has("hypervisors")
      || first.has("server_groups")
  }

  private static func isNova(_ record: ExportRecord, _ key: String) -> Bool {
    switch key {
    case "hypervisors": record.has("hypervisor_hostname")
    case "servers": record.has("id", "name")
    case "flavors": record.has("vcpus", "ram")
    case "server_groups": record.has("members")
    case "aggregates": record.has("hosts")
    case "services": record.has("binary")
    default: record.has("uuid")
    }
  }

  func read(into draft: inout FleetDraft) {
    draft.sizeRemedy = (
      hosts:
        "add `openstack resource provider inventory list UUID -f json` of each, the UUID in the file's name",
      vms: "add `openstack flavor list --all --long -f json`, or nova's answer to /servers/detail"
    )
    var hosts = OpenStackHosts()
    for record in hypervisors { hosts.readHypervisor(record, into: &draft) }
    hosts.readInventories(inventories, providers, into: &draft)
    for record in services { hosts.readService(record, into: &draft) }
    for record in aggregates { hosts.readAggregate(record, into: &draft) }
    var machines = OpenStackServers(flavors: flavors)
    for record in servers { machines.read(record, into: &draft) }
    machines.settleUnknownSizes(hosts.used, &draft)
    addRules(machines.pinnedZones, &draft)
  }

  private func addRules(_ pinnedZones: [String: [String]], _ draft: inout FleetDraft) {
    for record in groups {
      let name = record.text("Name", "name") ?? "server group"
      let members = record.texts("Members", "members")
      guard let policy = record.text("Policy", "policy") ?? record.texts("Policies", "policies").first,
        !members.isEmpty
      else { continue }
      if let most = record.number("rules/max_server_per_host", log: &draft.log), most > 1 {
        draft.skip("rule that lets several members share a host")
        continue
      }
      let kind: DraftRule.Kind = policy.contains("anti") ? .apart(.host) : .together
      draft.rules.append(
        DraftRule(name: name, kind: kind, members: members, isHard: !policy.hasPrefix("soft-")))
    }
    for (zone, members) in pinnedZones.sorted(by: { $0.key < $1.key }) {
      draft.rules.append(
        DraftRule(name: "availability zone \(zone)", kind: .onlyOnLabels(["az": zone]), members: members))
    }
  }
}
