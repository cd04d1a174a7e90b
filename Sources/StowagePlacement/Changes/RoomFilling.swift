/// The best that can enter a room with sizes as they are, where cells would round them.
///
/// A table in cells never says less than the truth, and hardly more: with it the search below leaves out nearly
/// everything, and looks closely only at what may be better than what is known.
struct RoomFilling: Sendable {
  /// What enters at best.
  struct Content {
    var worth: Int
    var tags: [Int]
  }

  private let table: RoomTable
  /// Units of each resource in one cell.
  private let cell: (Int, Int, Int)
  /// Those that are worth most first.
  private let items: [Item]

  /// One size that may enter.
  struct Item: Sendable {
    /// Units of the resources.
    let size: RoomCells
    /// What one that enters is worth; above zero.
    let profit: Int
    /// What the caller knows it by.
    let tag: Int
  }

  /// What may enter, in units, beside a table of the best in cells of so many. A size that a smaller one outweighs is
  /// left out.
  init(_ items: [Item], table: RoomTable, unit: (Int64, Int64, Int64)) {
    self.table = table
    cell = (Int(unit.0), Int(unit.1), Int(unit.2))
    self.items = items.undominated(isNoLarger: { $0.size.fits($1.size) }, worth: \.profit).sorted {
      $0.profit != $1.profit ? $0.profit > $1.profit : $0.tag < $1.tag
    }
  }

  /// The best content of a room, in units, that is worth more than `floor`; `nil` when there is none.
  ///
  /// Looks at no more than `steps` items, and takes from them those that it looked at: where none are left, the
  /// answer may not be the best.
  func best(_ room: RoomCells, above floor: Int, steps: inout Int) -> Content? {
    guard room.isRoom else { return floor < 0 ? Content(worth: 0, tags: []) : nil }
    var best = floor < 0 ? Content(worth: 0, tags: []) : nil
    var known = max(floor, 0)
    var chosen: [Int] = []
    search(room, from: 0, worth: 0, &chosen, &known, &best, &steps)
    return best
  }

  private func search(
    _ room: RoomCells, from first: Int, worth: Int, _ chosen: inout [Int], _ known: inout Int,
    _ best: inout Content?, _ steps: inout Int
  ) {
    if worth > known {
      known = worth
      best = Content(worth: worth, tags: chosen.sorted())
    }
    guard worth + ceiling(room) > known else { return }
    for index in first..<items.count {
      steps -= 1
      guard steps > 0 else { return }
      let item = items[index]
      guard item.size.fits(room) else { continue }
      let left = room - item.size
      guard worth + item.profit + ceiling(left) > known else { continue }
      chosen.append(item.tag)
      search(left, from: index, worth: worth + item.profit, &chosen, &known, &best, &steps)
      chosen.removeLast()
    }
  }

  /// What enters a room in cells: no less than what enters it in truth.
  @inline(__always)
  func ceiling(_ room: RoomCells) -> Int {
    table.best(RoomCells(a: room.a / cell.0, b: room.b / cell.1, c: room.c / cell.2))
  }
}
