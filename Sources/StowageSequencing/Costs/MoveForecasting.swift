import StowageCosts
import StowageModel

/// What the sequencer asks of a cost model.
///
/// A seam for tests: hand-checkable fleets want a model whose durations are memory by rate.
protocol MoveForecasting: Sendable {
  /// The platform's limits on moves at once.
  var slotLimits: SlotLimits { get }

  /// The technique that the model prefers on a path of this rate, in so many seconds at most where hours limit it;
  /// `nil` when none is possible.
  func preferred(
    _ vm: VM, from: Host, to: Host, on path: PathRate, mostSeconds: Double?
  ) -> MoveOption?

  /// The move made cold whatever is preferred; `nil` when the VM or the platform does not allow it.
  func cold(_ vm: VM, from: Host, to: Host, on path: PathRate) -> MoveOption?

  /// Every technique with its first obstacle, when none is possible.
  func obstacles(
    _ vm: VM, from: Host, to: Host, on path: PathRate, mostSeconds: Double?
  ) -> [RejectedTechnique]

  /// What is fixed about a move in some manner; `nil` when the VM, a host or the platform rules it out.
  func facts(_ vm: VM, from: Host, to: Host, by manner: Manner) -> TechniqueFacts?

  /// How long such a move lasts at a rate, in s; `nil` when it does not end.
  func seconds(
    _ vm: VM, by manner: Manner, storage: StorageCopy, mibPerSecond: Double,
    roundTripMilliseconds: Double?
  ) -> Double?

  /// The least that such a move takes at any of some rates, in MiB/s, not rounded; `nil` when it
  /// does not end even at the highest.
  func least(
    _ vm: VM, by manner: Manner, storage: StorageCopy, mibPerSecond rates: ClosedRange<Double>,
    roundTripMilliseconds: Double?
  ) -> LeastMove?
}

/// What a path gives to a move.
struct PathRate: Hashable {
  /// Payload rate in tenths of MiB/s.
  var tenths: Int
  /// Round-trip time in ms; `nil` when no link states one.
  var roundTripMilliseconds: Double?
  /// Whether guest networks are the same at both ends; `nil` when links do not say.
  var isStretched: Bool?
}
