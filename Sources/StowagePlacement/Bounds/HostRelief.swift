import StowageFleet
import StowageModel

/// How far a host falls when it is rid of some of its VMs, in the best case.
///
/// A *level* is the highest utilisation over the resources that the host limits.
struct HostRelief {
  /// More choices than these are not tried one by one; see ``level(without:)``.
  static let choiceLimit = 100_000

  /// VMs that may be chosen, by index into ``demands``.
  let vms: [Int]
  private let demands: [[Double]]
  private let load: [Double]
  private let inverse: [Double]
  private let capacity: [Double]
  /// For each resource the sums of its largest demands: of none, of the largest, of the two largest …
  private let largest: [[Double]]

  /// - Parameters:
  ///   - load: what the host holds, VMs that leave anyway apart.
  ///   - capacity: what it offers; resources without a limit or with nothing do not count.
  ///   - vms: those that can move and need not, with what each asks.
  init(load: Amounts, capacity: Capacity, vms: [(vm: Int, demand: Amounts)]) {
    let resources = Resource.allCases.filter { (capacity[$0] ?? 0) > 0 }
    self.capacity = resources.map { Double(capacity[$0] ?? 0) }
    inverse = self.capacity.map { 1 / $0 }
    self.load = resources.map { Double(load[$0]) }
    let scale = inverse
    func size(_ demand: Amounts) -> Double {
      zip(resources, scale).map { Double(demand[$0]) * $1 }.max() ?? 0
    }
    let ordered = vms.sorted { left, right in
      let (a, b) = (size(left.demand), size(right.demand))
      return a != b ? a > b : left.vm < right.vm
    }
    self.vms = ordered.map(\.vm)
    demands = ordered.map { entry in resources.map { Double(entry.demand[$0]) } }
    let demands = demands
    largest = resources.indices.map { resource in
      demands.map { $0[resource] }.sorted(by: >).reduce(into: [0.0]) { $0.append(($0.last ?? 0) + $1) }
    }
  }

  /// The level of a remaining load.
  private func level(_ rest: [Double]) -> Double {
    var highest = 0.0
    for resource in rest.indices { highest = max(highest, rest[resource] / capacity[resource]) }
    return highest
  }

  /// The least level that is left when `count` VMs are gone: over all choices of so many VMs or, where
  /// there are more than ``choiceLimit`` choices, resource by resource without the largest demands.
  func level(without count: Int) -> Double {
    let relaxed = relaxedLevel(rest: load, count)
    if count == 0 || count >= vms.count || !isCountable(count) { return relaxed }
    var best = Double.infinity
    search(count) { _, level, _ in
      best = min(best, level)
      return best
    }
    return best
  }

  /// The choice of `count` VMs without which the level is at most `limit`, with the least demand in
  /// all; `nil` when there is none, or too many choices to tell.
  func choice(of count: Int, level limit: Double) -> [Int]? {
    guard count <= vms.count, count == 0 || count == vms.count || isCountable(count) else {
      return greedyChoice(of: count, level: limit)
    }
    var best: (choice: [Int], size: Double)?
    search(count, below: limit.nextUp) { choice, _, size in
      if best.map({ size < $0.size }) ?? true { best = (choice, size) }
      return limit.nextUp
    }
    return best.map { $0.choice.map { vms[$0] } }
  }

  /// VMs one by one, each the one that lowers the level most.
  private func greedyChoice(of count: Int, level limit: Double) -> [Int]? {
    guard count <= vms.count else { return nil }
    var (rest, choice) = (load, [Int]())
    var left = Set(vms.indices)
    for _ in 0..<count {
      let next = left.sorted().min { level(without($0, rest)) < level(without($1, rest)) }
      guard let next else { break }
      rest = without(next, rest)
      left.remove(next)
      choice.append(next)
    }
    return level(rest) <= limit ? choice.map { vms[$0] } : nil
  }

  private func without(_ vm: Int, _ rest: [Double]) -> [Double] {
    rest.indices.map { rest[$0] - demands[vm][$0] }
  }

  /// Whether there are at most ``choiceLimit`` choices of so many VMs.
  private func isCountable(_ count: Int) -> Bool {
    var choices = 1.0
    for index in 0..<min(count, vms.count - count) {
      choices = choices * Double(vms.count - index) / Double(index + 1)
    }
    return choices <= Double(Self.choiceLimit) + 0.5
  }

  private func relaxedLevel(rest: [Double], _ count: Int) -> Double {
    var highest = 0.0
    for resource in rest.indices {
      highest = max(
        highest, (rest[resource] - largest[resource][min(count, vms.count)]) / capacity[resource])
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
    func descend(from first: Int, size: Double) {
      let missing = count - choice.count
      if missing == 0 {
        let level = level(rest)
        if level < limit { limit = found(choice, level, size) }
        return
      }
      guard vms.count - first >= missing, relaxedLevel(rest: rest, missing) < limit else { return }
      for vm in first...(vms.count - missing) {
        var added = 0.0
        for resource in rest.indices {
          rest[resource] -= demands[vm][resource]
          added += demands[vm][resource] * inverse[resource]
        }
        choice.append(vm)
        descend(from: vm + 1, size: size + added)
        choice.removeLast()
        for resource in rest.indices { rest[resource] += demands[vm][resource] }
      }
    }
    descend(from: 0, size: 0)
  }
}

extension HostRelief {
  /// For every host that may be used what its VMs can do for it; `nil` for the others. VMs that are not
  /// wanted, because a search would rather not move them, are left out; a bound leaves out none.
  static func ofHosts(_ fleet: Fleet, isWanted: (_ vm: Int) -> Bool = { _ in true }) -> [HostRelief?] {
    let leaves = MustMoveBound.leaves(fleet)
    var residents = [[Int]](repeating: [], count: fleet.hosts.count)
    for (vm, host) in fleet.start.enumerated() where !leaves[vm] { residents[host].append(vm) }
    return fleet.hosts.indices.map { host in
      guard fleet.hosts[host].isUsableAsTarget else { return nil }
      let movable = residents[host].filter { fleet.pins[$0] == nil && isWanted($0) }.map {
        ($0, fleet.demand[$0])
      }
      return HostRelief(
        load: residents[host].reduce(Amounts.zero) { $0 + fleet.demand[$1] },
        capacity: fleet.capacity[host], vms: movable)
    }
  }
}
