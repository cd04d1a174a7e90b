/// Disjoint sets with union by smallest member and path halving.
public struct DisjointSets: Sendable {
  private var parent: [Int]

  /// Every element from 0 to `count` - 1 in a set of its own.
  public init(count: Int) {
    parent = Array(0..<count)
  }

  /// The smallest member of the set of an element.
  public mutating func representative(_ element: Int) -> Int {
    var element = element
    while parent[element] != element {
      parent[element] = parent[parent[element]]
      element = parent[element]
    }
    return element
  }

  /// Makes the sets of two elements one.
  public mutating func join(_ left: Int, _ right: Int) {
    let (a, b) = (representative(left), representative(right))
    parent[max(a, b)] = min(a, b)
  }

  /// The sets, each ascending, by their smallest members.
  public var sets: [[Int]] {
    var sets = self
    var members: [Int: [Int]] = [:]
    for element in parent.indices { members[sets.representative(element), default: []].append(element) }
    return members.keys.sorted().compactMap { members[$0] }
  }
}
