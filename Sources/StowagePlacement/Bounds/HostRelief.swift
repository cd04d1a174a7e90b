import StowageFleet
import StowageModel

/// How far a host falls when it is rid of some of its VMs, in the best case.
///
/// A *level* is the highest utilisation over the resources that the host limits.
struct HostRelief {
  /// More choices than these are not tried one by one; see ``level(without:)``.
  static let choiceLimit = 100_000

  /// VMs that leave together or not at all.
  struct Party {
    let vms: [Int]
    /// What they ask together.
    let demand: Amounts
  }

  /// The number of VMs that may be chosen.
  let count: Int
  /// Who may be chosen, those that ask most first; what each asks is a row of ``demands``.
  private let parties: [[Int]]
  private let demands: [[Double]]
  private let load: [Double]
  private let inverse: [Double]
  private let capacity: [Double]
  /// For each resource the sums of its largest demands: of none, of the largest, of the two largest …
  private let largest: [[Double]]

  /// - Parameters:
  ///   - load: what the host holds, VMs that leave anyway apart.
  ///   - capacity: what it offers; resources without a limit or with nothing do not count.
  ///   - parties: those that can move and need not.
  ///   - single: what each of their VMs asks.
  ///   - targets: with any, only resources with a target count, and this percentage of what the host offers is level 1.
  init(
    load: Amounts, capacity: Capacity, parties: [Party], demands single: [Amounts],
    targets: [Resource: Double] = [:]
  ) {
    let resources = Resource.allCases.filter {
      (capacity[$0] ?? 0) > 0 && (targets.isEmpty || targets[$0] != nil)
    }
    self.capacity = resources.map { Double(capacity[$0] ?? 0) * (targets[$0] ?? 100) / 100 }
    inverse = self.capacity.map { 1 / $0 }
    self.load = resources.map { Double(load[$0]) }
    let scale = inverse
    func size(_ demand: Amounts) -> Double {
      zip(resources, scale).map { Double(demand[$0]) * $1 }.max() ?? 0
    }
    let ordered = parties.sorted { left, right in
      let (a, b) = (size(left.demand), size(right.demand))
      return a != b ? a > b : left.vms.lexicographicallyPrecedes(right.vms)
    }
    self.parties = ordered.map(\.vms)
    count = single.count
    demands = ordered.map { party in resources.map { Double(party.demand[$0]) } }
    largest = resources.map { resource in
      single.map { Double($0[resource]) }.sorted(by: >).reduce(into: [0.0]) { $0.append(($0.last ?? 0) + $1) }
    }
  }

  /// The level of a remaining load.
  private func level(_ rest: [Double]) -> Double {
    var highest = 0.0
    for resource in rest.indices { highest = max(highest, rest[resource] / capacity[resource]) }
    return highest
  }

  /// The least level that is left when `count` VMs at the most are gone: over all choices of parties or, where
  /// so many VMs could be chosen in more than ``choiceLimit`` ways, resource by resource without the largest demands.
  func level(without count: Int) -> Double {
    let relaxed = relaxedLevel(rest: load, count)
    if count == 0 || !isCountable(count) { return relaxed }
    var best = Double.infinity
    search(count) { _, level, _ in
      best = min(best, level)
      return best
    }
    return best
  }

  /// The choice of `count` VMs at the most without which the level is at most `limit`, with the least demand in
  /// all; `nil` when there is none, or too many choices to tell.
  func choice(of count: Int, level limit: Double) -> [Int]? {
    guard isCountable(count) else {
      return greedyChoice(of: count, level: limit)
    }
    var best: (choice: [Int], size: Double)?
    search(count, below: limit.nextUp) { choice, _, size in
      if best.map({ size < $0.size }) ?? true { best = (choice, size) }
      return limit.nextUp
    }
    return best.map { $0.choice.flatMap { parties[$0] } }
  }

