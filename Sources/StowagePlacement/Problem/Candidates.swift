import StowageFleet
import StowageModel

/// On which hosts each block may end, loads and groups apart.
///
/// Most VMs share a handful of sets. A VM may also remain where it is when its host takes nobody,
/// which is kept apart so that sets stay shared.
struct Candidates: Sendable {
  private(set) var sets: [HostSet]
  private(set) var setOfBlock: [Int]
  /// The host on which all members are and may remain; `nil` when there is none.
  private(set) var remainsAt: [Int?]

  /// Whether a block may end on a host.
  @inline(__always)
  func allows(_ block: Int, on host: Int) -> Bool {
    remainsAt[block] == host || sets[setOfBlock[block]].contains(host)
  }

  /// Whether there is a host that a block may enter: one without cannot go.
  func hasEntry(_ block: Int) -> Bool { !sets[setOfBlock[block]].isEmpty }

  /// All hosts on which a block may end, ascending.
  func hosts(of block: Int) -> [Int] {
    var set = sets[setOfBlock[block]]
    if let host = remainsAt[block] { set.insert(host) }
    return set.members
  }

  /// The host of a block that may end on one only.
  func onlyHost(of block: Int) -> Int? {
    let set = sets[setOfBlock[block]]
    if let home = remainsAt[block] {
      return set.isEmpty || (set.count == 1 && set.contains(home)) ? home : nil
    }
    return set.count == 1 ? set.members[0] : nil
  }

  /// Hosts on which any block may end.
  func reachable(hosts count: Int) -> HostSet {
    var reachable = HostSet(universe: count)
    for index in Set(setOfBlock) { for host in sets[index].members { reachable.insert(host) } }
    for case let host? in remainsAt { reachable.insert(host) }
    return reachable
  }

  /// `canTravel` says whether a technique can bring a VM to a host; `nil` when nothing is in the way.
  init(
    _ fleet: Fleet, blocks: [[Int]], excluded: [PlacementOptions.Exclusion],
    canTravel: ((_ vm: Int, _ host: Int) -> Bool)?
  ) {
    var catalogue = SetCatalogue(fleet)
    let excludedOfVM = Dictionary(grouping: excluded, by: \.vm).mapValues { $0.map(\.host) }
    var setOfBlock: [Int] = []
    var remainsAt: [Int?] = []
    for members in blocks {
      let lone = members.count == 1 ? members[0] : nil
      if let lone, canTravel == nil, fleet.pins[lone] == nil, excludedOfVM[lone] == nil {
        remainsAt.append(fleet.mustLeave(lone) ? nil : fleet.start[lone])
        setOfBlock.append(catalogue.sharedIndex(of: lone))
        continue
      }
      var joint: HostSet?
      for vm in members {
        let own = catalogue.entrySet(of: vm, excluded: excludedOfVM[vm] ?? [], canTravel: canTravel)
        if members.count == 1 {
          joint = own
        } else {
          var own = own
          if !fleet.mustLeave(vm) { own.insert(fleet.start[vm]) }
          joint?.formIntersection(own)
          joint = joint ?? own
        }
      }
      let first = fleet.start[members[0]]
      let stays = members.allSatisfy { fleet.start[$0] == first && !fleet.mustLeave($0) }
      remainsAt.append(stays ? first : nil)
      setOfBlock.append(catalogue.index(of: joint ?? HostSet(universe: fleet.hosts.count)))
    }
    sets = catalogue.sets
    self.setOfBlock = setOfBlock
    self.remainsAt = remainsAt
  }

  /// Keeps a block on some of its hosts only.
  mutating func restrict(_ block: Int, to hosts: HostSet) {
    var set = sets[setOfBlock[block]]
    set.formIntersection(hosts)
    sets.append(set)
    setOfBlock[block] = sets.count - 1
    if let home = remainsAt[block], !hosts.contains(home) { remainsAt[block] = nil }
  }

  /// Keeps each block that is on some hosts among these, and every other where it is. Blocks that shared a set share one again.
  mutating func confine(_ hostOfBlock: [Int], within hosts: HostSet) {
    var shared: [HostSet] = []
    var indexOfSet: [HostSet: Int] = [:]
    var indexOfOld = [Int?](repeating: nil, count: sets.count)
    func index(_ set: HostSet) -> Int {
      if let known = indexOfSet[set] { return known }
      shared.append(set)
      indexOfSet[set] = shared.count - 1
      return shared.count - 1
    }
    for (block, host) in hostOfBlock.enumerated() {
      let isFree = hosts.contains(host)
      if let home = remainsAt[block], isFree ? !hosts.contains(home) : home != host { remainsAt[block] = nil }
      let old = setOfBlock[block]
      if !isFree {
        setOfBlock[block] = index(HostSet(universe: hosts.universe, [host]))
      } else if let known = indexOfOld[old] {
        setOfBlock[block] = known
      } else {
        var set = sets[old]
        set.formIntersection(hosts)
        setOfBlock[block] = index(set)
        indexOfOld[old] = setOfBlock[block]
      }
    }
    sets = shared
  }
}

/// The different sets of hosts that VMs may enter.
private struct SetCatalogue {
  let fleet: Fleet
  private(set) var sets: [HostSet] = []
  private var indexOfSet: [HostSet: Int] = [:]
  private var shared: [Key: HostSet] = [:]
  private var indexOfKey: [Key: Int] = [:]

  private struct Key: Hashable {
    var allowed: Int
    var island: Int
  }

  init(_ fleet: Fleet) {
    self.fleet = fleet
  }

  mutating func index(of set: HostSet) -> Int {
    if let known = indexOfSet[set] { return known }
    sets.append(set)
    indexOfSet[set] = sets.count - 1
    return sets.count - 1
  }

  /// The index of the hosts that a VM may enter which nothing but its key decides.
  mutating func sharedIndex(of vm: Int) -> Int {
    let key = key(of: vm)
    if let known = indexOfKey[key] { return known }
    let index = index(of: sharedSet(of: vm))
    indexOfKey[key] = index
    return index
  }

  private func key(of vm: Int) -> Key {
    Key(allowed: fleet.allowedSetOfVM[vm], island: fleet.network.islandOfHost[fleet.start[vm]])
  }

  /// The hosts that a VM may enter.
  mutating func entrySet(of vm: Int, excluded: [Int], canTravel: ((Int, Int) -> Bool)?) -> HostSet {
    if fleet.pins[vm] != nil { return HostSet(universe: fleet.hosts.count) }
    var set = sharedSet(of: vm)
    let start = fleet.start[vm]
    for host in excluded where host != start { set.remove(host) }
    if let canTravel {
      for host in set.members where host != start && !canTravel(vm, host) { set.remove(host) }
    }
    return set
  }

  private mutating func sharedSet(of vm: Int) -> HostSet {
    let key = key(of: vm)
    if let known = shared[key] { return known }
    var set = fleet.allowedSets[key.allowed]
    set.formIntersection(fleet.targets)
    for host in set.members where fleet.network.islandOfHost[host] != key.island { set.remove(host) }
    shared[key] = set
    return set
  }
}
