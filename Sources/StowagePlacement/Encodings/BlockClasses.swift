import StowageFleet
import StowageModel

/// Blocks that a program need not tell apart: equal demand and memory, equal hosts, equal groups.
///
/// Where they start may differ; how many of a class start on a host is all that a program needs to
/// count who stays. Blocks of several VMs stand alone, because part of one may be at home.
struct BlockClasses {
  struct BlockClass {
    /// The members by index, ascending.
    let blocks: [Int]
    /// The hosts on which members may end, ascending.
    let hosts: [Int]
    /// How many members at most may end on each of the hosts.
    let most: [Int: Int]
    /// How many members start on a host and may remain there.
    let residents: [Int: Int]
  }

  let classes: [BlockClass]

  private struct Key: Hashable {
    var demand: Amounts
    /// Says which VMs ask for the same in every hour.
    var hours: Int?
    var memoryMiB: Double
    var set: Int
    var groups: [Int]
    var rules: [Int]
    var alone: Int?
  }

  /// No more columns than this has a program over the classes: hosts of each, demand apart.
  static func mostColumns(_ problem: Problem, hosts: [Int]) -> Int {
    let candidates = problem.candidates
    let sizes = candidates.sets.map { min($0.count, hosts.count) }
    return members(problem).reduce(0) { $0 + max(1, sizes[candidates.setOfBlock[$1[0]]]) }
  }

  init(_ problem: Problem, hosts: [Int]) {
    let apartCount = problem.apart.count
    let groups = Self.groups(problem)
    classes = Self.members(problem).map { blocks in
      let isApart = groups[blocks[0]].contains { $0 < apartCount }
      return Self.blockClass(blocks, problem, hosts: hosts, mostTogether: isApart ? 1 : blocks.count)
    }
  }

  /// The anti-affinities and, counted on from them, affinities of each block.
  private static func groups(_ problem: Problem) -> [[Int]] {
    var groups = [[Int]](repeating: [], count: problem.blocks.count)
    for (index, members) in (problem.apart.map(\.blocks) + problem.together.map(\.blocks)).enumerated() {
      for block in members { groups[block].append(index) }
    }
    return groups
  }

  private static func members(_ problem: Problem) -> [[Int]] {
    let groups = groups(problem)
    let memberships = RuleMemberships(problem)
    var classOfKey: [Key: Int] = [:]
    var members: [[Int]] = []
    for block in problem.blocks.indices {
      let vms = problem.blocks[block]
      let key = Key(
        demand: problem.demand[block], hours: problem.fleet.hourly?.rowNumber(of: vms[0]),
        memoryMiB: problem.fleet.vms[vms[0]].memoryMiB,
        set: problem.candidates.setOfBlock[block], groups: groups[block], rules: memberships.ofVM[vms[0]],
        alone: vms.count > 1 || memberships.knowsStarts ? block : nil)
      if let known = classOfKey[key] {
        members[known].append(block)
      } else {
        classOfKey[key] = members.count
        members.append([block])
      }
    }
    return members
  }

  private static func blockClass(
    _ blocks: [Int], _ problem: Problem, hosts: [Int], mostTogether: Int
  ) -> BlockClass {
    let candidates = problem.candidates
    let set = candidates.sets[candidates.setOfBlock[blocks[0]]]
    var residents: [Int: Int] = [:]
    for block in blocks {
      if let home = candidates.remainsAt[block] { residents[home, default: 0] += 1 }
    }
    var most: [Int: Int] = [:]
    for host in hosts {
      let allowed = set.contains(host) ? blocks.count : residents[host] ?? 0
      let number = min(allowed, mostTogether, fitting(problem.demand[blocks[0]], problem.limits[host]))
      if number > 0 { most[host] = number }
    }
    return BlockClass(blocks: blocks, hosts: most.keys.sorted(), most: most, residents: residents)
  }

  private static func fitting(_ demand: Amounts, _ limit: Amounts) -> Int {
    Resource.allCases.reduce(Int.max) { least, resource in
      demand[resource] > 0 ? min(least, Int(limit[resource] / demand[resource])) : least
    }
  }
}

/// The rules, beyond groups of blocks, by which VMs differ for a program.
private struct RuleMemberships {
  /// By VM, the rules whose member it is.
  var ofVM: [[Int]]
  /// Whether some rule looks at where each VM starts.
  let knowsStarts: Bool

  init(_ problem: Problem) {
    let fleet = problem.fleet
    ofVM = Array(repeating: [], count: fleet.vms.count)
    knowsStarts = fleet.preferences.contains(where: \.acceptsStart)
    let lists: [[Int]] =
      fleet.spreads.map(\.members) + fleet.dedications.map(\.members) + fleet.hostCaps.map(\.members)
      + fleet.moveLimits.compactMap(\.members) + fleet.preferences.compactMap(\.members)
      + (fleet.antiAffinities + fleet.affinities).filter { !$0.isHard }.map(\.members)
    for (index, members) in lists.enumerated() {
      for vm in members { ofVM[vm].append(index) }
    }
  }
}
