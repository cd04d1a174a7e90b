public import StowageModel

/// How many moves a platform runs at once; `nil` where it sets no limit.
///
/// Limits count slots. A move takes ``slots(_:storage:)`` of them at both of its ends.
public struct Concurrency: Hashable, Sendable {
  /// Slots for moves that leave a host.
  public let perHostOut: Int?
  /// Slots for moves that enter a host.
  public let perHostIn: Int?
  /// Slots for moves that leave or enter a host.
  public let perHostTotal: Int?
  /// Slots for all moves.
  public let fleetTotal: Int?
  /// Slots of a cold move.
  let cold: Int
  /// Slots of a live move whose disks both hosts reach.
  let live: Int
  /// Slots of a move, live or cold, that copies its disks.
  let withStorage: Int

  init(
    perHostOut: Int? = nil, perHostIn: Int? = nil, perHostTotal: Int? = nil, fleetTotal: Int? = nil,
    cold: Int, live: Int, withStorage: Int
  ) {
    self.perHostOut = perHostOut
    self.perHostIn = perHostIn
    self.perHostTotal = perHostTotal
    self.fleetTotal = fleetTotal
    self.cold = cold
    self.live = live
    self.withStorage = withStorage
  }

  /// Slots that a move takes.
  public func slots(_ technique: Technique, storage: StorageCopy) -> Int {
    switch (technique.isLive, storage) {
    case (_, .full): withStorage
    case (true, .none): live
    case (false, .none): cold
    }
  }
}
