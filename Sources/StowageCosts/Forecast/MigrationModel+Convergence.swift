public import StowageModel

extension MigrationModel {
  /// Whether pre-copy of a VM comes to an end on a path without being helped; `nil` for a VM that does not run, or whose
  /// disks leave memory nothing of the path.
  public func convergence(of vm: VM, storage: StorageCopy, path: MigrationPath) -> Convergence? {
    let subject = MigrationSubject(vm, unknown: engine.constants.unknown)
    let rate = engine.payload(min(path.payloadMiBPerSecond, engine.rateLimit(.preCopy, storage: storage)))
    let memoryRate = storage == .full ? rate - subject.diskChangeMiBPerSecond : rate
    guard subject.isRunning, memoryRate > 0, memoryRate.isFinite else { return nil }
    return Convergence(
      subject.memory, rate: memoryRate, limitSeconds: engine.downtimeLimitSeconds,
      switchoverSeconds: engine.switchoverSeconds, constants: engine.constants.rounds)
  }
}
