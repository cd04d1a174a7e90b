/// Blocks on open hosts while a search is under way, limits and anti-affinities possibly broken.
///
/// A class over raw memory: the search makes tens of millions of proposals a second, each of which
/// reads a few rows. Nothing is allocated after the start but room for more residents of a host.
final class FillState {
  let packing: FlatPacking
  let blockCount: Int
  let hostCount: Int
  let demand: UnsafeMutablePointer<SIMD4<Int32>>
  let limit: UnsafeMutablePointer<SIMD4<Int32>>
  let scale: SIMD4<Float>
  /// The load of each host.
  let load: UnsafeMutablePointer<SIMD4<Int32>>
  /// How far each host exceeds its limit; see ``excess(_:_:)``.
  let excess: UnsafeMutablePointer<Float>
  /// The position of each block's host; -1 while it is nowhere.
  let hostOf: UnsafeMutablePointer<Int32>
  /// How many blocks each host has.
  let count: UnsafeMutablePointer<Int32>
  /// Hosts that exceed their limits, in no particular order.
  let overloaded: UnsafeMutablePointer<Int32>
  private(set) var overloadedCount = 0
  /// Pairs of blocks of one anti-affinity in one domain.
  private(set) var clashes = 0

  private let slotOf: UnsafeMutablePointer<Int32>
  private let overloadedAt: UnsafeMutablePointer<Int32>
  private let setOf: UnsafeMutablePointer<Int32>
  private let words: UnsafeMutablePointer<UInt64>
  private let wordsPerSet: Int
  private let remainsAt: UnsafeMutablePointer<Int32>
  private let groupStart: UnsafeMutablePointer<Int32>
  private let groups: UnsafeMutablePointer<Int32>
  private let memberStart: UnsafeMutablePointer<Int32>
  private let members: UnsafeMutablePointer<Int32>
  private let mapOfGroup: UnsafeMutablePointer<Int32>
  // The residents of a host lie in a region of one pool; a full region moves to the end at twice its size.
  private var pool: UnsafeMutablePointer<Int32>
  private var poolCapacity: Int
  private var poolUsed: Int
  private let regionStart: UnsafeMutablePointer<Int>
  private let regionCapacity: UnsafeMutablePointer<Int32>

  init(_ packing: FlatPacking) {
    self.packing = packing
    blockCount = packing.blockCount
    hostCount = packing.hostCount
    demand = Self.copy(packing.demand)
    limit = Self.copy(packing.limit)
    scale = packing.scale
    load = Self.fresh(hostCount, .zero)
    excess = Self.fresh(hostCount, 0)
    hostOf = Self.fresh(blockCount, -1)
    slotOf = Self.fresh(blockCount, -1)
    count = Self.fresh(hostCount, 0)
    overloaded = Self.fresh(hostCount, 0)
    overloadedAt = Self.fresh(hostCount, -1)
    setOf = Self.copy(packing.setOfBlock)
    words = Self.copy(packing.words)
    wordsPerSet = packing.wordsPerSet
    remainsAt = Self.copy(packing.remainsAt)
    groupStart = Self.copy(packing.groupStart)
    groups = Self.copy(packing.groups)
    memberStart = Self.copy(packing.memberStart)
    members = Self.copy(packing.members)
    mapOfGroup = Self.copy(packing.mapOfGroup)
    let each = 2 * (blockCount / max(1, hostCount)) + 8
    poolUsed = each * hostCount
    poolCapacity = poolUsed + 64
    pool = Self.fresh(poolCapacity, 0)
    regionStart = Self.fresh(hostCount, 0)
    regionCapacity = Self.fresh(hostCount, Int32(each))
    for host in 0..<hostCount { regionStart[host] = host * each }
  }

  deinit {
    for rows in [demand, limit, load] { rows.deallocate() }
    for rows in [hostOf, slotOf, count, overloaded, overloadedAt, setOf, remainsAt] { rows.deallocate() }
    for rows in [groupStart, groups, memberStart, members, mapOfGroup, pool, regionCapacity] {
      rows.deallocate()
    }
    excess.deallocate()
    words.deallocate()
    regionStart.deallocate()
  }

  private static func copy<Element>(_ array: [Element]) -> UnsafeMutablePointer<Element> {
    let rows = UnsafeMutablePointer<Element>.allocate(capacity: max(1, array.count))
    array.withUnsafeBufferPointer { elements in
      if let first = elements.baseAddress { rows.initialize(from: first, count: elements.count) }
    }
    return rows
  }

  private static func fresh<Element>(_ count: Int, _ value: Element) -> UnsafeMutablePointer<Element> {
    let rows = UnsafeMutablePointer<Element>.allocate(capacity: max(1, count))
    rows.initialize(repeating: value, count: max(1, count))
    return rows
  }

  // MARK: Questions

  /// Whether all limits and anti-affinities are kept.
  var isLegal: Bool { overloadedCount == 0 && clashes == 0 }

  /// The sum of ``excess``; computed anew, so that rounding never adds up.
  var totalExcess: Float {
    (0..<overloadedCount).reduce(0) { $0 + excess[Int(overloaded[$1])] }
  }

  /// The hosts of the blocks by index in the fleet.
  var hosts: [Int] { (0..<blockCount).map { Int(packing.hosts[Int(hostOf[$0])]) } }

  @inline(__always)
  func resident(_ host: Int, _ slot: Int) -> Int { Int(pool[regionStart[host] + slot]) }

