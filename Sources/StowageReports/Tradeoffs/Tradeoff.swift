public import StowageModel

/// What a consolidation that stops at so many hosts takes: one point of the curve between hosts, memory moved and time.
public struct Tradeoff: Hashable, Sendable {
  /// Hosts that are on at the end.
  public var hostsOn: Int
  /// Moves of its plan.
  public var moves: Int
  /// Memory of the VMs that move, in MiB.
  public var movedMiB: Double
  /// No placement on so many hosts moves less, in MiB; `nil` where nothing is proved.
  public var leastMovedMiB: Double?
  /// How long the moves take, in s.
  public var makespanSeconds: Double
  /// No order of the same moves is shorter, in s.
  public var leastMakespanSeconds: Double
  /// Whether it is the plan at hand.
  public var isChosen: Bool

  /// What a plan takes.
  public init(_ plan: Plan, isChosen: Bool) {
    let moved = plan.objectives.first { $0.name == .movedMiB }
    hostsOn = plan.objectives.first { $0.name == .hostsOn }.map { Int($0.value) } ?? 0
    moves = plan.moves.count
    movedMiB = moved?.value ?? 0
    leastMovedMiB = moved?.lowerBound
    makespanSeconds = plan.schedule.makespanSeconds
    leastMakespanSeconds = plan.schedule.lowerBoundSeconds
    self.isChosen = isChosen
  }

  /// Those that no other beats in hosts, memory and time at once, by hosts.
  public static func worthwhile(_ all: [Tradeoff]) -> [Tradeoff] {
    // Whoever could beat one comes before it; of equal ones the chosen comes first.
    let ordered = all.sorted {
      ($0.hostsOn, $0.movedMiB, $0.makespanSeconds, $0.isChosen ? 0 : 1)
        < ($1.hostsOn, $1.movedMiB, $1.makespanSeconds, $1.isChosen ? 0 : 1)
    }
    return ordered.reduce(into: []) { kept, one in
      let isBeaten = kept.contains {
        $0.movedMiB <= one.movedMiB && $0.makespanSeconds <= one.makespanSeconds
      }
      if one.isChosen || !isBeaten { kept.append(one) }
    }
  }
}
