import StowageDiagnostics
import StowageModel

/// What Ganeti says of a cluster, from htools text or from its remote API.
struct GanetiFacts {
  /// A group of nodes.
  struct Group {
    var name: String
    var uuid: String
    var policy: String
    /// vCPUs per core; that of the cluster where the group states none.
    var vCPURatio: Double?
  }

  /// A node. Memory and disk in MiB; `nil` is unknown (`?`).
  struct Node {
    var name: String
    var memory: Double?
    var reserved: Double?
    var freeMemory: Double?
    var disk: Double?
    var freeDisk: Double?
    var cpus: Double?
    var isOffline: Bool
    var group: String
    var tags: [String]
    var speed: Double?
    var place: SourcePlace
  }

  /// An instance.
  struct Instance {
    var name: String
    var memory: Double?
    var disk: Double?
    var vCPUs: Double?
    var status: String
    var primary: String?
    var secondary: String?
    var template: String?
    var tags: [String]
    var place: SourcePlace
  }

  var groups: [Group] = []
  var nodes: [Node] = []
  var instances: [Instance] = []
  var tags: [String] = []
  var vCPURatio: Double?
}

extension GanetiFacts {
  /// Adds what htools text says.
  mutating func add(_ text: GanetiText, into draft: inout FleetDraft) {
    var ratios: [String: Double] = [:]
    for line in text.policies {
      guard let ratio = line[4].flatMap(Double.init), ratio > 0 else { continue }
      if let owner = line[0] { ratios[owner] = ratio } else { vCPURatio = ratio }
    }
    for line in text.groups {
      let name = line[0] ?? ""
      groups.append(
        Group(name: name, uuid: line[1] ?? name, policy: line[2] ?? "preferred", vCPURatio: ratios[name]))
    }
    tags += text.tags
    for line in text.nodes { add(node: line, into: &draft) }
    for line in text.instances { add(instance: line, into: &draft) }
  }

  private mutating func add(node line: GanetiText.Line, into draft: inout FleetDraft) {
    guard let name = line[0] else {
      draft.log.report(
        .tableMissingValue, .error, at: line.place, "the node has no name", remedy: "export again with hscan")
      return
    }
    let figures = (1...6).map { Self.number(line, $0, "node", into: &draft) }
    let unknown = (1...6).contains { line[$0] == "?" }
    nodes.append(
      Node(
        name: name, memory: figures[0], reserved: figures[1], freeMemory: figures[2], disk: figures[3],
        freeDisk: figures[4], cpus: figures[5], isOffline: line[7] == "Y" || unknown, group: line[8] ?? "",
        tags: line[10]?.parts(separatedBy: [","]) ?? [], speed: line[14].flatMap(Double.init),
        place: line.place))
  }

  private mutating func add(instance line: GanetiText.Line, into draft: inout FleetDraft) {
    guard let name = line[0], line.fields.count >= 9 else {
      draft.log.report(
        .tableMissingValue, .error, at: line.place,
        "the instance has \(line.fields.count) fields, and at least 9 are needed",
        remedy: "export again with hscan")
      return
    }
    if line[12] == "Y" {
      draft.skip("forthcoming instance")
      return
    }
    instances.append(
      Instance(
        name: name, memory: Self.number(line, 1, "instance", into: &draft),
        disk: Self.number(line, 2, "instance", into: &draft),
        vCPUs: Self.number(line, 3, "instance", into: &draft),
        status: line[4] ?? "", primary: line[6], secondary: line[7], template: line[8],
        tags: line[9]?.parts(separatedBy: [","]) ?? [], place: line.place))
  }

  private static func number(
    _ line: GanetiText.Line, _ index: Int, _ noun: String, into draft: inout FleetDraft
  ) -> Double? {
    guard let text = line[index], text != "?" else { return nil }
    if let number = Double(text), number.isFinite, number >= 0, number <= 1e12 { return number }
    draft.log.report(
      .tableBadValue, .error, at: line.place,
      "field \(index + 1) of the \(noun), \(Diagnostic.quoted(text)), is not a number of 0 or more",
      remedy: "export again with hscan")
    return nil
  }
}

extension GanetiFacts {
  /// Adds what the remote API says of a group.
  mutating func add(group record: ExportRecord, into draft: inout FleetDraft) {
    guard let name = record.text("name") else { return }
    groups.append(
      Group(
        name: name, uuid: record.text("uuid") ?? name, policy: record.text("alloc_policy") ?? "preferred",
        vCPURatio: record.positive("ipolicy/vcpu-ratio", log: &draft.log)))
  }

  /// Adds what the remote API says of a node.
  mutating func add(node record: ExportRecord, into draft: inout FleetDraft) {
    guard let name = record.text("name") else { return }
    nodes.append(
      Node(
        name: name, memory: record.positive("mtotal", log: &draft.log),
        reserved: record.number("mnode", log: &draft.log),
        freeMemory: record.number("mfree", log: &draft.log),
        disk: record.number("dtotal", log: &draft.log), freeDisk: record.number("dfree", log: &draft.log),
        cpus: record.positive("ctotal", log: &draft.log), isOffline: record.flag("offline") ?? false,
        group: record.text("group.uuid", "group") ?? "", tags: record.texts("tags"), speed: nil,
        place: record.place))
    if record.flag("drained") == true { nodes[nodes.count - 1].tags.append("stowage:drained") }
  }

  /// Adds what the remote API says of an instance.
  mutating func add(instance record: ExportRecord, into draft: inout FleetDraft) {
    guard let name = record.text("name") else { return }
    instances.append(
      Instance(
        name: name,
        memory: record.positive("oper_ram", "beparams/maxmem", "beparams/memory", log: &draft.log),
        disk: record.number("disk_usage", log: &draft.log),
        vCPUs: record.positive("oper_vcpus", "beparams/vcpus", log: &draft.log),
        status: record.text("status") ?? "",
        primary: record.text("pnode"), secondary: record.texts("snodes").first,
        template: record.text("disk_template"),
        tags: record.texts("tags"), place: record.place))
  }
}
