public import StowageModel

/// What keeping a copy of one VM's disks in step sends, and how long that takes.
///
/// Letters: *S* size of the disks in MiB; *c* unique changed data in MiB/s, counted by changed blocks over one
/// interval and not by writes; ρ what compression and deduplication take away; *o* what headers and
/// encryption add; *b* what the VM is given of the link, in MiB/s of payload.
///
/// Blocks written twice within an interval are sent once, so *c* falls as the interval grows. Taking it as
/// constant errs to the long side for intervals longer than the one it was measured over.
public struct ReplicationStream: Hashable, Sendable {
  /// Disks to copy, *S*, in MiB.
  public var diskMiB: Double
  /// Unique changed data, *c*, in MiB/s.
  public var changeMiBPerSecond: Double
  /// Part that compression and deduplication take away, ρ, 0 to below 1.
  public var reduction: Double
  /// Part that headers and encryption add, *o*.
  public var overhead: Double

  /// A stream of its figures; nothing is compressed and nothing added unless said.
  public init(diskMiB: Double, changeMiBPerSecond: Double, reduction: Double = 0, overhead: Double = 0) {
    precondition(diskMiB >= 0 && changeMiBPerSecond >= 0, "sizes and rates must not be negative")
    precondition(reduction >= 0 && reduction < 1, "a reduction lies from 0 to below 1: \(reduction)")
    precondition(overhead >= 0, "an overhead must not be negative: \(overhead)")
    self.diskMiB = diskMiB
    self.changeMiBPerSecond = changeMiBPerSecond
    self.reduction = reduction
    self.overhead = overhead
  }

  /// The stream of `vm`, as ``MigrationSubject`` reads its disks.
  public init(_ vm: VM, reduction: Double = 0, overhead: Double = 0) {
    let subject = MigrationSubject(vm)
    self.init(
      diskMiB: subject.diskMiB, changeMiBPerSecond: subject.diskChangeMiBPerSecond, reduction: reduction,
      overhead: overhead)
  }

  /// Bytes on the wire for each byte of disk: *(1 − ρ)(1 + o)*.
  public var wireShare: Double { (1 - reduction) * (1 + overhead) }

  /// Wire rate *w = c (1 − ρ)(1 + o)*, in MiB/s: the least that keeps up for ever.
  public var wireMiBPerSecond: Double { changeMiBPerSecond * wireShare }

  /// Changed within `seconds`, in MiB: never more than the disks hold.
  public func changedMiB(within seconds: Double) -> Double {
    min(changeMiBPerSecond * seconds, diskMiB)
  }
}

// MARK: Seeding

extension ReplicationStream {
  /// The first copy, *S (1 − ρ)(1 + o) / (b − w)*, in s, at `rate` MiB/s while the disks change; `nil` when they
  /// change as fast as they are sent, so that it never ends.
  public func seedingSeconds(atMiBPerSecond rate: Double) -> Double? {
    let gain = rate - wireMiBPerSecond
    guard diskMiB > 0 else { return 0 }
    return gain > 0 ? diskMiB * wireShare / gain : nil
  }

  /// The least rate in MiB/s at which the first copy is done within `seconds`: *w + S (1 − ρ)(1 + o) / T*.
  public func leastMiBPerSecond(toSeedWithin seconds: Double) -> Double {
    guard diskMiB > 0 else { return 0 }
    return seconds > 0 ? wireMiBPerSecond + diskMiB * wireShare / seconds : .infinity
  }

  /// Changed since the last interval ended, to be sent while the VM is down, in s at `rate` MiB/s.
  public func deltaSeconds(interval: Double, atMiBPerSecond rate: Double) -> Double {
    PostCopy.seconds(toSend: changedMiB(within: interval) * wireShare, rate: rate)
  }
}

// MARK: Keeping up

extension ReplicationStream {
  /// The least rate in MiB/s that holds a recovery point objective of `objective` s with a copy every `interval` s
  /// (0: without a break); infinite when no rate does.
  ///
  /// A copy shows the state at its start and is there after *U(I) / b*; just before the next is there, it is
  /// *I + U(I) / b* old. Hence *b ≥ U(I) / (RPO − I)*, and *b ≥ U(I) / I*, else copies queue up.
  public func leastMiBPerSecond(objective: Double, interval: Double) -> Double {
    precondition(objective >= 0 && interval >= 0, "times must not be negative")
    guard changeMiBPerSecond > 0 else { return 0 }
    guard interval > 0 else { return objective > 0 ? wireMiBPerSecond : .infinity }
    guard interval < objective else { return .infinity }
    let delta = changedMiB(within: interval) * wireShare
    return max(delta / (objective - interval), delta / interval)
  }

  /// The least rate in MiB/s that holds an objective of `objective` s whatever the interval, *min(c, 2 S / RPO) (1 − ρ)(1 + o)*:
  /// half the objective is the best interval there can be.
  public func leastMiBPerSecond(objective: Double) -> Double {
    guard objective > 0 else { return wireMiBPerSecond }
    return min(changeMiBPerSecond, 2 * diskMiB / objective) * wireShare
  }

  /// The oldest that the copy gets, in s, at `rate` MiB/s with a copy every `interval` s; `nil` when copies queue
  /// up without end.
  public func worstAgeSeconds(interval: Double, atMiBPerSecond rate: Double) -> Double? {
    guard changeMiBPerSecond > 0 else { return interval }
    guard interval > 0 else { return rate >= wireMiBPerSecond * (1 - Rounding.slack) ? 0 : nil }
    let seconds = deltaSeconds(interval: interval, atMiBPerSecond: rate)
    // The least rate that keeps up is just enough, however its last digit is rounded.
    return seconds <= interval * (1 + Rounding.slack) ? interval + seconds : nil
  }

  /// What a failure may lose, *c · RPO*, in MiB.
  public func atRiskMiB(objective: Double) -> Double { changedMiB(within: objective) }
}
