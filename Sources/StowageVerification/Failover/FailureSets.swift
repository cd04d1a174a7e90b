/// The sets of units that may fail together.
struct FailureSets {
  /// How many sets of one cluster are tried at most.
  static let most = 20_000

  /// The hosts of each set, ascending; `nil` when there are too many sets to try.
  let sets: [[Int]]?
  /// How many sets there are, as far as that can be counted.
  let count: Int

  /// Every choice of `failures` units that have a host that is on; of all, when there are fewer.
  init(_ cluster: GuardedClusters.Cluster, failures: Int, isOn: [Bool]) {
    let units = cluster.units.map { unit in unit.filter { isOn[$0] } }.filter { !$0.isEmpty }
    guard !units.isEmpty else {
      sets = []
      count = 0
      return
    }
    let size = max(1, min(failures, units.count))
    count = Self.choices(of: size, from: units.count)
    sets = count <= Self.most ? Self.combinations(of: size, from: units) : nil
  }

  /// Binomial coefficient, cut off well above ``most``.
  private static func choices(of size: Int, from count: Int) -> Int {
    var result = 1
    for step in 1...min(size, max(1, count - size)) where size < count {
      result = result * (count - step + 1) / step
      if result > 1_000_000_000 { return result }
    }
    return result
  }

  private static func combinations(of size: Int, from units: [[Int]]) -> [[Int]] {
    var chosen = Array(0..<size)
    var sets: [[Int]] = []
    while true {
      sets.append(chosen.flatMap { units[$0] }.sorted())
      guard let position = chosen.indices.last(where: { chosen[$0] < units.count - size + $0 }) else {
        return sets
      }
      chosen[position] += 1
      for next in chosen.indices where next > position { chosen[next] = chosen[next - 1] + 1 }
    }
  }
}
