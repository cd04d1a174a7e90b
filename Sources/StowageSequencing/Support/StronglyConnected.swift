/// Which nodes of a graph reach each other, by Tarjan's algorithm (Depth-first search and linear graph
/// algorithms, SIAM J. Comput. 1(2), 1972), without recursion: chains of thousands would end the stack.
enum StronglyConnected {
  /// The components, each ascending, in the order of their smallest nodes.
  static func components(of successors: [[Int]]) -> [[Int]] {
    var search = Search(successors: successors)
    for node in successors.indices where search.number[node] == nil { search.visit(node) }
    return search.components.map { $0.sorted() }.sorted { $0[0] < $1[0] }
  }

  private struct Search {
    let successors: [[Int]]
    var number: [Int?]
    var components: [[Int]] = []
    private var lowest: [Int]
    private var next: [Int]
    private var open: [Int] = []
    private var isOpen: [Bool]
    private var count = 0

    init(successors: [[Int]]) {
      self.successors = successors
      number = Array(repeating: nil, count: successors.count)
      lowest = Array(repeating: 0, count: successors.count)
      next = lowest
      isOpen = Array(repeating: false, count: successors.count)
    }

    mutating func visit(_ root: Int) {
      enter(root)
      var trail = [root]
      while let node = trail.last {
        if next[node] < successors[node].count {
          let other = successors[node][next[node]]
          next[node] += 1
          if let seen = number[other] {
            if isOpen[other] { lowest[node] = min(lowest[node], seen) }
          } else {
            enter(other)
            trail.append(other)
          }
        } else {
          trail.removeLast()
          if let before = trail.last { lowest[before] = min(lowest[before], lowest[node]) }
          if lowest[node] == number[node] { close(node) }
        }
      }
    }

    private mutating func enter(_ node: Int) {
      number[node] = count
      lowest[node] = count
      count += 1
      open.append(node)
      isOpen[node] = true
    }

    private mutating func close(_ node: Int) {
      var component: [Int] = []
      while let member = open.popLast() {
        isOpen[member] = false
        component.append(member)
        if member == node { break }
      }
      components.append(component)
    }
  }
}
