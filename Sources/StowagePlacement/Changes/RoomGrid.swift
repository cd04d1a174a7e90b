import StowageModel

/// How amounts of the two resources that bind most are counted in cells.
///
/// Cells are the greatest common divisor of all demands where the table stays small with it: then
/// nothing is lost. Otherwise they are larger, and demands are rounded.
struct RoomGrid: Sendable {
  /// The two resources; the second may be the first again where only one is limited.
  let resources: (Resource, Resource)
  /// Units of each resource in one cell.
  let unit: (Int64, Int64)
  /// Cells of the largest room.
  let size: (a: Int, b: Int)
  /// Whether cells lose nothing.
  let isExact: Bool

  /// Which way a demand that is no whole number of cells is rounded.
  enum Rounding: Sendable {
    /// Less than is asked: for bounds.
    case down
    /// More than is asked: for plans.
    case up
  }

  /// Cells of a table at most. Chosen: a table of 36 sizes is filled in a few milliseconds.
  static let cellLimit = 66_000

  init(resources: (Resource, Resource), demands: [Amounts], largest: Amounts) {
    self.resources = resources
    let (first, second) = resources
    var unit = (Self.divisor(demands, first, largest), Self.divisor(demands, second, largest))
    let exact = unit
    let side = Int64(Double(Self.cellLimit).squareRoot())
    func cells(_ resource: Resource, _ unit: Int64) -> Int64 { largest[resource] / unit }
    if (cells(first, unit.0) + 1) * (cells(second, unit.1) + 1) > Self.cellLimit {
      // The finer of the two gives way first, down to a square table.
      if cells(first, unit.0) <= side {
        unit.1 = max(unit.1, largest[second] / (Int64(Self.cellLimit) / (cells(first, unit.0) + 1) - 1) + 1)
      } else if cells(second, unit.1) <= side {
        unit.0 = max(unit.0, largest[first] / (Int64(Self.cellLimit) / (cells(second, unit.1) + 1) - 1) + 1)
      } else {
        unit = (largest[first] / (side - 1) + 1, largest[second] / (side - 1) + 1)
      }
    }
    self.unit = unit
    isExact = unit == exact
    size = (Int(cells(first, unit.0)), Int(cells(second, unit.1)))
  }

  /// A resource that nothing limits has no cells.
  private static func divisor(_ demands: [Amounts], _ resource: Resource, _ largest: Amounts) -> Int64 {
    guard largest[resource] > 0 else { return 1 << 52 }
    let divisor = demands.reduce(Int64(0)) {
      AssignmentProgram.greatestCommonDivisor($0, $1[resource])
    }
    return max(1, divisor)
  }

  /// Cells of a room; negative when it is none.
  @inline(__always)
  func room(_ amounts: Amounts) -> (a: Int, b: Int) {
    let (a, b) = (amounts[resources.0], amounts[resources.1])
    return (a < 0 ? -1 : Int(a / unit.0), b < 0 ? -1 : Int(b / unit.1))
  }

  /// Cells of a demand.
  func cells(_ demand: Amounts, _ rounding: Rounding) -> (a: Int, b: Int) {
    let (a, b) = (demand[resources.0], demand[resources.1])
    switch rounding {
    case .down: return (Int(a / unit.0), Int(b / unit.1))
    case .up: return (Int((a + unit.0 - 1) / unit.0), Int((b + unit.1 - 1) / unit.1))
    }
  }
}
