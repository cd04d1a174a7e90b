import StowageCosts
import StowageModel

/// One way to make a move at one rate: what the cost model says, in the grain of a plan.
struct MoveOption {
  /// How.
  var technique: Technique
  /// Payload rate on every link of the path, in tenths of MiB/s; 0 when nothing is copied.
  var rateTenths: Int
  /// From start to end, in ms.
  var duration: Int
  /// From the start until the source is no longer charged, in ms.
  var releasedAfter: Int
  /// From the start until the target is charged, in ms.
  var reservedAfter: Int
  /// Slots that it takes at both ends, by the platform's limits.
  var slots: Int
  /// The pause of the guest, in ms; 0 for a VM that is off.
  var downtime: Int
  /// Whether its rate may be what others leave of the path: the hot set is written no faster than half
  /// the rate, so that a lower rate sends hardly more. Above that, bytes grow as the rate falls, and it
  /// is quicker for all to go one after the other.
  var bearsSharing: Bool
  /// What the plan states.
  var estimate: MoveEstimate
  /// What was not chosen, and why.
  var rejected: [RejectedTechnique]

  /// The same of a VM whose disks are copied ahead.
  var seeded: MoveOption {
    var option = self
    option.rejected = Technique.allCases.filter(\.isLive).map {
      RejectedTechnique(
        $0, because: "its disks are seeded ahead (--seed-share), and only what changed since is left")
    }
    return option
  }
}

/// The least that a move takes by one technique at rates up to some rate, for bounds.
struct LeastMove {
  /// Fewest MiB.
  var mib: Double
  /// Shortest time, in s.
  var seconds: Double
}

/// What is fixed about a move by one technique before any rate is chosen.
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
