public import StowageModel

/// Which techniques can move a VM, and why the others cannot.
///
/// Rules on placement (allowed hosts, networks, capacity) are not judged here, nor are limits on
/// downtime: the former are the planner's, the latter the chooser's.
public enum Feasibility {
  /// The verdict on every technique for moving `vm` between two hosts; without a path, what the way rules out is
  /// not asked.
  public static func verdicts(
    vm: VM, from source: Host, to target: Host, engine: MigrationEngine, path: MigrationPath? = nil
  ) -> [Technique: Verdict] {
    let storage = storageCopy(vm, from: source, to: target)
    let situation = Situation(
      vm: vm, hosts: (source, target), storage: storage, engine: engine, path: path)
    return Dictionary(
      uniqueKeysWithValues: Technique.allCases.map { ($0, situation.verdict(on: $0)) })
  }

  /// Whether `vm` can move to any host, as far as the VM and the platform decide.
  public static func mobility(of vm: VM, engine: MigrationEngine) -> Mobility {
    let isLocal = vm.hasLocalDisk == true || vm.blockers.contains(.localDisk)
    let situation = Situation(vm: vm, hosts: nil, storage: isLocal ? .full : .none, engine: engine)
    let verdicts = Technique.allCases.map { situation.verdict(on: $0) }
    guard case .blocked(let because, let remedy) = verdicts.first, !verdicts.contains(where: \.isAllowed)
    else { return .free }
    return .pinned(because: "\(because); to lift it, \(remedy)")
  }

  /// Whether the disks of `vm` have to travel to `target`.
  ///
  /// They do when one is local, or when the target's datastores are known and lack one of the VM's.
  public static func storageCopy(_ vm: VM, from source: Host, to target: Host) -> StorageCopy {
    if vm.hasLocalDisk == true || vm.blockers.contains(.localDisk) { return .full }
    guard !target.datastores.isEmpty else { return .none }
    return vm.datastores.allSatisfy(target.datastores.contains) ? .none : .full
  }
}
