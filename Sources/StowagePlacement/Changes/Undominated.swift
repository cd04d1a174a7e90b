extension Array {
  /// The elements in whose place no other that is no larger and is worth no less can be taken; of elements that are alike
  /// the first. `isNoLarger` has to be transitive.
  func undominated(isNoLarger: (Element, Element) -> Bool, worth: (Element) -> Int) -> [Element] {
    let worths = map(worth)
    let order = indices.sorted { worths[$0] != worths[$1] ? worths[$0] > worths[$1] : $0 < $1 }
    // What comes later is worth no more: only those that stand need to be looked at.
    var standing: [Int] = []
    for index in order where !standing.contains(where: { isNoLarger(self[$0], self[index]) }) {
      let equals = standing.reversed().prefix { worths[$0] == worths[index] }.count
      for place in (standing.count - equals..<standing.count).reversed()
      where isNoLarger(self[index], self[standing[place]]) {
        standing.remove(at: place)
      }
      standing.append(index)
    }
    return standing.sorted().map { self[$0] }
  }
}
