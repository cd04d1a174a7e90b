import StowageFleet
import StowageModel

/// No plan with at most *K* moves has a lower highest utilisation: the moves, less those of VMs that
/// must leave anyway, are given one by one to the host that is fullest by then, each host losing
/// whatever choice of VMs serves it best, and nobody arrives anywhere.
struct CountingBound {
  /// The bound.
  let utilisation: Double
  /// How many VMs each host gives away to come under it.
  let leavers: [Int]

  init(_ fleet: Fleet, moves: Int, reliefs: [HostRelief?]) {
    var budget = max(0, moves - MustMoveBound(fleet).moves)
    var leavers = [Int](repeating: 0, count: reliefs.count)
    var queue = LevelQueue()
    for (host, relief) in reliefs.enumerated() {
      if let relief { queue.insert(host, relief.level(without: 0)) }
    }
    while budget > 0, let top = queue.highest, let relief = reliefs[top.host],
      leavers[top.host] < relief.count, top.level > 0
    {
      leavers[top.host] += 1
      budget -= 1
      queue.lowerHighest(to: relief.level(without: leavers[top.host]))
    }
    utilisation = queue.highest?.level ?? 0
    self.leavers = leavers
  }
}

/// Hosts by level, the highest first: a binary heap.
private struct LevelQueue {
  private var heap: [(host: Int, level: Double)] = []

  var highest: (host: Int, level: Double)? { heap.first }

  mutating func insert(_ host: Int, _ level: Double) {
    heap.append((host, level))
    var index = heap.count - 1
    while index > 0, heap[(index - 1) / 2].level < heap[index].level {
      heap.swapAt(index, (index - 1) / 2)
      index = (index - 1) / 2
    }
  }

  mutating func lowerHighest(to level: Double) {
    heap[0].level = level
    var index = 0
    while true {
      var largest = index
      for child in [2 * index + 1, 2 * index + 2]
      where child < heap.count && heap[child].level > heap[largest].level {
        largest = child
      }
      guard largest != index else { return }
      heap.swapAt(index, largest)
      index = largest
    }
  }
}
