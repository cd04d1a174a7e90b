import StowageFleet
import StowageModel

/// A packing problem on a fixed set of open hosts, laid out flat for the inner loop of a search:
/// blocks and open hosts by position, resources that bind in the lanes of one vector.
///
/// Amounts are divided by what all demands of a resource have in common. Where they still do not
/// fit, demands are rounded up and limits down, so that what fits here fits.
struct FlatPacking {
  /// The open hosts by index in the fleet, ascending; their places in this list are positions.
  let hosts: [Int32]
  /// What each block asks.
  let demand: [SIMD4<Int32>]
  /// What each open host may hold.
  let limit: [SIMD4<Int32>]
  /// One over the mean limit, lane by lane; 0 in lanes without a resource.
  let scale: SIMD4<Float>
  /// The positions of each set of hosts, as a list and as bits.
  let setMembers: [[Int32]]
  let words: [UInt64]
  let wordsPerSet: Int
  let setOfBlock: [Int32]
  /// The position on which a block may be beside those of its set; -1 when there is none.
  let remainsAt: [Int32]
  /// The position of the host on which a block starts; -1 when that is closed or its members start apart.
  let home: [Int32]
  /// Anti-affinities of each block, flat: those of block *b* from `groupStart[b]` to `groupStart[b + 1]`.
  let groupStart: [Int32]
  let groups: [Int32]
  /// Members of each anti-affinity, flat likewise.
  let memberStart: [Int32]
  let members: [Int32]
  /// The domain of each position, for each anti-affinity an index into ``domains``; -1 when every
  /// host is a domain of its own.
  let mapOfGroup: [Int32]
  let domains: [[Int32]]

  var blockCount: Int { demand.count }
  var hostCount: Int { hosts.count }

  /// Largest limit after division: sums of a few hosts stay below 2³¹.
  private static let largestLimit: Int64 = 1 << 28

  /// Where more resources bind than there are lanes, the scarcest are kept, and whoever searches sees to the rest.
  ///
  /// `nil` when a block has no open host.
  init?(_ problem: Problem, isOpen: [Bool], limits: [LoadVector]) {
    let open = isOpen.indices.filter { isOpen[$0] }
    guard !open.isEmpty else { return nil }
    let lanes = Self.lanes(problem, open.map { limits[$0] })
    hosts = open.map(Int32.init)
    var demand = [SIMD4<Int32>](repeating: .zero, count: problem.blocks.count)
    var limit = [SIMD4<Int32>](repeating: .zero, count: open.count)
    var scale = SIMD4<Float>.zero
    for (lane, resource) in lanes.enumerated() {
      let unit = Self.unit(problem.demand.map { $0[resource] }, open.map { limits[$0][resource] })
      for block in demand.indices {
        let amount = problem.demand[block][resource]
        demand[block][lane] = Int32(min(Self.largestLimit * 2, (amount + unit - 1) / unit))
      }
      var sum = 0.0
      for (position, host) in open.enumerated() {
        let amount = (limits[host][resource] / Double(unit)).rounded(.down)
        limit[position][lane] = Int32(min(Double(Self.largestLimit), amount))
        sum += Double(limit[position][lane])
      }
      scale[lane] = Float(1 / max(1, sum / Double(open.count)))
    }
    self.demand = demand
    self.limit = limit
    self.scale = scale

    var position = [Int32](repeating: -1, count: isOpen.count)
    for (index, host) in open.enumerated() { position[host] = Int32(index) }
    let candidates = problem.candidates
    wordsPerSet = (open.count + 63) / 64
    var words = [UInt64](repeating: 0, count: wordsPerSet * candidates.sets.count)
    setMembers = candidates.sets.enumerated().map { index, set in
      var members: [Int32] = []
      for (place, host) in open.enumerated() where set.contains(host) {
        words[index * ((open.count + 63) / 64) + (place >> 6)] |= 1 << UInt64(place & 63)
        members.append(Int32(place))
      }
      return members
    }
    self.words = words
    setOfBlock = candidates.setOfBlock.map(Int32.init)
    remainsAt = candidates.remainsAt.map { $0.map { position[$0] } ?? -1 }
    home = problem.home.map { $0.map { position[$0] } ?? -1 }
    for block in problem.blocks.indices
    where remainsAt[block] < 0 && setMembers[Int(setOfBlock[block])].isEmpty {
      return nil
    }

    var groupsOfBlock = [[Int32]](repeating: [], count: problem.blocks.count)
    var memberStart: [Int32] = [0]
    var members: [Int32] = []
    var mapOfGroup: [Int32] = []
    var domains: [[Int32]] = []
    var mapOfScope: [Scope: Int32] = [:]
    for (index, group) in problem.apart.enumerated() {
      for block in group.blocks { groupsOfBlock[block].append(Int32(index)) }
      members += group.blocks.map(Int32.init)
      memberStart.append(Int32(members.count))
      if group.scope != .host, mapOfScope[group.scope] == nil {
        mapOfScope[group.scope] = Int32(domains.count)
        domains.append(open.map { Int32(group.domainOfHost[$0]) })
      }
      mapOfGroup.append(mapOfScope[group.scope] ?? -1)
    }
    var groupStart: [Int32] = [0]
    groupStart.reserveCapacity(groupsOfBlock.count + 1)
    var groups: [Int32] = []
    for list in groupsOfBlock {
      groups += list
      groupStart.append(Int32(groups.count))
    }
    self.groupStart = groupStart
    self.groups = groups
    self.memberStart = memberStart
    self.members = members
    self.mapOfGroup = mapOfGroup
    self.domains = domains
  }

  /// The resources that bind, the scarcest as many as there are lanes.
  private static func lanes(_ problem: Problem, _ limits: [LoadVector]) -> [Resource] {
    let shares = Resource.allCases.compactMap { resource -> (resource: Resource, share: Double)? in
      let demand = problem.demand.reduce(0) { $0 + Double($1[resource]) }
      let limited = limits.map { $0[resource] }.filter { $0 < Double(Fleet.noLimit) }
      guard demand > 0, !limited.isEmpty else { return nil }
      return (resource, demand / max(1, limited.reduce(0, +)))
    }
    let scarcest = shares.sorted { ($1.share, $0.resource.index) < ($0.share, $1.resource.index) }
    return scarcest.prefix(SIMD4<Int32>.scalarCount).map(\.resource).sorted { $0.index < $1.index }
  }

  /// What all demands have in common; more when the largest limit would not fit.
  private static func unit(_ demands: [Int64], _ limits: [Double]) -> Int64 {
    var common: Int64 = 0
    for demand in demands where demand > 0 && common != 1 { common = greatestCommonDivisor(common, demand) }
    let largest = limits.filter { $0 < Double(Fleet.noLimit) }.max() ?? 1
    return max(1, common, Int64(largest / Double(largestLimit)) + (largest > Double(largestLimit) ? 1 : 0))
  }

  private static func greatestCommonDivisor(_ left: Int64, _ right: Int64) -> Int64 {
    var (large, small) = (left, right)
    while small != 0 { (large, small) = (small, large % small) }
    return large
  }
}
