public import StowageModel

/// What the engine can honestly say about a goal.
public enum PlacementAnswer: Sendable {
  /// A placement that keeps every hard rule and every capacity.
  case placed(PlacementResult)
  /// No placement keeps them all; proved, not merely not found.
  case infeasible(Infeasibility)
  /// Neither a placement nor a proof that there is none, within the limits of the search.
  case undecided(Undecided)
  /// This version does not pursue the goal.
  case notHeld(Goal)
}

/// Where every VM ends, and what is proved about that.
public struct PlacementResult: Sendable {
  /// The host of each VM, by index.
  public let placement: [Int]
  /// The objectives of the goal in the order in which they were optimised. Those that count moves
  /// count one for each VM that ends elsewhere than it starts; a plan that needs a third host on
  /// the way counts its own.
  public let objectives: [Objective]
  /// Why each VM moves; `nil` for one that stays.
  public let reasons: [String?]
  /// Hosts that do not count as on at the end (see ``PoweredOff``), ascending.
  public let poweredOff: [Int]
  /// What somebody without a solver needs to check the objectives' bounds; `nil` when nothing.
  public let certificate: Certificate?
  /// What a reader should know beside the numbers, as sentences.
  public let notes: [String]
}

/// The search ended without a placement and without a proof.
public struct Undecided: Sendable {
  /// How often each obstacle stood in the way of the VMs that were left over, most often first.
  public let obstacles: [ObstacleCount]
  /// The VMs that no host could take in the best attempt, ascending.
  public let vms: [VM.ID]
}
