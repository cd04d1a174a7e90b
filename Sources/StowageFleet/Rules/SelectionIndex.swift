import StowageModel

/// Finds the members of a selection without asking every VM of every rule.
///
/// Fleets carry thousands of rules that name two or three VMs each: ids are looked up, and only
/// wildcards and labels walk the list.
struct SelectionIndex {
  private let ids: [String]
  private let labels: [[String: String]]
  private let positions: [String: Int]

  init(ids: [String], labels: [[String: String]]) {
    self.ids = ids
    self.labels = labels
    var positions: [String: Int] = [:]
    positions.reserveCapacity(ids.count)
    for (index, id) in ids.enumerated() { positions[id] = index }
    self.positions = positions
  }

  /// The members in ascending order.
  func members(of selection: Selection) -> [Int] {
    if !selection.globs.isEmpty, selection.globs.allSatisfy(\.isLiteral) {
      let named = Set(selection.globs.compactMap { positions[$0.pattern] })
      return named.filter { selection.includes(id: ids[$0], labels: labels[$0]) }.sorted()
    }
    return ids.indices.filter { selection.includes(id: ids[$0], labels: labels[$0]) }
  }
}
