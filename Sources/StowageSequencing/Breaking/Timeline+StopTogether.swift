import StowageFleet
import StowageModel

// The last way out: VMs of several hosts are stopped, and all go at once.
extension Timeline {
  /// How many VMs are stopped for one deadlock at most.
  private static let mostStopped = 32
  /// From how many stuck legs groups are grown.
  private static let mostSeeds = 16

  /// When nothing is under way and nothing can start: stops the cheapest group of VMs that frees the room
  /// which its members need, such as one large VM and two small ones that change places.
  ///
  /// - Returns: whether there is such a group.
  mutating func stopTogether() -> Bool {
    let stuck = waiting.legs.filter { mayBeStopped($0) && problem.book.coldOption(of: legs[$0]) != nil }
    var leavers: [Int: [Int]] = [:]
    for leg in stuck { leavers[legs[leg].from, default: []].append(leg) }
    let seeds = stuck.sorted { (legs[$0].preferred.duration, $0) < (legs[$1].preferred.duration, $1) }
    var best: Detour?
    for seed in seeds.prefix(Self.mostSeeds) {
      guard let group = group(around: seed, leavers), let detour = smallest(group),
        best.map({ detour.cost < $0.cost }) ?? true
      else { continue }
      best = detour
    }
    guard let best else { return false }
    take(best)
    askEverybody()
    return true
  }

  /// A leg with those whose leaving makes room for it, and for them, and so on: of each host that would
  /// hold too much the largest first. `nil` when there are too few or too many.
  private mutating func group(around seed: Int, _ leavers: [Int: [Int]]) -> [Int]? {
    var group = [seed]
    let before = charges
    defer { charges = before }
    charges.leave(legs[seed].vm, legs[seed].from)
    // Those that have entered their targets; the others of the group have only left.
    var entered = 0
    while entered < group.count {
      let move = legs[group[entered]]
      if charges.hasRoom(for: move.vm, on: move.to) {
        charges.enter(move.vm, move.to)
        entered += 1
        continue
      }
      let helpers = (leavers[move.to] ?? []).filter { !group.contains($0) }
      guard group.count < Self.mostStopped, let helper = helpers.max(by: isSmaller) else { return nil }
      charges.leave(legs[helper].vm, legs[helper].from)
      group.append(helper)
    }
    return group
  }

  private func isSmaller(_ left: Int, _ right: Int) -> Bool {
    let demand = problem.fleet.demand
    return (demand[legs[left].vm][.memory], demand[legs[left].vm][.cpu], -left)
      < (demand[legs[right].vm][.memory], demand[legs[right].vm][.cpu], -right)
  }

  /// The group without those that the others can do without, the dearest first.
  private mutating func smallest(_ group: [Int]) -> Detour? {
    guard var detour = coldGroup(group, because: cause(of: group)) else { return nil }
    var left = group
    for leg in group.sorted(by: { (price($0), $0) > (price($1), $1) }) where left.count > 1 {
      let others = left.filter { $0 != leg }
      guard let smaller = coldGroup(others, because: cause(of: others)) else { continue }
      (detour, left) = (smaller, others)
    }
    return detour
  }

  private func price(_ leg: Int) -> Double {
    guard let option = problem.book.coldOption(of: legs[leg]) else { return 0 }
    return Detour.weight(option) - Detour.weight(legs[leg].preferred)
  }

  private func cause(of group: [Int]) -> String {
    let hosts = Set(group.flatMap { [legs[$0].from, legs[$0].to] }).sorted().map {
      fleet.hosts[$0].id.rawValue
    }
    return "\(DecimalText.list(hosts)) exchange VMs and have no room to do so one by one"
  }
}
