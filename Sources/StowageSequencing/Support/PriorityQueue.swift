/// The largest of its elements first: a binary heap in an array.
struct PriorityQueue<Element: Comparable> {
  private var elements: [Element] = []

  /// The largest element; `nil` when there is none.
  var first: Element? { elements.first }

  mutating func insert(_ element: Element) {
    var hole = elements.count
    elements.append(element)
    while hole > 0, elements[(hole - 1) / 2] < element {
      elements[hole] = elements[(hole - 1) / 2]
      hole = (hole - 1) / 2
    }
    elements[hole] = element
  }

  /// Takes the largest element out; `nil` when there is none.
  mutating func popFirst() -> Element? {
    guard let last = elements.popLast() else { return nil }
    guard let first = elements.first else { return last }
    sink(last)
    return first
  }

  /// Puts an element in at the root and lets it sink to its place.
  private mutating func sink(_ element: Element) {
    var hole = 0
    while 2 * hole + 1 < elements.count {
      var child = 2 * hole + 1
      if child + 1 < elements.count, elements[child] < elements[child + 1] { child += 1 }
      guard element < elements[child] else { break }
      elements[hole] = elements[child]
      hole = child
    }
    elements[hole] = element
  }
}