  /// Parties one by one, each the one that lowers the level most.
  private func greedyChoice(of count: Int, level limit: Double) -> [Int]? {
    var (rest, choice) = (load, [Int]())
    var left = Set(parties.indices)
    while let next = left.sorted().filter({ choice.count + parties[$0].count <= count })
      .min(by: { level(without($0, rest)) < level(without($1, rest)) })
    {
      rest = without(next, rest)
      left.remove(next)
      choice += parties[next]
    }
    return level(rest) <= limit ? choice : nil
  }

  private func without(_ party: Int, _ rest: [Double]) -> [Double] {
    rest.indices.map { rest[$0] - demands[party][$0] }
  }

  /// Whether there are at most ``choiceLimit`` choices of so many VMs.
  private func isCountable(_ count: Int) -> Bool {
    var choices = 1.0
    for index in 0..<max(0, min(count, self.count - count)) {
      choices = choices * Double(self.count - index) / Double(index + 1)
    }
    return choices <= Double(Self.choiceLimit) + 0.5
  }

  private func relaxedLevel(rest: [Double], _ count: Int) -> Double {
    var highest = 0.0
    for resource in rest.indices {
      highest = max(
        highest, (rest[resource] - largest[resource][min(count, self.count)]) / capacity[resource])
    }
    return max(0, highest)
  }

  // MARK: Search

  /// Depth first over all choices that may end below a limit, which `found` lowers as it likes.
  private func search(
    _ count: Int, below limit: Double = .infinity,
    _ found: (_ choice: [Int], _ level: Double, _ size: Double) -> Double
  ) {
    var limit = limit
    var choice: [Int] = []
    var rest = load
    func descend(from first: Int, missing: Int, size: Double) {
      let level = level(rest)
      if level < limit { limit = found(choice, level, size) }
      guard missing > 0, first < parties.count, relaxedLevel(rest: rest, missing) < limit else { return }
      for party in first..<parties.count where parties[party].count <= missing {
        var added = 0.0
        for resource in rest.indices {
          rest[resource] -= demands[party][resource]
          added += demands[party][resource] * inverse[resource]
        }
        choice.append(party)
        descend(from: party + 1, missing: missing - parties[party].count, size: size + added)
        choice.removeLast()
        for resource in rest.indices { rest[resource] += demands[party][resource] }
      }
    }
    descend(from: 0, missing: count, size: 0)
  }
}

extension HostRelief {
  /// For every host that may be used what its VMs can do for it; `nil` for the others. VMs of one host that a hard affinity
  /// ties to one another leave together, and not at all where one of them cannot move. VMs that are not
  /// wanted, because a search would rather not move them, are left out; a bound leaves out none. With `targets` levels are counted
  /// by these.
  static func ofHosts(
    _ fleet: Fleet, targets: [Resource: Double] = [:], isWanted: (_ vm: Int) -> Bool = { _ in true }
  ) -> [HostRelief?] {
    let leaves = MustMoveBound.leaves(fleet)
    let blockOfVM = BlockPartition(fleet).blockOfVM
    var residents = [[Int]](repeating: [], count: fleet.hosts.count)
    for (vm, host) in fleet.start.enumerated() where !leaves[vm] { residents[host].append(vm) }
    return fleet.hosts.indices.map { host in
      guard fleet.hosts[host].isUsableAsTarget else { return nil }
      let parties = Dictionary(grouping: residents[host]) { blockOfVM[$0] }.values
        .filter { $0.allSatisfy { fleet.pins[$0] == nil && isWanted($0) } }
        .map { Party(vms: $0, demand: $0.reduce(.zero) { $0 + fleet.demand[$1] }) }
      return HostRelief(
        load: residents[host].reduce(Amounts.zero) { $0 + fleet.demand[$1] },
        capacity: fleet.levelled[host], parties: parties,
        demands: parties.flatMap(\.vms).map { fleet.demand[$0] }, targets: targets)
    }
  }
}
