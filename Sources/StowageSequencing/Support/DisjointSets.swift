/// Disjoint sets with union by smallest member and path halving.
struct DisjointSets {
  private var parent: [Int]

  init(count: Int) {
    parent = Array(0..<count)
  }

  mutating func representative(_ element: Int) -> Int {
    var element = element
    while parent[element] != element {
      parent[element] = parent[parent[element]]
      element = parent[element]
    }
    return element
  }

  mutating func join(_ left: Int, _ right: Int) {
    let (a, b) = (representative(left), representative(right))
    parent[max(a, b)] = min(a, b)
  }

  /// The sets, each ascending, by their smallest members.
  var sets: [[Int]] {
    var sets = self
    var members: [Int: [Int]] = [:]
    for element in parent.indices { members[sets.representative(element), default: []].append(element) }
    return members.keys.sorted().compactMap { members[$0] }
  }
}
