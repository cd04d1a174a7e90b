public import StowageModel

/// A way of moving a VM beside the four techniques as a platform makes them by default.
public struct MoveVariant: Hashable, Sendable {
  /// What is different.
  public enum Kind: Hashable, Sendable {
    /// A pre-copy with an aid.
    case preCopy(PreCopyAid)
    /// A cold move whose disks were copied ahead while the VM ran: its pause pays for the last round only.
    case coldAfterSeed
  }

  /// What is different.
  public var kind: Kind
  /// What it costs; the time of a seeded move includes the seed.
  public var forecast: Forecast
  /// CPU time that the source takes to make pages smaller, in s.
  public var encodingSeconds: Double
}

extension MigrationModel {
  /// What else the platform could do with a VM over a path, apart from what it does by default or as the site has set it.
  ///
  /// Aids come in the order of ``PreCopyAid/offered(by:)``, then a cold move with its disks ahead, where disks travel.
  public func variants(
    of vm: VM, storage: StorageCopy, path: MigrationPath, seeds: SeedPolicy = SeedPolicy()
  ) -> [MoveVariant] {
    let subject = MigrationSubject(vm, unknown: engine.constants.unknown)
    guard subject.isRunning else { return [] }
    let aids = engine.copiesStorageLive || storage == .none ? PreCopyAid.offered(by: engine.platform) : []
    return aids.filter { $0 != .autoConverge || !engine.slowsGuestsDown }.map { aid in
      let model = aided(by: aid, vm)
      return MoveVariant(
        kind: .preCopy(aid),
        forecast: model.forecast(subject, technique: .preCopy, storage: storage, path: path),
        encodingSeconds: model.encodingSeconds(subject, storage: storage, path: path))
    } + (storage == .full ? [seeded(subject, path: path, seeds: seeds)].compactMap(\.self) : [])
  }

  /// Shut down, the last round, boot; before it the whole of the disks on the seeds' share of the path, while they change.
  /// `nil` where disks change as fast as that share carries them.
  private func seeded(_ subject: MigrationSubject, path: MigrationPath, seeds: SeedPolicy) -> MoveVariant? {
    let change = subject.diskChangeMiBPerSecond
    let share = engine.payload(path.payloadMiBPerSecond) * min(1, max(0, seeds.sharePercent / 100))
    guard
      let seed = StoragePhase(diskMiB: subject.diskMiB, changeMiBPerSecond: change, rate: share),
      seed.seconds.isFinite
    else { return nil }
    let delta = min(subject.diskMiB, change * seeds.intervalSeconds)
    var forecast = forecast(
      subject.withDisk(ofMiB: delta), technique: .cold, storage: .full, path: path)
    forecast.lowSeconds += seed.seconds
    forecast.highSeconds += seed.seconds
    forecast.totalSeconds += seed.seconds
    forecast.sentMiB += seed.sentMiB
    forecast.sentSpan.low += seed.sentMiB
    forecast.sentSpan.high += seed.sentMiB
    return MoveVariant(kind: .coldAfterSeed, forecast: forecast, encodingSeconds: 0)
  }
}
