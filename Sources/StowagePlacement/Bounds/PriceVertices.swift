/// Where the planes meet on which a host of some type is worth one host, or a resource nothing: the best of
/// prices for few types and resources is one of these points.
struct PriceVertices {
  /// Prices of all resources, none below zero; empty where they would be too many to try.
  let points: [[Double]]

  /// Chosen: a handful of types and three resources make a few hundred.
  private static let mostPoints = 20_000.0

  /// `rooms` are those of one host of each type; resources that nobody asks for are left at nothing.
  init(_ rooms: [[Double]], isAsked: [Bool]) {
    let axes = isAsked.indices.filter { isAsked[$0] }
    let planes: [(normal: [Double], value: Double)] =
      axes.indices.map { axis in (axes.indices.map { $0 == axis ? 1 : 0 }, 0) }
      + rooms.map { room in (axes.map { room[$0] }, 1) }
    guard !axes.isEmpty, Self.choices(of: axes.count, from: planes.count) <= Self.mostPoints else {
      points = []
      return
    }
    var points: [[Double]] = []
    var chosen: [Int] = []
    func choose(from first: Int) {
      guard chosen.count < axes.count else {
        if let point = Self.meet(chosen.map { planes[$0] }), point.allSatisfy({ $0 >= -1e-12 }) {
          var prices = isAsked.map { _ in 0.0 }
          for (axis, price) in zip(axes, point) { prices[axis] = max(0, price) }
          points.append(prices)
        }
        return
      }
      for plane in first..<max(first, planes.count - (axes.count - chosen.count) + 1) {
        chosen.append(plane)
        choose(from: plane + 1)
        chosen.removeLast()
      }
    }
    choose(from: 0)
    self.points = points
  }

  private static func choices(of count: Int, from all: Int) -> Double {
    (0..<count).reduce(1) { $0 * Double(all - $1) / Double($1 + 1) }
  }

  /// The one point on as many planes as there are axes, by Gaussian elimination; `nil` when they do not meet in one.
  private static func meet(_ planes: [(normal: [Double], value: Double)]) -> [Double]? {
    var rows = planes.map { $0.normal + [$0.value] }
    for column in rows.indices {
      let pivot =
        (column..<rows.count).max { rows[$0][column].magnitude < rows[$1][column].magnitude } ?? column
      guard rows[pivot][column].magnitude > 1e-12 else { return nil }
      rows.swapAt(column, pivot)
      for row in rows.indices where row != column {
        let factor = rows[row][column] / rows[column][column]
        guard factor != 0 else { continue }
        for place in column..<rows[row].count { rows[row][place] -= factor * rows[column][place] }
      }
    }
    return rows.indices.map { rows[$0][rows.count] / rows[$0][$0] }
  }
}
