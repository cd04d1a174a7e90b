import StowageModel

/// A number of cells of each resource of a grid.
struct RoomCells: Equatable, Sendable {
  var a: Int
  var b: Int
  var c = 0

  static let none = RoomCells(a: 0, b: 0)

  @inline(__always)
  static func + (left: Self, right: Self) -> Self {
    RoomCells(a: left.a + right.a, b: left.b + right.b, c: left.c + right.c)
  }

  @inline(__always)
  static func - (left: Self, right: Self) -> Self {
    RoomCells(a: left.a - right.a, b: left.b - right.b, c: left.c - right.c)
  }

  /// Whether no number is below zero.
  @inline(__always)
  var isRoom: Bool { (a | b | c) >= 0 }

  /// Whether no number is above the other's.
  @inline(__always)
  func fits(_ room: Self) -> Bool { a <= room.a && b <= room.b && c <= room.c }
}

/// How amounts of the two or three resources that bind most are counted in cells.
///
/// Cells are the greatest common divisor of all demands where the table stays small with it: then
/// nothing is lost. Otherwise they are larger, and demands are rounded.
struct RoomGrid: Sendable {
  /// The first two resources; the second may be the first again where only one is limited.
  let resources: (Resource, Resource)
  /// The third, where three are told apart.
  let third: Resource?
  /// Units of each resource in one cell.
  let unit: (Int64, Int64, Int64)
  /// Cells of the largest room.
  let size: RoomCells
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
  /// The same for three resources. Chosen: exact for hosts of 128 vCPUs, 512 GiB and 25 Gb/s that are filled
  /// to half with whole vCPUs, pairs of GiB and hundreds of Mb/s, and within what the verifier tabulates.
  static let cubeLimit = 1_000_000

  init(resources: (Resource, Resource), demands: [Amounts], largest: Amounts) {
    self.resources = resources
    third = nil
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
    self.unit = (unit.0, unit.1, 1)
    isExact = unit == exact
    size = RoomCells(a: Int(cells(first, unit.0)), b: Int(cells(second, unit.1)))
  }

  /// Three resources; whichever has most cells gives way while the table is too large.
  init(resources: (Resource, Resource), third: Resource, demands: [Amounts], largest: Amounts) {
    self.resources = resources
    self.third = third
    let all = [resources.0, resources.1, third]
    let exact = all.map { Self.divisor(demands, $0, largest) }
    var unit = exact
    func cells(_ axis: Int) -> Int64 { largest[all[axis]] / unit[axis] + 1 }
    while (0..<3).reduce(1.0, { $0 * Double(cells($1)) }) > Double(Self.cubeLimit) {
      let finest = (0..<3).max { (cells($0), -$0) < (cells($1), -$1) } ?? 0
      unit[finest] = largest[all[finest]] / max(1, cells(finest) * 9 / 10) + 1
    }
    self.unit = (unit[0], unit[1], unit[2])
    isExact = unit == exact
    size = RoomCells(a: Int(cells(0)) - 1, b: Int(cells(1)) - 1, c: Int(cells(2)) - 1)
  }

  /// A resource that nothing limits has no cells.
  private static func divisor(_ demands: [Amounts], _ resource: Resource, _ largest: Amounts) -> Int64 {
    guard largest[resource] > 0 else { return 1 << 52 }
    let divisor = demands.reduce(Int64(0)) {
      AssignmentProgram.greatestCommonDivisor($0, $1[resource])
    }
    return max(1, divisor)
  }

  /// All resources that are told apart.
  var all: [Resource] { [resources.0, resources.1] + (third.map { [$0] } ?? []) }

  /// Cells of a room; negative when it is none.
  @inline(__always)
  func room(_ amounts: Amounts) -> RoomCells {
    let (a, b) = (amounts[resources.0], amounts[resources.1])
    let c = third.map { amounts[$0] } ?? 0
    return RoomCells(
      a: a < 0 ? -1 : Int(a / unit.0), b: b < 0 ? -1 : Int(b / unit.1), c: c < 0 ? -1 : Int(c / unit.2))
  }

  /// Cells of a demand.
  func cells(_ demand: Amounts, _ rounding: Rounding) -> RoomCells {
    let (a, b) = (demand[resources.0], demand[resources.1])
    let c = third.map { demand[$0] } ?? 0
    switch rounding {
    case .down: return RoomCells(a: Int(a / unit.0), b: Int(b / unit.1), c: Int(c / unit.2))
    case .up:
      return RoomCells(
        a: Int((a + unit.0 - 1) / unit.0), b: Int((b + unit.1 - 1) / unit.1),
        c: Int((c + unit.2 - 1) / unit.2))
    }
  }
}
