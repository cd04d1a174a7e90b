import StowageModel

/// Fewest hosts part by part, as the guide *Proofs* states it under *parts*.
struct PartsBound {
  let rooms: Rooms
  let rulebook: Rulebook
  let eligibility: Eligibility
  let staysWithinClusters: Bool

  private var roster: Roster { rooms.roster }

  /// The sum over the parts; `nil` when the mix of some part cannot be settled.
  var bound: Double? {
    var sum = 0.0
    for part in division() {
      let own = Rooms(rooms, hosts: part.hosts, vms: part.vms)
      guard let mix = own.mixBound else { return nil }
      sum += max(own.volumeBound, mix, Double(survivors(part)))
    }
    return sum
  }

  // MARK: Parts

  typealias Part = (hosts: Set<Int>, vms: [Int])

  /// The parts of the fleet.
  func division() -> [Part] {
    let ends = possibleEnds()
    var spread = PartSpread(ends, hosts: roster.hosts.count)
    return roster.hosts.indices.compactMap { spread.part(from: $0) }
  }

  /// What a VM asks of hosts by itself; VMs that ask the same have the same hosts open to them.
  private struct Wish: Hashable {
    let bindings: [Int]
    let allowed: [String]
    let forbidden: [String]
    let networks: Set<String>
    let needsGPU: Bool
    let cluster: String?
  }

  /// Where each VM that has a host may end: where it starts, unless it must leave, and on which open hosts.
  private func possibleEnds() -> PossibleEnds {
    let bindings = rulebook.bindingsByVM(count: roster.vms.count)
    let leaves = Set(rooms.mustLeave)
    var indexOfWish: [Wish: Int] = [:]
    var sets: [[Int]] = []
    var setOfVM = [Int?](repeating: nil, count: roster.vms.count)
    var startOfVM = setOfVM
    for (vm, row) in roster.vms.enumerated() {
      guard let home = roster.startHost[vm] else { continue }
      let wish = Wish(
        bindings: bindings[vm], allowed: row.allowedHosts, forbidden: row.forbiddenHosts,
        networks: Set(row.networks), needsGPU: row.powerState == .on && (row.gpuCount ?? 0) > 0,
        cluster: staysWithinClusters ? roster.hosts[home].cluster ?? "" : nil)
      if !rooms.cannotMove[vm] {
        let index = indexOfWish[wish] ?? sets.count
        if index == sets.count {
          sets.append(roster.hosts.indices.filter { isOpen($0, to: vm, wish) })
          indexOfWish[wish] = index
        }
        setOfVM[vm] = sets[index].isEmpty ? nil : index
      }
      if !leaves.contains(vm) || setOfVM[vm] == nil { startOfVM[vm] = home }
    }
    return PossibleEnds(startOfVM: startOfVM, setOfVM: setOfVM, sets: sets)
  }

  private func isOpen(_ host: Int, to vm: Int, _ wish: Wish) -> Bool {
    guard rooms.takesIn[host], eligibility.suits(host, for: vm) else { return false }
    if let cluster = wish.cluster, roster.hosts[host].cluster ?? "" != cluster { return false }
    return rulebook.bindings(wish.bindings, permit: host)
  }

  // MARK: Failures

  /// How many hosts a part needs so that its running VMs fit by volume when the largest have failed; 0 when
  /// no failover guards it as a whole.
  private func survivors(_ part: Part) -> Int {
    var failures = 0
    for entry in rulebook.hard {
      guard case .failover(let guarded) = entry.meaning else { continue }
      for cluster in guarded.clusters where isWhole(part, cluster) {
        failures = max(failures, guarded.failures)
      }
    }
    guard failures > 0 else { return 0 }
    return Resource.allCases.map { needed(part, $0, failures: failures) }.max() ?? 0
  }

  /// Whether the part is a cluster in which hosts fail one by one, and nobody finds refuge outside it.
  private func isWhole(_ part: Part, _ cluster: GuardedClusters.Cluster) -> Bool {
    cluster.units.allSatisfy { $0.count == 1 } && part.hosts.isSubset(of: cluster.hosts)
      && cluster.hosts.allSatisfy { host in
        part.hosts.contains(host) || !roster.hosts[host].isUsableAsTarget || rulebook.closed.contains(host)
      }
  }

  private func needed(_ part: Part, _ resource: Resource, failures: Int) -> Int {
    var rooms: [Int64] = []
    var need = part.vms.filter { roster.vms[$0].powerState == .on }
      .reduce(0) { $0 + roster.demand[$1][resource] }
    for host in part.hosts {
      let isUsable = roster.hosts[host].isUsableAsTarget
      guard let ceiling = roster.ceiling(host, resource) else { return 0 }
      rooms.append(isUsable ? ceiling : roster.startLoad[host][resource])
      if isUsable, roster.startResidents[host].isEmpty { need -= ceiling }
    }
    guard need > 0 else { return 0 }
    let safe = rooms.sorted(by: >).dropFirst(failures)
    var held: Int64 = 0
    for (index, room) in safe.enumerated() {
      held += room
      if held >= need { return failures + index + 1 }
    }
    return rooms.count
  }
}

/// Where VMs may end: where they start if they may remain, and one of a few sets of open hosts.
private struct PossibleEnds {
  let startOfVM: [Int?]
  let setOfVM: [Int?]
  let sets: [[Int]]
}

/// Spreads from host to host over the VMs that may end on both, until nothing is added.
private struct PartSpread {
  private let ends: PossibleEnds
  private var setsOfHost: [[Int]]
  private var vmsOfSet: [[Int]]
  private var vmsAtStart: [[Int]]
  private var isSeen: [Bool]
  private var isTaken: [Bool]

  init(_ ends: PossibleEnds, hosts: Int) {
    self.ends = ends
    setsOfHost = Array(repeating: [], count: hosts)
    for (index, set) in ends.sets.enumerated() { for host in set { setsOfHost[host].append(index) } }
    vmsOfSet = Array(repeating: [], count: ends.sets.count)
    for (vm, set) in ends.setOfVM.enumerated() { if let set { vmsOfSet[set].append(vm) } }
    vmsAtStart = Array(repeating: [], count: hosts)
    for (vm, host) in ends.startOfVM.enumerated() { if let host { vmsAtStart[host].append(vm) } }
    isSeen = Array(repeating: false, count: hosts)
    isTaken = Array(repeating: false, count: ends.sets.count)
  }

  /// The part of a host; `nil` when an earlier one had it.
  mutating func part(from first: Int) -> PartsBound.Part? {
    guard !isSeen[first] else { return nil }
    isSeen[first] = true
    var waiting = [first]
    var hosts: Set<Int> = []
    var vms: Set<Int> = []
    while let host = waiting.popLast() {
      hosts.insert(host)
      vms.formUnion(vmsAtStart[host])
      let sets = setsOfHost[host] + vmsAtStart[host].compactMap { ends.setOfVM[$0] }
      for set in sets where !isTaken[set] {
        isTaken[set] = true
        vms.formUnion(vmsOfSet[set])
        let reached = ends.sets[set] + vmsOfSet[set].compactMap { ends.startOfVM[$0] }
        for next in reached where !isSeen[next] {
          isSeen[next] = true
          waiting.append(next)
        }
      }
    }
    return (hosts, vms.sorted())
  }
}
