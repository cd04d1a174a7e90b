import StowageFleet
import StowageModel

/// Legs that go in one wave whatever else happens.
struct WaveUnit {
  /// Ascending.
  let legs: [Int]
  /// How many move groups they are of.
  let groups: Int
  /// When the first of them started in the schedule without waves.
  let start: Int
  /// The units whose moves must come first, for want of room or by rules; never later in time.
  var waitsFor: [Int]
}

/// Move groups, joined where a schedule without waves has them wait for each other.
///
/// Where the joined ones would not fit into a wave they stay apart, and the scheduler has to find a detour.
enum WaveUnits {
  static func of(_ timeline: Timeline, fits: ([Int]) -> Bool) -> [WaveUnit] {
    let problem = timeline.problem
    let groupOfVM = MoveGroups.representatives(problem.fleet)
    let vms = Set(timeline.runs.map { timeline.legs[$0.leg].vm })
    let groups = Set(vms.map { groupOfVM[$0] }).sorted()
    let nodeOfGroup = Dictionary(uniqueKeysWithValues: groups.enumerated().map { ($1, $0) })
    var legsOfNode = [[Int]](repeating: [], count: groups.count)
    for (index, leg) in problem.legs.enumerated() {
      if let node = nodeOfGroup[groupOfVM[leg.vm]] { legsOfNode[node].append(index) }
    }
    var start = [Int](repeating: .max, count: groups.count)
    var before = [Set<Int>](repeating: [], count: groups.count)
    let nodeOfRun = timeline.runs.map { nodeOfGroup[groupOfVM[timeline.legs[$0.leg].vm]] ?? 0 }
    for (run, needed) in Dependencies.find(timeline).enumerated() {
      let node = nodeOfRun[run]
      start[node] = min(start[node], timeline.runs[run].start)
      before[node].formUnion(needed.map { nodeOfRun[$0] })
      before[node].remove(node)
    }
    var parts: [[Int]] = []
    for component in StronglyConnected.components(of: before.map { $0.sorted() }) {
      let legs = component.flatMap { legsOfNode[$0] }
      parts += component.count == 1 || fits(legs) ? [component] : component.map { [$0] }
    }
    return units(parts, legsOfNode, start, before)
  }

  private static func units(
    _ parts: [[Int]], _ legsOfNode: [[Int]], _ start: [Int], _ before: [Set<Int>]
  ) -> [WaveUnit] {
    var partOfNode = [Int](repeating: 0, count: start.count)
    for (part, nodes) in parts.enumerated() {
      for node in nodes { partOfNode[node] = part }
    }
    let starts = parts.map { nodes in nodes.map { start[$0] }.min() ?? 0 }
    return parts.enumerated().map { part, nodes in
      // Of parts of one circle that stay apart, the earlier goes first.
      let waits = Set(nodes.flatMap { before[$0] }.map { partOfNode[$0] }).filter {
        (starts[$0], $0) < (starts[part], part)
      }
      return WaveUnit(
        legs: nodes.flatMap { legsOfNode[$0] }.sorted(), groups: nodes.count { !legsOfNode[$0].isEmpty },
        start: starts[part], waitsFor: waits.sorted())
    }
  }
}
