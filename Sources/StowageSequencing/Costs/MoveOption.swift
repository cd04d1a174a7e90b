import StowageCosts
import StowageModel

/// One way to make a move at one rate: what the cost model says, in the grain of a plan.
///
/// Shared, not copied: a search for schedules hands options on a million times, and they say much.
final class MoveOption: Sendable {
  /// How.
  let manner: Manner
  /// Payload rate on every link of the path, in tenths of MiB/s; 0 when nothing is copied.
  let rateTenths: Int
  /// From start to end, in ms.
  let duration: Int
  /// From the start until the source is no longer charged, in ms.
  let releasedAfter: Int
  /// From the start until the target is charged, in ms.
  let reservedAfter: Int
  /// Slots that it takes at both ends, by the platform's limits.
  let slots: Int
  /// The pause of the guest, in ms; 0 for a VM that is off.
  let downtime: Int
  /// Whether its rate may be what others leave of the path: the hot set is written no faster than half
  /// the rate, so that a lower rate sends hardly more. Above that, bytes grow as the rate falls, and it
  /// is quicker for all to go one after the other.
  let bearsSharing: Bool
  /// What the plan states.
  let estimate: MoveEstimate
  /// What was not chosen, and why.
  let rejected: [RejectedTechnique]

  init(
    manner: Manner, rateTenths: Int, duration: Int, releasedAfter: Int, reservedAfter: Int, slots: Int,
    downtime: Int, bearsSharing: Bool, estimate: MoveEstimate, rejected: [RejectedTechnique]
  ) {
    self.manner = manner
    self.rateTenths = rateTenths
    self.duration = duration
    self.releasedAfter = releasedAfter
    self.reservedAfter = reservedAfter
    self.slots = slots
    self.downtime = downtime
    self.bearsSharing = bearsSharing
    self.estimate = estimate
    self.rejected = rejected
  }

  /// By which technique.
  var technique: Technique { manner.technique }

  /// The same, with other techniques that were not chosen.
  func rejecting(_ rejected: [RejectedTechnique]) -> MoveOption {
    MoveOption(
      manner: manner, rateTenths: rateTenths, duration: duration, releasedAfter: releasedAfter,
      reservedAfter: reservedAfter, slots: slots, downtime: downtime, bearsSharing: bearsSharing,
      estimate: estimate, rejected: rejected)
  }

  /// The same of a VM whose disks are copied ahead.
  var seeded: MoveOption {
    rejecting(
      Technique.allCases.filter(\.isLive).map {
        RejectedTechnique(
          $0, because: "its disks are seeded ahead (--seed-share), and only what changed since is left")
      })
  }
}

/// The least that a move takes by one technique at rates up to some rate, for bounds.
struct LeastMove {
  /// Fewest MiB.
  var mib: Double
  /// Shortest time, in s.
  var seconds: Double
}

/// What is fixed about a move in one manner before any rate is chosen.
struct TechniqueFacts {
  /// Whether the disks travel too.
  var storage: StorageCopy
  /// The most that it takes of its path, in MiB/s.
  var rateLimit: Double
  /// Slots that it takes at both ends.
  var slots: Int
}

/// How many slots a platform has; `nil` where it sets no limit.
struct SlotLimits {
  /// For moves that leave a host.
  var out: Int?
  /// For moves that enter a host.
  var into: Int?
  /// For moves that leave or enter a host.
  var host: Int?
  /// For all moves.
  var fleet: Int?
}
