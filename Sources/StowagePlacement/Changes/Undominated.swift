extension Array {
  /// The elements in whose place no other that is no larger and is worth no less can be taken; of elements that are alike
  /// the first.
  func undominated(isNoLarger: (Element, Element) -> Bool, worth: (Element) -> Int) -> [Element] {
    indices.filter { index in
      let own = worth(self[index])
      return !indices.contains { other in
        guard other != index, worth(self[other]) >= own, isNoLarger(self[other], self[index]) else {
          return false
        }
        return worth(self[other]) > own || other < index || !isNoLarger(self[index], self[other])
      }
    }.map { self[$0] }
  }
}
