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
  fileprivate typealias Party = (count: Int, demand: [Int64])

  private let load: [Int64]
  private let capacity: [Double]
  private let parties: [Party]
  /// How many VMs can move and need not.
  let count: Int
  /// For each resource what the VMs of these that ask most of it ask together: none, the first, the first two …
  private let largest: [[Int64]]

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
    let capacity = capacity
    let parties: [Party] = ties.map { members in
      (members.count, resources.map { resource in members.reduce(0) { $0 + roster.demand[$1][resource] } })
    }
    // The largest first: what is found early rules out most.
    func part(_ party: Party) -> Double { zip(party.demand, capacity).map { Double($0) / $1 }.max() ?? 0 }
    self.parties = parties.sorted { part($0) > part($1) }
    count = ties.reduce(0) { $0 + $1.count }
    largest = resources.map { resource in
      let demands = ties.joined().map { roster.demand[$0][resource] }.sorted(by: >)
      return demands.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    }
  }

  /// The least level that is left when so many VMs at the most are gone: over all choices of parties or, where there are too
  /// many, resource by resource.
  func level(without count: Int) -> Double {
    if count == 0 { return level(load) }
    if choices(count) > Self.choiceLimit {
      return level(load.indices.map { load[$0] - largest[$0][min(count, self.count)] })
    }
    var choice = Choice(rest: load, parties: parties, capacity: capacity, largest: largest)
    choice.decide(0, min(count, self.count))
    return choice.lowest
  }

  private func level(_ rest: [Int64]) -> Double {
    zip(rest, capacity).map { Double($0) / $1 }.max() ?? 0
  }

  /// Binomial coefficient, cut off above the limit.
  private func choices(_ count: Int) -> Int {
    var choices = 1
    for index in 0..<max(0, min(count, self.count - count)) {
      choices = choices * (self.count - index) / (index + 1)
      if choices > Self.choiceLimit { return choices }
    }
    return choices
  }
}

/// Looks through the choices of parties for the one without which the least is left.
private struct Choice {
  var rest: [Int64]
  let parties: [Relieved.Party]
  let capacity: [Double]
  let largest: [[Int64]]
  /// The least level that was left.
  private(set) var lowest = Double.infinity

  /// The level if each resource lost the largest demands of so many VMs.
  private func level(relieving count: Int) -> Double {
    var level = 0.0
    for resource in capacity.indices {
      level = max(level, Double(rest[resource] - largest[resource][count]) / capacity[resource])
    }
    return level
  }

  /// Lets a party go or stay, and those after it, with `count` VMs at the most.
  mutating func decide(_ index: Int, _ count: Int) {
    lowest = min(lowest, level(relieving: 0))
    guard count > 0, index < parties.count, level(relieving: count) < lowest else { return }
    if parties[index].count <= count {
      change(index, by: -1)
      decide(index + 1, count - parties[index].count)
      change(index, by: 1)
    }
    decide(index + 1, count)
  }

  private mutating func change(_ index: Int, by sign: Int64) {
    for resource in rest.indices { rest[resource] += sign * parties[index].demand[resource] }
  }
}
