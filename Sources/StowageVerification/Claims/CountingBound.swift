import StowageModel

extension Rooms {
  /// No plan with so many moves has a lower highest utilisation: one move after the other goes to the
  /// host that is fullest by then, and takes from it whatever serves best.
  func countingBound(moves: Int) -> Double {
    let isLeaving = Set(mustLeave)
    let hosts = roster.hosts.indices.filter { roster.hosts[$0].isUsableAsTarget }.map { host in
      Relieved(roster: roster, host: host, leaving: isLeaving, cannotMove: cannotMove)
    }
    var given = hosts.map { _ in 0 }
    var levels = hosts.map { $0.level(without: 0) }
    var left = max(0, max(0, moves) - mustLeave.count)
    while left > 0, let fullest = levels.indices.max(by: { levels[$0] < levels[$1] }),
      levels[fullest] > 0, given[fullest] < hosts[fullest].demands.count
    {
      given[fullest] += 1
      levels[fullest] = hosts[fullest].level(without: given[fullest])
      left -= 1
    }
    return levels.max() ?? 0
  }
}

/// A usable host that loses some of its VMs.
private struct Relieved {
  /// Choices beyond which each resource is looked at alone.
  private static let choiceLimit = 100_000

  private let load: [Int64]
  private let capacity: [Int64]
  /// What the VMs ask that can move and need not, a row for each.
  let demands: [[Int64]]

  init(roster: Roster, host: Int, leaving: Set<Int>, cannotMove: [Bool]) {
    let resources = Resource.allCases.filter { (roster.capacity[host][$0] ?? 0) > 0 }
    let staying = roster.startResidents[host].filter { !leaving.contains($0) }
    capacity = resources.map { roster.capacity[host][$0] ?? 0 }
    load = resources.map { resource in staying.reduce(0) { $0 + roster.demand[$1][resource] } }
    demands = staying.filter { !cannotMove[$0] }.map { vm in resources.map { roster.demand[vm][$0] } }
  }

  func level(without count: Int) -> Double {
    if count == 0 { return level(load) }
    if choices(count) > Self.choiceLimit {
      return level(
        load.indices.map { resource in
          load[resource] - demands.map { $0[resource] }.sorted(by: >).prefix(count).reduce(0, +)
        })
    }
    var lowest = Double.infinity
    forEachRest(load, demands[...], count) { lowest = min(lowest, level($0)) }
    return lowest
  }

  private func level(_ rest: [Int64]) -> Double {
    zip(rest, capacity).map { Double($0) / Double($1) }.max() ?? 0
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

  /// What is left of the load after each choice of `count` rows.
  private func forEachRest(
    _ rest: [Int64], _ rows: ArraySlice<[Int64]>, _ count: Int, _ body: ([Int64]) -> Void
  ) {
    if count == 0 { return body(rest) }
    guard rows.count >= count, let first = rows.first else { return }
    forEachRest(zip(rest, first).map { $0 - $1 }, rows.dropFirst(), count - 1, body)
    forEachRest(rest, rows.dropFirst(), count, body)
  }
}
