import StowageModel

/// One VM, possibly between two hosts, on a platform: what the rows of the table are asked about.
struct Situation {
  let vm: VM
  /// `nil` when only the VM and the platform are asked about: what a target might meet counts as met.
  let hosts: (source: Host, target: Host)?
  let storage: StorageCopy
  let engine: MigrationEngine
  /// The way between the hosts, where it is known.
  var path: MigrationPath?

  /// The verdict on a technique: the first row that refuses it, else the owner's own list.
  func verdict(on technique: Technique) -> Verdict {
    for row in rows {
      let isRefused = row.rulings(technique, storage: storage).contains { !passes($0) }
      if isRefused { return .blocked(because: row.because, remedy: row.remedy) }
    }
    if technique.isLive, let path, let objection = SitePath(path: path, engine: engine).objection {
      return .blocked(because: objection.because, remedy: objection.remedy)
    }
    if let allowed = vm.allowedTechniques, !allowed.contains(technique) {
      return .blocked(because: ownersList(allowed), remedy: "add \(technique.rawValue) to its techniques")
    }
    return storage == .full ? .allowedWithStorageCopy : .allowed
  }

  private func ownersList(_ allowed: Set<Technique>) -> String {
    allowed.isEmpty
      ? "its owner allows no technique"
      : "its owner allows only \(allowed.sorted().map(\.rawValue).joined(separator: ", "))"
  }

  /// The rows that hold, in the order in which they are reported.
  private var rows: [FeasibilityRow] {
    FeasibilityTable.structure.filter { holds($0.attribute) }
      + vm.blockers.sorted().compactMap { FeasibilityTable.row(of: $0, on: engine.platform) }
  }

  private func holds(_ attribute: FeasibilityRow.Attribute) -> Bool {
    switch attribute {
    case .notMovable: vm.isMovable == false
    case .poweredOff: vm.powerState != .on
    case .otherCPUVendor: hosts.map { CPUCompatibility.vendorsDiffer($0.source, $0.target) } ?? false
    case .olderCPULevel:
      hosts.map { CPUCompatibility.targetMayLackFeatures(of: vm, $0.source, $0.target) } ?? false
    case .noLiveStorageCopy: storage == .full && !engine.copiesStorageLive
    case .otherHypervisor: versions?.isOtherHypervisor ?? false
    case .olderHypervisor: versions?.isOlder ?? false
    case .noPostCopy: !hasPostCopy
    case .switchesAtTimeout: engine.postCopySupport == .atTimeout
    case .hostWithoutPostCopy:
      hosts.map { $0.source.allowsPostCopy == false || $0.target.allowsPostCopy == false } ?? false
    case .blocker(let blocker): vm.blockers.contains(blocker)
    }
  }

  private var versions: HypervisorChange? {
    hosts.map { HypervisorChange(from: $0.source, to: $0.target) }
  }

  /// A setting that is off by default counts as on where both hosts say so.
  private var hasPostCopy: Bool {
    switch engine.postCopySupport {
    case .onRequest: true
    case .hostSetting, .atTimeout:
      hosts.map { $0.source.allowsPostCopy == true && $0.target.allowsPostCopy == true } ?? true
    case .none: false
    }
  }

  private func passes(_ ruling: FeasibilityRow.Ruling) -> Bool {
    switch ruling {
    case .allowed: true
    case .refused: false
    case .ifSameCPUModel: hosts.map { CPUCompatibility.isSameModel($0.source, $0.target) } ?? true
    case .ifTargetHasGPUs: hosts.map { ($0.target.gpuCount ?? 0) >= max(1, vm.gpuCount ?? 1) } ?? true
    case .ifStorageStays: storage == .none
    case .ifStorageTravels: storage == .full
    case .ifTargetHoldsReplica: hosts.map { vm.replicaHosts.contains($0.target.id.rawValue) } ?? true
    case .ifTargetHasPages(let size): hosts.map { has(size, $0.target) } ?? true
    }
  }

  /// A host that lists no sizes says nothing.
  private func has(_ size: String, _ host: Host) -> Bool {
    host.hugePageSizes.isEmpty || host.hugePageSizes.contains { $0.lowercased() == size }
  }
}
