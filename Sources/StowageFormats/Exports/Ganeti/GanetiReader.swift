import StowageDiagnostics
import StowageModel

/// Reads Ganeti clusters: the text of htools, or answers of the remote API.
struct GanetiReader: PlatformReader {
  static let format = InventoryFormat.ganeti

  private var texts: [GanetiText] = []
  private var groups: [ExportRecord] = []
  private var nodes: [ExportRecord] = []
  private var instances: [ExportRecord] = []
  private var cluster: [ExportRecord] = []

  init() {}

  mutating func take(_ file: ExportFile) -> Bool {
    if let source = file.text {
      guard let text = GanetiText(source) else { return false }
      texts.append(text)
      return true
    }
    guard case .json = file.content, let first = file.records.first else { return false }
    if first.has("pnode"), first.has("disk_template") {
      instances += file.records
    } else if first.has("mtotal"), first.has("mnode") || first.has("pinst_cnt") {
      nodes += file.records
    } else if first.has("alloc_policy"), first.has("name") {
      groups += file.records
    } else if first.has("enabled_hypervisors") || first.has("default_hypervisor") && first.has("hvparams") {
      cluster += file.records
    } else {
      return false
    }
    return true
  }

  func read(into draft: inout FleetDraft) {
    draft.sizeRemedy = (
      hosts: "export again with hscan while the node is online", vms: "export again with hscan"
    )
    for text in texts {
      var facts = GanetiFacts()
      facts.add(text, into: &draft)
      GanetiFleet(facts).describe(&draft)
    }
    guard !nodes.isEmpty || !instances.isEmpty else { return }
    var facts = GanetiFacts()
    for record in groups { facts.add(group: record, into: &draft) }
    for record in nodes { facts.add(node: record, into: &draft) }
    for record in instances { facts.add(instance: record, into: &draft) }
    for record in cluster {
      facts.tags += record.texts("tags")
      facts.vCPURatio = record.positive("ipolicy/vcpu-ratio", log: &draft.log)
    }
    GanetiFleet(facts).describe(&draft)
    // KVM's abilities are a setting of the cluster; what is not named there is off.
    let abilities = cluster.compactMap { $0.text("hvparams/kvm/migration_caps") }.joined(separator: ":")
    guard abilities.contains("postcopy-ram") else { return }
    for position in draft.hosts.indices { draft.update(host: position) { $0.host.allowsPostCopy = true } }
  }
}