  /// How far a load exceeds the limit of a host: the sum of squares over resources, relative to the
  /// mean host.
  @inline(__always)
  func excess(_ load: SIMD4<Int32>, _ host: Int) -> Float {
    var over = load &- limit[host]
    over.replace(with: 0, where: over .< 0)
    let relative = SIMD4<Float>(over) * scale
    return (relative * relative).sum()
  }

  /// Whether a block may be on a host, load and groups apart.
  @inline(__always)
  func allows(_ block: Int, _ host: Int) -> Bool {
    words[Int(setOf[block]) * wordsPerSet + (host >> 6)] & (1 << UInt64(host & 63)) != 0
      || remainsAt[block] == Int32(truncatingIfNeeded: host)
  }

  @inline(__always)
  func isGrouped(_ block: Int) -> Bool { groupStart[block + 1] > groupStart[block] }

  /// How many other members of the block's anti-affinities are in the domain of a host, two given
  /// blocks apart.
  @inline(never)
  func neighbours(_ block: Int, _ host: Int, except other: Int = -1, _ third: Int = -1) -> Int {
    var found = 0
    for place in Int(groupStart[block])..<Int(groupStart[block + 1]) {
      let group = Int(groups[place])
      let map = mapOfGroup[group] < 0 ? nil : packing.domains[Int(mapOfGroup[group])]
      for index in Int(memberStart[group])..<Int(memberStart[group + 1]) {
        let member = Int(members[index])
        let at = Int(hostOf[member])
        guard at >= 0, member != block, member != other, member != third else { continue }
        if let map { found += map[at] == map[host] ? 1 : 0 } else { found += at == host ? 1 : 0 }
      }
    }
    return found
  }

  /// Whether two blocks belong apart.
  func areApart(_ block: Int, _ other: Int) -> Bool {
    for place in Int(groupStart[block])..<Int(groupStart[block + 1]) {
      for otherPlace in Int(groupStart[other])..<Int(groupStart[other + 1])
      where groups[place] == groups[otherPlace] {
        return true
      }
    }
    return false
  }

  /// Whether an exchange of two for one makes no clash.
  @inline(__always)
  func keepsApart(_ first: Int, _ second: Int, _ alone: Int, _ double: Int, _ single: Int) -> Bool {
    if isGrouped(first) {
      if neighbours(first, single, except: alone, second) > 0 { return false }
      if isGrouped(second), areApart(first, second) { return false }
    }
    if isGrouped(second), neighbours(second, single, except: alone, first) > 0 { return false }
    return !isGrouped(alone) || neighbours(alone, double, except: first, second) == 0
  }

  // MARK: Changes

  func place(_ block: Int, _ host: Int) {
    if isGrouped(block) { clashes += neighbours(block, host) }
    if count[host] == regionCapacity[host] { grow(host) }
    hostOf[block] = Int32(host)
    slotOf[block] = count[host]
    pool[regionStart[host] + Int(count[host])] = Int32(block)
    count[host] += 1
    setLoad(load[host] &+ demand[block], host)
  }

  func take(_ block: Int) {
    let host = Int(hostOf[block])
    if isGrouped(block) { clashes -= neighbours(block, host) }
    let slot = slotOf[block]
    count[host] -= 1
    let last = pool[regionStart[host] + Int(count[host])]
    pool[regionStart[host] + Int(slot)] = last
    slotOf[Int(last)] = slot
    hostOf[block] = -1
    setLoad(load[host] &- demand[block], host)
  }

  /// Two blocks of two hosts change places.
  func swap(_ block: Int, _ other: Int) {
    let (host, otherHost) = (Int(hostOf[block]), Int(hostOf[other]))
    if isGrouped(block) || isGrouped(other) {
      take(block)
      take(other)
      place(block, otherHost)
      place(other, host)
      return
    }
    let (slot, otherSlot) = (slotOf[block], slotOf[other])
    pool[regionStart[host] + Int(slot)] = Int32(other)
    pool[regionStart[otherHost] + Int(otherSlot)] = Int32(block)
    slotOf[block] = otherSlot
    slotOf[other] = slot
    hostOf[block] = Int32(otherHost)
    hostOf[other] = Int32(host)
    let difference = demand[block] &- demand[other]
    setLoad(load[host] &- difference, host)
    setLoad(load[otherHost] &+ difference, otherHost)
  }

  @inline(__always)
  private func setLoad(_ new: SIMD4<Int32>, _ host: Int) {
    load[host] = new
    let was = excess[host]
    let now = excess(new, host)
    excess[host] = now
    if now > 0, was == 0 {
      overloadedAt[host] = Int32(overloadedCount)
      overloaded[overloadedCount] = Int32(host)
      overloadedCount += 1
    } else if now == 0, was > 0 {
      overloadedCount -= 1
      let last = overloaded[overloadedCount]
      let at = overloadedAt[host]
      overloaded[Int(at)] = last
      overloadedAt[Int(last)] = at
      overloadedAt[host] = -1
    }
  }

  @inline(never)
  private func grow(_ host: Int) {
    let old = Int(regionCapacity[host])
    let new = old * 2
    if poolUsed + new > poolCapacity {
      let capacity = 2 * (poolUsed + new)
      let larger = Self.fresh(capacity, Int32(0))
      larger.update(from: pool, count: poolUsed)
      pool.deallocate()
      pool = larger
      poolCapacity = capacity
    }
    (pool + poolUsed).update(from: pool + regionStart[host], count: old)
    regionStart[host] = poolUsed
    regionCapacity[host] = Int32(new)
    poolUsed += new
  }
}
