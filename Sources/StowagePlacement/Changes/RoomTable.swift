/// The best that can enter any room of two resources: an unbounded knapsack, tabulated once and then
/// looked up for every host.
///
/// Rooms and sizes are counted in cells. What may enter does not depend on the host, so one table a
/// round of pricing serves all of them.
struct RoomTable: Sendable {
  /// One size that may enter.
  struct Item: Sendable {
    /// Cells of the two resources.
    let a: Int
    let b: Int
    /// What one that enters is worth; above zero.
    let profit: Int32
    /// What the caller knows it by.
    let tag: Int
  }

  private let columns: Int
  private let rows: Int
  private let items: [Item]
  private var values: [Int32]

  /// Tabulates all rooms of at most `a` and `b` cells.
  ///
  /// Items that take no cell at all must have no profit: any number of them would enter.
  init(items: [Item], a: Int, b: Int) {
    precondition(items.allSatisfy { $0.a + $0.b > 0 && $0.profit > 0 }, "an item without size has profit")
    rows = a + 1
    columns = b + 1
    self.items = items.filter { $0.a <= a && $0.b <= b }
    values = [Int32](repeating: 0, count: (a + 1) * (b + 1))
    fill()
  }

  private mutating func fill() {
    let (rows, columns, items) = (rows, columns, items)
    values.withUnsafeMutableBufferPointer { values in
      for item in items {
        for row in item.a..<rows {
          let target = row * columns
          let source = (row - item.a) * columns
          for column in item.b..<columns {
            let other = values[source + column - item.b] &+ item.profit
            if other > values[target + column] { values[target + column] = other }
          }
        }
      }
    }
  }

  /// The most profit that a room of so many cells can take in; a room larger than the table counts
  /// as the table's largest.
  @inline(__always)
  func best(_ a: Int, _ b: Int) -> Int {
    Int(values[min(a, rows - 1) * columns + min(b, columns - 1)])
  }

  /// The tags of items that have the most profit together, ascending, repeated as often as they enter.
  func contents(_ a: Int, _ b: Int) -> [Int] {
    var (a, b) = (min(a, rows - 1), min(b, columns - 1))
    var tags: [Int] = []
    while values[a * columns + b] > 0 {
      let value = values[a * columns + b]
      guard
        let item = items.first(where: {
          $0.a <= a && $0.b <= b && values[(a - $0.a) * columns + b - $0.b] + $0.profit == value
        })
      else { preconditionFailure("no item accounts for \(value) in a room of \(a) by \(b)") }
      tags.append(item.tag)
      a -= item.a
      b -= item.b
    }
    return tags.sorted()
  }
}
