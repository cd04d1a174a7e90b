/// The best that can enter any room of two or three resources: an unbounded knapsack, tabulated once and then
/// looked up for every host.
///
/// Rooms and sizes are counted in cells. What may enter does not depend on the host, so one table a
/// round of pricing serves all of them.
struct RoomTable: Sendable {
  /// One size that may enter.
  struct Item: Sendable {
    /// Cells of the resources.
    let size: RoomCells
    /// What one that enters is worth; above zero.
    let profit: Int32
    /// What the caller knows it by.
    let tag: Int
  }

  private let room: RoomCells
  private let columns: Int
  private let layer: Int
  private let items: [Item]
  private var values: [Int32]

  /// Tabulates all rooms up to one.
  ///
  /// Items that take no cell at all must have no profit: any number of them would enter.
  init(items: [Item], room: RoomCells) {
    precondition(
      items.allSatisfy { $0.size != .none && $0.profit > 0 }, "an item without size has profit")
    self.room = room
    columns = room.c + 1
    layer = (room.b + 1) * (room.c + 1)
    self.items = items.filter { $0.size.fits(room) }
    values = [Int32](repeating: 0, count: (room.a + 1) * (room.b + 1) * (room.c + 1))
    fill()
  }

  private mutating func fill() {
    let (room, columns, layer, items) = (room, columns, layer, items)
    values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for item in items {
        let size = item.size
        for a in size.a...room.a {
          if columns == 1 {
            // Two resources: rooms of one number of cells of the first lie in a row.
            let row = base + (a - size.a) * layer
            Self.raise(
              base + (a * layer + size.b), row, layer - size.b, by: item.profit, isSameRow: size.a == 0)
            continue
          }
          for b in size.b...room.b {
            let target = base + (a * layer + b * columns + size.c)
            let source = base + ((a - size.a) * layer + (b - size.b) * columns)
            Self.raise(
              target, source, columns - size.c, by: item.profit, isSameRow: target - source < columns)
          }
        }
      }
    }
  }

  /// Raises entries to those of a row of smaller rooms and a profit; eight at a time where these are not the
  /// entries being raised.
  @inline(__always)
  private static func raise(
    _ target: UnsafeMutablePointer<Int32>, _ source: UnsafeMutablePointer<Int32>, _ count: Int,
    by profit: Int32, isSameRow: Bool
  ) {
    var index = 0
    if !isSameRow {
      let gain = SIMD8<Int32>(repeating: profit)
      while index + 8 <= count {
        let other =
          UnsafeRawPointer(source + index).loadUnaligned(as: SIMD8<Int32>.self) &+ gain
        let own = UnsafeRawPointer(target + index).loadUnaligned(as: SIMD8<Int32>.self)
        UnsafeMutableRawPointer(target + index).storeBytes(
          of: own.replacing(with: other, where: other .> own), as: SIMD8<Int32>.self)
        index += 8
      }
    }
    while index < count {
      let other = source[index] &+ profit
      if other > target[index] { target[index] = other }
      index += 1
    }
  }

  /// The most profit that a room of so many cells can take in; a room larger than the table counts
  /// as the table's largest.
  @inline(__always)
  func best(_ cells: RoomCells) -> Int {
    Int(values[min(cells.a, room.a) * layer + min(cells.b, room.b) * columns + min(cells.c, room.c)])
  }

  /// The tags of items that have the most profit together, ascending, repeated as often as they enter.
  func contents(_ cells: RoomCells) -> [Int] {
    var left = RoomCells(a: min(cells.a, room.a), b: min(cells.b, room.b), c: min(cells.c, room.c))
    var tags: [Int] = []
    while best(left) > 0 {
      let value = best(left)
      guard
        let item = items.first(where: { $0.size.fits(left) && best(left - $0.size) + Int($0.profit) == value }
        )
      else { preconditionFailure("no item accounts for \(value) in a room of \(left)") }
      tags.append(item.tag)
      left = left - item.size
    }
    return tags.sorted()
  }
}
