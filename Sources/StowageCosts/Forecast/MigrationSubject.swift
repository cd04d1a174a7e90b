public import StowageModel

/// What the cost model needs of a VM, with defaults where the inventory is silent.
///
/// A figure that is negative or not finite counts as unknown.
public struct MigrationSubject: Hashable, Sendable {
  /// Memory and how it is written; all zero for a VM that does not run.
  ///
  /// Memory sent is host memory taken (`memory_consumed_mib`) where known, but no more than
  /// configured: pages that were never touched cost 9 bytes each. Otherwise it is all that is
  /// configured, an upper bound.
  public let memory: MemoryProfile
  /// Memory that the VM is given, in MiB, used or not.
  public let configuredMiB: Double
  /// The used part of the disks in MiB: used, else provisioned, else ``UnknownConstants/diskMiB``.
  public private(set) var diskMiB: Double
  /// Rate at which disk content changes, in MiB/s; 0 for a VM that does not run.
  public let diskChangeMiBPerSecond: Double
  /// Whether it runs.
  public let isRunning: Bool
  /// To shut its guest down, in s; `nil` where the inventory is silent.
  public let shutdownSeconds: Double?
  /// To boot it until it serves, in s; `nil` where the inventory is silent.
  public let bootSeconds: Double?
  /// Longest pause that its users bear, in s.
  public let maxDowntimeSeconds: Double?
  /// Highest probability of losing it that is borne.
  public let maxLossProbability: Double?
  /// The most time that its guest may lose while it runs, in s per vCPU.
  public let maxSlowdownSeconds: Double?
  /// Whether the memory sent is known rather than bounded.
  public let isMemoryKnown: Bool
  /// Whether the dirty rate or the working set is assumed.
  public let assumed: Bool
  /// Whether the size of the disks is assumed.
  public let isDiskAssumed: Bool

  /// Reads `vm`.
  public init(_ vm: VM, unknown: UnknownConstants = UnknownConstants()) {
    isRunning = vm.powerState == .on
    let configured = known(vm.memoryMiB) ?? 0
    configuredMiB = configured
    let consumed = known(vm.memoryConsumedMiB).flatMap { $0 > 0 ? min($0, configured) : nil }
    isMemoryKnown = consumed != nil
    let writing = MemoryWriting(vm, configuredMiB: configured, unknown: unknown)
    assumed = isRunning && writing.assumed
    memory =
      isRunning
      ? MemoryProfile(
        memoryMiB: max(consumed ?? configured, min(writing.workingSetMiB, configured)),
        workingSetMiB: writing.workingSetMiB, hotMiBPerSecond: writing.hotMiBPerSecond,
        coldMiBPerSecond: writing.coldMiBPerSecond)
      : MemoryProfile(memoryMiB: 0, workingSetMiB: 0, hotMiBPerSecond: 0, coldMiBPerSecond: 0)
    let disk = known(vm.diskUsedGiB) ?? known(vm.diskProvisionedGiB)
    isDiskAssumed = disk == nil
    diskMiB = disk.map { $0 * 1024 } ?? unknown.diskMiB
    diskChangeMiBPerSecond =
      isRunning ? known(vm.diskChangeMiBPerSecond) ?? unknown.diskChangeMiBPerSecond : 0
    shutdownSeconds = known(vm.shutdownSeconds)
    bootSeconds = known(vm.bootSeconds)
    maxDowntimeSeconds = known(vm.maxDowntimeMilliseconds).map { $0 / 1000 }
    maxLossProbability = known(vm.maxLossProbability)
    maxSlowdownSeconds = known(vm.maxSlowdownSeconds)
  }

  /// The same with so much on its disks.
  func withDisk(ofMiB mib: Double) -> MigrationSubject {
    var subject = self
    subject.diskMiB = mib
    return subject
  }
}

/// `value` unless it is negative or no finite number.
func known(_ value: Double?) -> Double? {
  guard let value, value.isFinite, value >= 0 else { return nil }
  return value
}
