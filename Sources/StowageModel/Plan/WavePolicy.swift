/// How the moves of a plan are cut into waves, each with a gate at its end.
///
/// - A wave's first move starts no earlier than the gate of the wave before: the end of its last move and the
///   time to see whether its VMs are well.
/// - Move groups are never split: VMs of one `app`, of one hard `affinity`, of one `together`, and whatever
///   these connect.
/// - Of the members of a hard `anti_affinity` a wave moves fewer than half, and of a pair one, save those that
///   one move group ties together: what stands in for each other is never all at stake.
/// - Where a `window` or `blackout` speaks of a VM of the wave, the whole wave keeps within the hours, from its
///   first start until its VMs were seen to be well and it could have been taken back:
///   window ≥ moves + validation + rollback.
public struct WavePolicy: Hashable, Sendable {
  /// Most VMs of a wave; `nil` for any number.
  public var mostVMs: Int?
  /// Most VMs of the first wave, of low risk; `nil` for no such wave.
  public var pilotVMs: Int?
  /// From the last end of a wave to its gate, in s.
  public var validationSeconds: Double
  /// Time to take a wave back after its gate, in s; `nil` for as long as its moves took.
  public var rollbackSeconds: Double?
  /// Waves over a calendar, at most one a night; `nil` for the next wave as soon as its time has come.
  public var nights: NightPolicy?
  /// Disks that cross are copied ahead; `nil` for all of a cold move within its wave.
  public var seeding: SeedPolicy?

  /// One wave after the other without limits.
  public init(
    mostVMs: Int? = nil, pilotVMs: Int? = nil, validationSeconds: Double = 0, rollbackSeconds: Double? = nil,
    nights: NightPolicy? = nil, seeding: SeedPolicy? = nil
  ) {
    self.mostVMs = mostVMs
    self.pilotVMs = pilotVMs
    self.validationSeconds = validationSeconds
    self.rollbackSeconds = rollbackSeconds
    self.nights = nights
    self.seeding = seeding
  }

  /// Time that must be left after the last move of a wave that took so long, in s.
  public func reservedSeconds(afterMovesOf seconds: Double) -> Double {
    validationSeconds + (rollbackSeconds ?? seconds)
  }
}
