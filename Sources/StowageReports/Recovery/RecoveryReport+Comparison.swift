import StowageModel

extension RecoveryReport {
  /// Migration against replication: what each is for, how often, how long VMs are down, with what is left where.
  var comparison: SectionDocument.Section? {
    let replicas = input.plan.replicas
    guard !replicas.isEmpty else { return nil }
    return .init(
      id: "comparison", title: "Migration and replication",
      note: "The same VMs, between the same places: moved once, or copied for ever.",
      blocks: [
        .rows(
          "Migration against replication", ["", "migration", "replication"],
          [purpose, frequency, downtime, data, source, target, use], allIn: "recovery.json")
      ])
  }

  private var purpose: [String] {
    [
      "purpose", "the VM runs somewhere else from now on",
      "the VM can start somewhere else when its site is lost",
    ]
  }

  private var frequency: [String] {
    let intervals = input.plan.replicas.map(\.intervalSeconds)
    let (low, high) = (intervals.min() ?? 0, intervals.max() ?? 0)
    let often =
      high == 0
      ? "without a break"
      : low == high
        ? "every \(Units.duration(seconds: high))"
        : "\(low == 0 ? "without a break" : "every \(Units.duration(seconds: low))") to every \(Units.duration(seconds: high))"
    return [
      "frequency", "once: \(Units.count(input.plan.replicas.count, "move"))",
      "\(often), for \(Units.count(input.plan.replicas.count, "VM")), for as long as they live",
    ]
  }

  private var downtime: [String] {
    let ways = input.moves.byTechnique.sorted { $0.key < $1.key }.map {
      "\(Units.count($0.value)) \($0.key.rawValue)"
    }
    let stuck =
      input.moves.impossible > 0 ? ", \(Units.count(input.moves.impossible)) not at all" : ""
    let running = input.plan.replicas.filter { $0.restartOrder > 0 }.map(\.readySeconds)
    let oldest = input.plan.replicas.map(\.worstAgeSeconds).max() ?? 0
    return [
      "downtime",
      "\(ways.joined(separator: ", "))\(stuck); the longest pause \(Units.duration(seconds: input.moves.longestPauseSeconds)), no data lost",
      "none while both sites are there; after a failure \(Units.durationRange(lowSeconds: running.min() ?? 0, highSeconds: running.max() ?? 0)), and up to \(Units.duration(seconds: oldest)) of data lost",
    ]
  }

  private var data: [String] {
    let rate = input.plan.replicas.reduce(0) { $0 + $1.rateMiBPerSecond }
    return [
      "data", "\(Units.gibibytes(fromMiB: input.moves.dataMiB)) once",
      "\(Units.rate(mibPerSecond: rate)) at most, \(Units.gibibytes(fromMiB: rate * 86_400)) a day; before that the first copies",
    ]
  }

  private var source: [String] {
    let sites = Set(input.plan.replicas.map(\.fromSite)).count
    let hosts = Set(input.plan.replicas.compactMap { input.vm($0.vm)?.host }).count
    return [
      "source", "free afterwards: VMs leave \(Units.count(hosts, "host")) in \(Units.count(sites, "site"))",
      "runs on as before, on \(Units.count(hosts, "host")) in \(Units.count(sites, "site"))",
    ]
  }

  private var target: [String] {
    let hosts = Set(input.plan.replicas.map(\.host)).count
    let gib = input.plan.replicas.reduce(0.0) { sum, replica in
      let vm = input.vm(replica.vm)
      return sum + (vm?.diskProvisionedGiB ?? vm?.diskUsedGiB ?? 0)
    }
    let space = Units.gibibytes(fromMiB: gib * 1024)
    return [
      "target", "runs the VMs: \(Units.count(hosts, "host")) and \(space) are used",
      "waits: \(Units.count(hosts, "host")) keep room for restarts, \(space) hold copies",
    ]
  }

  private var use: [String] {
    [
      "use", "empty hosts, leave a site, balance, maintain (stowage plan)",
      "survive the loss of a site, try that loss (stowage protect)",
    ]
  }
}
