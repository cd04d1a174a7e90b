import StowageModel

/// Weights of sizes that vary evenly with the size: what stands between the few numbers that a program finds and
/// the many sizes that they weigh.
///
/// A mesh is laid over two resources, closer where there are more VMs. A number belongs to each of its nodes; a size
/// weighs what lies between the four around it. Any weights prove a bound, so nothing is lost but that the best
/// ones might be less even; sizes themselves are not rounded.
struct SmoothWeights {
  /// The part that a node has in the weight of a size.
  struct Share {
    let node: Int
    let part: Double
  }

  /// Nodes that have a part in some size.
  let nodeCount: Int
  /// For each size the nodes around it, ascending; their parts are 1 together.
  let shares: [[Share]]

  /// A node for each size: weights as they are.
  init(of sizeCount: Int) {
    nodeCount = sizeCount
    shares = (0..<sizeCount).map { [Share(node: $0, part: 1)] }
  }

  /// Nodes of two resources over sizes.
  ///
  /// - Parameters:
  ///   - sizes: what the sizes ask.
  ///   - resources: the two resources.
  ///   - side: nodes along each resource, at least 2.
  init(over sizes: [Amounts], _ resources: (Resource, Resource), side: Int) {
    let first = Self.ticks(sizes.map { $0[resources.0] }, side)
    let second = Self.ticks(sizes.map { $0[resources.1] }, side)
    var nodes: [Int: Int] = [:]
    var shares: [[Share]] = []
    for size in sizes {
      var own: [Int: Double] = [:]
      for (row, height) in Self.parts(size[resources.0], first) {
        for (column, width) in Self.parts(size[resources.1], second) {
          own[row * second.count + column, default: 0] += height * width
        }
      }
      shares.append(
        own.sorted { $0.key < $1.key }.filter { $0.value > 0 }.map { place, part in
          let node = nodes[place] ?? nodes.count
          nodes[place] = node
          return Share(node: node, part: part)
        })
    }
    nodeCount = nodes.count
    self.shares = shares
  }

  /// Amounts between which about as many sizes lie, from the least to the largest.
  private static func ticks(_ amounts: [Int64], _ count: Int) -> [Int64] {
    let sorted = amounts.sorted()
    let places = (0..<(sorted.isEmpty ? 0 : count)).map { $0 * (sorted.count - 1) / max(1, count - 1) }
    return Set(places.map { sorted[$0] }).sorted()
  }

  /// The ticks on both sides of an amount, each with its part.
  private static func parts(_ amount: Int64, _ ticks: [Int64]) -> [(Int, Double)] {
    let above = ticks.firstIndex { $0 >= amount } ?? ticks.count - 1
    guard above > 0, ticks[above] > amount else { return [(above, 1)] }
    let part = Double(ticks[above] - amount) / Double(ticks[above] - ticks[above - 1])
    return [(above - 1, part), (above, 1 - part)]
  }

  /// What sizes weigh at numbers of the nodes, in whole units, rounded down.
  func weights(_ nodes: [Double]) -> [Int] {
    shares.map { own in Int(own.reduce(0) { $0 + $1.part * nodes[$1.node] }.rounded(.down)) }
  }
}
