/// Prices of cells at which no item is worth more than the room it takes: what enters a room is never worth
/// more than the room.
///
/// The prices are corners of the region of all such prices. Each bounds rooms of some shape closely.
struct RoomPrices: Sendable {
  /// The price of a cell of each resource, in the unit of the items' profits.
  struct Corner: Sendable {
    var a: Double
    var b: Double
    var c: Double

    /// What cells are worth.
    @inline(__always)
    func worth(_ cells: RoomCells) -> Double {
      a * Double(cells.a) + b * Double(cells.b) + c * Double(cells.c)
    }
  }

  let corners: [Corner]

  /// Corners kept. Chosen: a fifth is hardly ever the closest.
  private static let limit = 4

  /// Prices for items, chosen to bound some rooms closely.
  init(_ items: [RoomTable.Item], rooms: [RoomCells]) {
    guard !items.isEmpty else {
      corners = [Corner(a: 0, b: 0, c: 0)]
      return
    }
    let found = Self.closest(items)
    var wins = [Int](repeating: 0, count: found.count)
    for room in rooms {
      let values = found.map { $0.worth(room) }
      if let least = values.indices.min(by: { (values[$0], $0) < (values[$1], $1) }) { wins[least] += 1 }
    }
    let ranked = found.indices.sorted { wins[$0] != wins[$1] ? wins[$0] > wins[$1] : $0 < $1 }
    corners = ranked.prefix(Self.limit).map { found[$0] }
  }

  /// Items whose planes are met with each other. Chosen: corners of so many are found in milliseconds, and where
  /// there are more sizes neighbours say nearly the same.
  private static let planeLimit = 120

  /// The corners of the items that are worth most for the room they take; raised, where the others ask for it,
  /// until no item is worth more than its room.
  private static func closest(_ items: [RoomTable.Item]) -> [Corner] {
    guard items.count > planeLimit else { return corners(items) }
    let whole = items.reduce(RoomCells.none) {
      RoomCells(a: max($0.a, $1.size.a), b: max($0.b, $1.size.b), c: max($0.c, $1.size.c))
    }
    let density = items.map { item in
      Double(item.profit)
        / (Double(item.size.a) / Double(max(1, whole.a)) + Double(item.size.b) / Double(max(1, whole.b))
          + Double(item.size.c) / Double(max(1, whole.c)))
    }
    let ranked = items.indices.sorted { density[$0] != density[$1] ? density[$0] > density[$1] : $0 < $1 }
    return corners(ranked.prefix(planeLimit).map { items[$0] }).compactMap { corner in
      var factor = 1.0
      for item in items {
        let worth = corner.worth(item.size)
        guard worth > 0 else { return nil }
        factor = max(factor, Double(item.profit) / worth)
      }
      return Corner(a: corner.a * factor, b: corner.b * factor, c: corner.c * factor + 1e-6)
    }
  }

  /// A condition on prices: the room of an item is worth no less than the item.
  private struct Plane {
    var normal: SIMD3<Double>
    var profit: Double
  }

  /// Where three of the conditions meet, and no other is broken; none of the prices is below zero.
  private static func corners(_ items: [RoomTable.Item]) -> [Corner] {
    var planes = [
      Plane(normal: [1, 0, 0], profit: 0), Plane(normal: [0, 1, 0], profit: 0),
      Plane(normal: [0, 0, 1], profit: 0),
    ]
    for item in items {
      planes.append(
        Plane(
          normal: [Double(item.size.a), Double(item.size.b), Double(item.size.c)], profit: Double(item.profit)
        ))
    }
    var found: [Corner] = []
    for first in planes.indices {
      for second in planes.indices.dropFirst(first + 1) {
        let edge = cross(planes[first].normal, planes[second].normal)
        for third in planes.indices.dropFirst(second + 1) {
          let meeting = meeting(planes[first], planes[second], planes[third], edge)
          guard let meeting, meeting.min() >= -1e-6 else { continue }
          // Raised above rounding errors.
          let corner = Corner(
            a: max(0, meeting.x) + 1e-6, b: max(0, meeting.y) + 1e-6, c: max(0, meeting.z) + 1e-6)
          if items.allSatisfy({ corner.worth($0.size) >= Double($0.profit) }) { found.append(corner) }
        }
      }
    }
    return found
  }

  @inline(__always)
  private static func cross(_ a: SIMD3<Double>, _ b: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
  }

  /// Where three planes meet, given the direction in which the first two do.
  @inline(__always)
  private static func meeting(_ a: Plane, _ b: Plane, _ c: Plane, _ edge: SIMD3<Double>) -> SIMD3<Double>? {
    let determinant = (edge * c.normal).sum()
    guard determinant.magnitude > 1e-9 else { return nil }
    return (cross(b.normal, c.normal) * a.profit + cross(c.normal, a.normal) * b.profit + edge * c.profit)
      / determinant
  }
}
