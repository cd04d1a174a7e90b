/// One move to be made: a VM from a host to another, all by index.
struct Leg {
  /// Why a leg is not simply the placement's own move.
  enum Detour {
    /// To a third host, to make room; with the reason and the price in words.
    case parking(because: String)
    /// From the third host to where the placement puts it.
    case onward
    /// Back to where it was, after it made room for others.
    case back
    /// Stopped although the cost model prefers another technique; with the reason and the price.
    case cold(because: String)
  }

  let vm: Int
  let from: Int
  let to: Int
  /// The channels, in path order.
  let route: [Int]
  /// The technique preferred at the whole rate of the path.
  var preferred: MoveOption
  /// The leg of the same VM that must end first.
  var previous: Int?
  var detour: Detour?

  init(vm: Int, from: Int, to: Int, route: [Int], preferred: MoveOption) {
    self.vm = vm
    self.from = from
    self.to = to
    self.route = route
    self.preferred = preferred
  }
}

/// A leg with its instant and its technique.
struct Run {
  let leg: Int
  /// In ms after the start of the plan.
  let start: Int
  let option: MoveOption
  /// Until when the place at the source is kept as the way back; `nil` where it is not.
  var kept: Int?

  var end: Int { start + option.duration }
  var released: Int { start + option.releasedAfter }
  var reserved: Int { start + option.reservedAfter }
  /// When somebody else may have the place at the source.
  var freed: Int { kept ?? released }
}
