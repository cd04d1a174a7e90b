import StowageModel

extension Rooms {
  /// No plan with so many moves has a lower highest utilisation: one move after the other goes to the
  /// host that is fullest by then, and takes from it whatever serves best.
  func countingBound(moves: Int) -> Double {
    let isLeaving = Set(mustLeave)
    let hosts = roster.hosts.indices.filter { roster.hosts[$0].isUsableAsTarget }.map { host in
      Relieved(self, host: host, leaving: isLeaving)
    }
    var given = hosts.map { _ in 0 }
    var levels = hosts.map { $0.level(without: 0) }
    var left = max(0, max(0, moves) - mustLeave.count)
    while left > 0, let fullest = levels.indices.max(by: { levels[$0] < levels[$1] }),
      levels[fullest] > 0, given[fullest] < hosts[fullest].count
    {
      given[fullest] += 1
      levels[fullest] = hosts[fullest].level(without: given[fullest])
      left -= 1
    }
    return levels.max() ?? 0
  }

  /// How many VMs move at the least until no usable host is above a target: those that must leave anyway, and of every host
  /// the fewest others without which it could be under all.
  func fewestLeavers(targets: [Resource: Double]) -> Int {
    let isLeaving = Set(mustLeave)
    let usable = roster.hosts.indices.filter { roster.hosts[$0].isUsableAsTarget }
    return usable.reduce(mustLeave.count) { sum, host in
      let relieved = Relieved(self, host: host, leaving: isLeaving, targets: targets)
      // A target that is met to the last digit is met.
      let fewest = (0...relieved.count).first { relieved.level(without: $0) <= 1 + 1e-9 }
      return sum + (fewest ?? 0)
    }
  }
}

/// A usable host that loses some of its VMs.
private struct Relieved {
  /// Choices beyond which each resource is looked at alone.
  private static let choiceLimit = 100_000

  /// VMs that leave together, by their number, with what they ask together.
  private typealias Party = (count: Int, demand: [Int64])

  private let load: [Int64]
  private let capacity: [Double]
  private let parties: [Party]
  /// What the VMs ask that can move and need not, a row for each.
  private let demands: [[Int64]]

  /// With targets in percent, these parts of the capacities of the resources that have one are what counts.
  init(_ rooms: Rooms, host: Int, leaving: Set<Int>, targets: [Resource: Double]? = nil) {
    let roster = rooms.roster
    let resources = Resource.allCases.filter { resource in
      (roster.capacity[host][resource] ?? 0) > 0 && (targets.map { $0[resource] != nil } ?? true)
    }
    let staying = roster.startResidents[host].filter { !leaving.contains($0) }
    capacity = resources.map { Double(roster.capacity[host][$0] ?? 0) * (targets?[$0] ?? 100) / 100 }
    load = resources.map { resource in staying.reduce(0) { $0 + roster.demand[$1][resource] } }
    let ties = Dictionary(grouping: staying) { rooms.tied[$0] }.values
      .filter { members in !members.contains { rooms.cannotMove[$0] } }
    parties = ties.map { members in
      (members.count, resources.map { resource in members.reduce(0) { $0 + roster.demand[$1][resource] } })
    }
    demands = ties.joined().map { vm in resources.map { roster.demand[vm][$0] } }
  }

  /// How many VMs can go.
  var count: Int { demands.count }

  func level(without count: Int) -> Double {
    if count == 0 { return level(load) }
    if choices(count) > Self.choiceLimit {
      return level(
        load.indices.map { resource in
          load[resource] - demands.map { $0[resource] }.sorted(by: >).prefix(count).reduce(0, +)
        })
    }
    var lowest = Double.infinity
    forEachRest(load, parties[...], count) { lowest = min(lowest, level($0)) }
    return lowest
  }

  private func level(_ rest: [Int64]) -> Double {
    zip(rest, capacity).map { Double($0) / $1 }.max() ?? 0
  }

  /// Binomial coefficient, cut off above the limit.
  private func choices(_ count: Int) -> Int {
    var choices = 1
    for index in 0..<min(count, demands.count - count) {
      choices = choices * (demands.count - index) / (index + 1)
      if choices > Self.choiceLimit { return choices }
    }
    return choices
  }

  /// What is left of the load after each choice of parties with `count` VMs at the most.
  private func forEachRest(
    _ rest: [Int64], _ parties: ArraySlice<Party>, _ count: Int, _ body: ([Int64]) -> Void
  ) {
    guard let first = parties.first else { return body(rest) }
    if first.count <= count {
      forEachRest(zip(rest, first.demand).map { $0 - $1 }, parties.dropFirst(), count - first.count, body)
    }
    if count == 0 { return body(rest) }
    forEachRest(rest, parties.dropFirst(), count, body)
  }
}
