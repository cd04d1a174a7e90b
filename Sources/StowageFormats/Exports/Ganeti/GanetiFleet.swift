import StowageDiagnostics
import StowageModel

/// Turns what Ganeti says into hosts, VMs and rules.
///
/// A mirrored instance (DRBD) may run on its primary and its secondary node and nowhere else, and its
/// disks lie on both whichever of them it runs on: they are taken off both, and the instance carries
/// none with it.
struct GanetiFleet {
  /// What Ganeti's default policy allows (`ipolicyDefaults`, vcpu-ratio).
  private static let defaultVCPURatio = 4.0

  private let facts: GanetiFacts
  private let moves: GanetiMoves

  /// Takes in the facts of one cluster.
  init(_ facts: GanetiFacts) {
    self.facts = facts
    moves = GanetiMoves(facts)
  }

  /// Adds the cluster to a draft.
  func describe(_ draft: inout FleetDraft) {
    let groups = Dictionary(facts.groups.map { ($0.uuid, $0) }, uniquingKeysWith: { first, _ in first })
    for node in facts.nodes { describe(node, groups[node.group], &draft) }
    for (position, instance) in facts.instances.enumerated() { describe(instance, position, &draft) }
    addRules(&draft)
  }

  private func describe(_ node: GanetiFacts.Node, _ group: GanetiFacts.Group?, _ draft: inout FleetDraft) {
    if let known = draft.knownHost(node.name) {
      draft.log.report(
        .inventoryDuplicateHost, .error, at: node.place,
        "node \(Diagnostic.quoted(node.name)) is listed twice, first on line \(draft.hosts[known].place.line ?? 0)",
        remedy: "remove one of the two, or read the clusters one by one")
      return
    }
    let position = draft.host(node.name, at: node.place)
    let own = facts.instances.filter { $0.primary == node.name }
    let runningMiB = own.filter { Self.isRunning($0.status) }.compactMap(\.memory).reduce(0, +)
    let plainMiB = own.filter { Self.isPlain($0.template) }.compactMap(\.disk).reduce(0, +)
    draft.update(host: position) { entry in
      entry.host.cluster = group?.name
      entry.host.cores = node.cpus ?? 0
      entry.host.memoryMiB = node.memory ?? 0
      // Free memory is stated, not derived: what neither it nor the instances account for is taken.
      if let memory = node.memory, let free = node.freeMemory {
        entry.host.memoryReservedMiB = max(node.reserved ?? 0, memory - free - runningMiB)
      } else {
        entry.host.memoryReservedMiB = node.reserved
      }
      if let free = node.freeDisk { entry.host.localDiskGiB = (free + plainMiB) / 1024 }
      entry.host.cpuOvercommitRatio = group?.vCPURatio ?? facts.vCPURatio ?? Self.defaultVCPURatio
      entry.host.state = node.isOffline ? .offline : .online
      entry.host.isSchedulable = group?.policy != "unallocable" && !node.tags.contains("stowage:drained")
      for tag in node.tags { entry.host.labels[tag] = "1" }
      entry.host.rack = moves.location(of: node)
      if let speed = node.speed, speed != 1 {
        entry.host.attributes["x.ganeti.cpu_speed"] = DecimalText.of(speed)
      }
    }
    if group?.vCPURatio == nil, facts.vCPURatio == nil {
      draft.assume("host", "4 vCPUs per core, Ganeti's default, for want of a policy")
    }
    guard node.isOffline, node.cpus == nil || node.memory == nil || node.cpus == 0 || node.memory == 0 else {
      return
    }
    draft.update(host: position) { entry in
      entry.host.cores = max(entry.host.cores, 1)
      entry.host.memoryMiB = max(entry.host.memoryMiB, 1)
    }
    draft.assume("host that is offline", "its size unknown, taken as 1 core and 1 MiB")
  }

  private func describe(_ instance: GanetiFacts.Instance, _ number: Int, _ draft: inout FleetDraft) {
    let isAgain = draft.knownVM(instance.name) != nil
    let key = isAgain ? "\(instance.primary ?? "") \(number)" : instance.name
    let position = draft.vm(key, name: instance.name, at: instance.place)
    draft.update(vm: position) { entry in
      entry.hostName = instance.primary
      entry.vm.vCPUs = instance.vCPUs ?? 0
      entry.vm.memoryMiB = instance.memory ?? 0
      entry.vm.diskProvisionedGiB = instance.disk.map { $0 / 1024 }
      entry.vm.powerState = Self.isRunning(instance.status) ? .on : .off
      entry.vm.hasLocalDisk = instance.template.map { Self.isPlain($0) }
      entry.vm.allowedHosts = moves.targets(of: instance) ?? []
      entry.vm.attributes["x.ganeti.disk_template"] = instance.template
      entry.vm.attributes["x.ganeti.secondary"] = instance.secondary
      for tag in instance.tags { entry.vm.labels[tag] = "1" }
    }
  }

  private func addRules(_ draft: inout FleetDraft) {
    let exclusion = moves.prefixes("htools:iextags:")
    var apart: [String: [String]] = [:]
    var wanted: [String: [String]] = [:]
    let location = moves.prefixes("htools:desiredlocation:")
    for entry in draft.vms {
      for tag in entry.vm.labels.keys {
        if exclusion.contains(where: { Self.belongs(tag, $0) }) { apart[tag, default: []].append(entry.key) }
        if location.contains(where: { Self.belongs(tag, $0) }) { wanted[tag, default: []].append(entry.key) }
      }
    }
    for (tag, members) in apart.sorted(by: { $0.key < $1.key }) where members.count > 1 {
      draft.rules.append(DraftRule(name: tag, kind: .apart(.host), members: members.sorted()))
    }
    for (tag, members) in wanted.sorted(by: { $0.key < $1.key }) {
      draft.rules.append(
        DraftRule(
          name: "desired location \(tag)", kind: .onlyOnLabels([tag: "1"]), members: members.sorted(),
          isHard: false))
    }
  }

  private static func belongs(_ tag: String, _ prefix: String) -> Bool {
    tag == prefix || tag.hasPrefix(prefix + ":")
  }

  /// Instances that are meant to run, also where they are found not to.
  private static func isRunning(_ status: String) -> Bool {
    ["running", "ERROR_up", "ERROR_nodedown", "ERROR_nodeoffline", "ERROR_wrongnode", "ERROR_down"].contains(
      status)
  }

  private static func isPlain(_ template: String?) -> Bool { template == "plain" || template == "file" }
}
