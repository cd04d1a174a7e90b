import StowageModel

/// How old the copy of a VM gets, as the verifier reckons it.
///
/// The formulas are written out here once more: a copy that begins every *I* s and is there after *U / b* gets
/// *I + U / b* old, where *U* is what changed in *I*, never more than the disks.
struct CopyAge {
  /// Used disks in MiB, and their changes in MiB/s while the VM runs.
  let disk: Double
  let change: Double
  private let wire: Double

  init(_ vm: VM, reduction: Double, overhead: Double) {
    let used = [vm.diskUsedGiB, vm.diskProvisionedGiB].compactMap(\.self).first { $0 >= 0 && $0.isFinite }
    disk = (used ?? 32) * 1024
    let isKnown = vm.diskChangeMiBPerSecond.map { $0 >= 0 && $0.isFinite } ?? false
    change = vm.powerState == .on ? (isKnown ? vm.diskChangeMiBPerSecond ?? 1 : 1) : 0
    wire = (1 - reduction) * (1 + overhead)
  }

  /// What changes in an interval, in MiB.
  func changed(in interval: Double) -> Double { min(change * interval, disk) }

  /// In s; `nil` when copies queue up without end.
  func oldest(every interval: Double, atMiBPerSecond rate: Double) -> Double? {
    guard change > 0 else { return interval }
    guard interval > 0 else { return rate >= change * wire * (1 - 1e-9) ? 0 : nil }
    guard rate > 0 else { return nil }
    let seconds = changed(in: interval) * wire / rate
    return seconds <= interval * (1 + 1e-9) ? interval + seconds : nil
  }

  /// Whether a replicator copies every so often.
  static func offers(_ replicator: Replicator, every interval: Double) -> Bool {
    switch replicator {
    case .azureSiteRecovery, .zerto, .libvirt: interval == 0
    case .hyperVReplica: [30, 300, 900].contains(interval)
    case .vSphereReplication, .hcx: interval >= 150 && interval <= 43_200
    case .proxmox, .zfs:
      interval >= 60 && interval <= 86_400 && interval.truncatingRemainder(dividingBy: 60) == 0
    }
  }
}
