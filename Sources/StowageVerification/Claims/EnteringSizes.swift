import StowageModel

/// Sizes that may enter a host, each as often as there is room, and the most that some of them are worth together.
struct EnteringSizes {
  private struct Size {
    let amounts: [Int64]
    let worth: Int
  }

  /// Those worth most first.
  private let sizes: [Size]

  init(_ sizes: [(amounts: [Int64], worth: Int)]) {
    let all = sizes.map { Size(amounts: $0.amounts, worth: $0.worth) }.sorted { left, right in
      left.worth != right.worth
        ? left.worth > right.worth : left.amounts.lexicographicallyPrecedes(right.amounts)
    }
    // One that takes no less and is worth no more than an earlier one is never missed.
    var kept: [Size] = []
    for size in all where !kept.contains(where: { Self.fits($0.amounts, size.amounts) }) { kept.append(size) }
    self.sizes = kept
  }

  /// The most that a room, in units of each resource, holds if that is more than `known`; `nil` otherwise, and when
  /// the steps ran out.
  ///
  /// `ceiling` says no less than what a room holds; the sizes that were looked at are taken off `steps`.
  func best(_ room: [Int64], above known: Int?, ceiling: ([Int64]) -> Int, steps: inout Int) -> Int? {
    var best = known ?? -1
    fill(room, 0, 0, &best, ceiling, &steps)
    return known.map { best > $0 } ?? true ? best : nil
  }

  private func fill(
    _ room: [Int64], _ first: Int, _ worth: Int, _ best: inout Int, _ ceiling: ([Int64]) -> Int,
    _ steps: inout Int
  ) {
    best = max(best, worth)
    guard worth + ceiling(room) > best else { return }
    for index in first..<sizes.count {
      steps -= 1
      guard steps > 0 else { return }
      let size = sizes[index]
      guard Self.fits(size.amounts, room) else { continue }
      let left = zip(room, size.amounts).map { $0 - $1 }
      guard worth + size.worth + ceiling(left) > best else { continue }
      fill(left, index, worth + size.worth, &best, ceiling, &steps)
    }
  }

  private static func fits(_ amounts: [Int64], _ room: [Int64]) -> Bool {
    zip(amounts, room).allSatisfy { $0 <= $1 }
  }
}
