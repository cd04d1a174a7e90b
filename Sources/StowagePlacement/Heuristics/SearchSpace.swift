import StowageFleet
import StowageModel

/// The tables that a local search reads in its inner loop, laid out flat.
///
/// Which hosts are open and what they may hold is decided by whoever starts the search: the hosts
/// of a consolidation, a lower limit for a balance, a reserve for a failover. A class because searches
/// hand it on in every step, and one reference is cheaper to hand on than two dozen tables.
final class SearchSpace: Sendable {
  let problem: Problem
  let blockCount: Int
  let hostCount: Int
  /// What each block asks.
  let demand: [LoadVector]
  /// What each host may hold.
  let limit: [LoadVector]
  /// One over the mean limit of the open hosts, resource by resource; 0 where nothing is limited.
  /// Multiplying by it makes resources comparable.
  let scale: LoadVector
  /// Whether blocks may be on a host.
  let isOpen: [Bool]
  /// The open hosts, ascending.
  let openHosts: [Int32]
  /// The start of each block; -1 when its members start apart.
  let home: [Int32]
  /// What it costs that a block is not at home, for all of its members together.
  let price: [Double]
  /// Blocks in hard anti-affinities, and their groups.
  let isGrouped: [Bool]

  /// The hard rules that no single host decides, with nobody anywhere.
  let ledger: RuleLedger
  /// What is asked by the hour; `nil` when nothing depends on the hour.
  let hours: HourlySpace?

  private let setOfBlock: [Int32]
  private let remainsAt: [Int32]
  private let words: [UInt64]
  private let wordsPerSet: Int
  private let groupsOfBlock: [[Int32]]
  private let groups: [ApartGroup]

  /// Blocks may be on the open hosts as far as these hold; each costs its memory where it is not at home.
  convenience init(_ problem: Problem, open hosts: [Int]) {
    self.init(
      problem, isOpen: problem.isOpen(hosts), limits: problem.limits.map { LoadVector($0) },
      price: problem.blocks.map { $0.reduce(0) { $0 + problem.fleet.vms[$1].memoryMiB } })
  }

  /// Blocks may be on the open hosts; each costs `price` where it is not at home.
  init(_ problem: Problem, isOpen: [Bool], limits: [LoadVector], price: [Double]) {
    self.problem = problem
    blockCount = problem.blocks.count
    hostCount = problem.fleet.hosts.count
    demand = problem.demand.map { LoadVector($0) }
    limit = limits
    self.isOpen = isOpen
    openHosts = isOpen.indices.filter { isOpen[$0] }.map(Int32.init)
    scale = Self.scale(limits, isOpen: isOpen)
    home = problem.home.map { Int32($0 ?? -1) }
    self.price = price
    setOfBlock = problem.candidates.setOfBlock.map(Int32.init)
    remainsAt = problem.candidates.remainsAt.map { Int32($0 ?? -1) }
    wordsPerSet = (hostCount + 63) / 64
    words = problem.candidates.sets.flatMap { Self.words($0) }
    groups = problem.apart
    ledger = problem.ledger
    let scale = scale
    hours = problem.hours.map { HourlySpace($0, problem, limits: limits, scale: scale) }
    var groupsOfBlock = [[Int32]](repeating: [], count: blockCount)
    for (index, group) in problem.apart.enumerated() {
      for block in group.blocks { groupsOfBlock[block].append(Int32(index)) }
    }
    self.groupsOfBlock = groupsOfBlock
    isGrouped = groupsOfBlock.map { !$0.isEmpty }
  }

  private static func words(_ set: HostSet) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: (set.universe + 63) / 64)
    for host in set.members { words[host >> 6] |= 1 << UInt64(host & 63) }
    return words
  }

  private static func scale(_ limits: [LoadVector], isOpen: [Bool]) -> LoadVector {
    var scale = LoadVector.zero
    for resource in Resource.allCases {
      let limited = limits.indices.filter { isOpen[$0] }.map { limits[$0][resource] }
        .filter { $0 < Double(Fleet.noLimit) }
      guard !limited.isEmpty else { continue }
      // At least one unit, so that a resource of which nobody has any is still missed.
      scale[resource] = 1 / max(1, limited.reduce(0, +) / Double(limited.count))
    }
    return scale
  }

  /// Whether a block may be on a host, load and groups apart.
  @inline(__always)
  func allows(_ block: Int, on host: Int) -> Bool {
    guard isOpen[host] else { return false }
    if remainsAt[block] == Int32(truncatingIfNeeded: host) { return true }
    return words[Int(setOfBlock[block]) * wordsPerSet + host >> 6] & (1 << UInt64(host & 63)) != 0
  }

  /// How far a load exceeds the limit of a host: the sum of squares over resources, relative to
  /// the mean host.
  @inline(__always)
  func excess(_ load: LoadVector, on host: Int) -> Double {
    let over = (load - limit[host]).positivePart * scale
    return (over * over).sum
  }

  /// How many blocks of the same anti-affinities are in the domain of a host, the block itself and
  /// `other` apart.
  func neighbours(of block: Int, on host: Int, except other: Int = -1, hostOf: [Int32]) -> Int {
    var count = 0
    for index in groupsOfBlock[block] {
      let group = groups[Int(index)]
      let domain = group.domainOfHost[host]
      for member in group.blocks where member != block && member != other {
        let place = hostOf[member]
        if place >= 0, group.domainOfHost[Int(place)] == domain { count += 1 }
      }
    }
    return count
  }

  /// What it costs that a block is on a host.
  @inline(__always)
  func price(of block: Int, on host: Int) -> Double {
    if home[block] >= 0 { return home[block] == Int32(truncatingIfNeeded: host) ? 0 : price[block] }
    let away = problem.awayCount(block, on: host)
    return price[block] * Double(away) / Double(problem.blocks[block].count)
  }
}
