/// What is taken of VMs whose inventory is silent.
public struct UnknownConstants: Hashable, Sendable {
  /// Dirty rate in the working set of an ordinary server, in MiB/s.
  public var hotMiBPerSecond = 60.0
  /// Dirty rate outside of it, in MiB/s.
  public var coldMiBPerSecond = 5.0
  /// Working set of a server as a part of its memory, up to its dirty rate.
  public var serverSet = 0.02
  /// Dirty rate up to which a VM counts as a server, in MiB/s.
  public var serverRate = 60.0
  /// Working set of a database as a part of its memory.
  public var databaseSet = 0.1
  /// Dirty rate of a database, in MiB/s.
  public var databaseRate = 512.0
  /// Working set of a cache as a part of its memory.
  public var cacheSet = 0.6
  /// Dirty rate of a cache, in MiB/s.
  public var cacheRate = 2560.0
  /// Disk of a VM of which no size is known, where disks must be copied, in MiB. Chosen: 32 GiB.
  public var diskMiB = 32.0 * 1024
  /// Disk change of a running VM of which none is known, in MiB/s. Chosen.
  public var diskChangeMiBPerSecond = 1.0
  /// As published and chosen.
  public init() {}

  /// Working set as a part of memory of a VM of which only the dirty rate is known: the published classes of
  /// servers, databases and caches, and straight lines between them.
  public func workingSetShare(dirtyRate rate: Double) -> Double {
    switch rate {
    case ..<serverRate: serverSet
    case ..<databaseRate:
      serverSet + (databaseSet - serverSet) * (rate - serverRate) / (databaseRate - serverRate)
    case ..<cacheRate:
      databaseSet + (cacheSet - databaseSet) * (rate - databaseRate) / (cacheRate - databaseRate)
    default: cacheSet
    }
  }
}
