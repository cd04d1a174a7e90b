/// An assignment while it is searched: who is where, what every machine holds, and what all costs.
///
/// Changes are tried with a limit on how much they may cost: capacity is looked at first, then the
/// cost, and the services last, because that is the order of how soon each says no for its price.
/// Nothing is allocated while changes are tried, save when a machine holds more than it ever did.
struct ReassignmentState: ~Copyable {
  let tables: ReassignmentTables
  private(set) var services: ServiceState
  private let blocks: Int
  private let row: UnsafeMutablePointer<Four>
  private let mask: UnsafeMutablePointer<Four>
  private let weight: UnsafeMutablePointer<SIMD2<UInt64>>
  private let weightStride: Int
  private let home: UnsafeMutablePointer<Int32>
  private let service: UnsafeMutablePointer<Int32>
  private let serviceWeight: Int64

  /// The machine of each process.
  let at: UnsafeMutablePointer<Int32>
  /// Two rows for each machine: use less the limit that is free of charge; capacity less use and less
  /// what processes that left still hold.
  private let level: UnsafeMutablePointer<Four>
  private let machineCost: UnsafeMutablePointer<Int64>
  /// What is asked for room that is not there; nothing where capacity is never exceeded.
  private var prices: CapacityPrices
  /// Whether machines may hold more than their capacity, and services miss others, for a while and at a price.
  let isSoft: Bool

  private let members: UnsafeMutablePointer<UnsafeMutablePointer<Int32>>
  private let memberCount: UnsafeMutablePointer<Int32>
  private let memberRoom: UnsafeMutablePointer<Int32>
  private let slot: UnsafeMutablePointer<Int32>

  private let away: UnsafeMutablePointer<Int32>
  private let awaySlot: UnsafeMutablePointer<Int32>
  /// Processes that are not at home.
  private(set) var awayCount = 0
  /// What they count for towards the limit on moves.
  private var moves = 0

  /// The cost of the assignment, with the price of room that is not there and of dependencies that are broken.
  private(set) var cost: Int64 = 0

  private let bestAt: UnsafeMutablePointer<Int32>
  private let changed: UnsafeMutablePointer<Int32>
  private let isChanged: UnsafeMutablePointer<Bool>
  private var changedCount = 0
  /// The least cost that was kept.
  private(set) var bestCost: Int64 = 0

  /// Everything at home. Given the mean size of a change, capacity and dependencies have prices (see
  /// ``CapacityPrices`` and ``DependencyPrices``) in place of limits.
  init(_ tables: ReassignmentTables, pricesFor meanChange: Double? = nil) {
    self.tables = tables
    isSoft = meanChange != nil
    prices = CapacityPrices(tables)
    services = ServiceState(tables.problem, firstPrice: meanChange)
    blocks = tables.blocks
    row = tables.row
    mask = tables.mask
    weight = tables.weight
    weightStride = tables.weightStride
    home = tables.home
    service = tables.service
    let problem = tables.problem
    serviceWeight = problem.moveWeights.service
    let (processCount, machineCount) = (tables.processCount, tables.machineCount)
    at = .allocate(capacity: processCount)
    slot = .allocate(capacity: processCount)
    away = .allocate(capacity: processCount)
    awaySlot = .allocate(capacity: processCount)
    bestAt = .allocate(capacity: processCount)
    changed = .allocate(capacity: processCount)
    isChanged = .allocate(capacity: processCount)
    isChanged.initialize(repeating: false, count: processCount)
    level = .allocate(capacity: machineCount * 2 * blocks)
    machineCost = .allocate(capacity: machineCount)
    members = .allocate(capacity: machineCount)
    memberCount = .allocate(capacity: machineCount)
    memberRoom = .allocate(capacity: machineCount)

    for (index, machine) in problem.machines.enumerated() {
      var limits = machine.safetyCapacity.map { Int32($0) }
      for balance in problem.balances {
        limits.append(
          Int32(machine.capacity[balance.other] - balance.target * machine.capacity[balance.resource]))
      }
      ReassignmentTables.store(limits.map { -$0 }, at: level + index * 2 * blocks, blocks: blocks)
      ReassignmentTables.store(
        machine.capacity.map { Int32($0) }, at: level + (index * 2 + 1) * blocks, blocks: blocks)
      memberCount[index] = 0
      memberRoom[index] = 64
      members[index] = .allocate(capacity: 64)
    }
    for process in 0..<processCount {
      let machine = Int(tables.home[process])
      at[process] = Int32(machine)
      bestAt[process] = Int32(machine)
      awaySlot[process] = -1
      enlist(process, on: machine)
      services.add(Int(service[process]), to: machine)
      let (soft, hard) = (level + machine * 2 * blocks, level + (machine * 2 + 1) * blocks)
      for block in 0..<blocks {
        let need = row[process * blocks + block]
        soft[block] = soft[block] &+ need
        hard[block] = hard[block] &- (need & mask[block])
      }
    }
    for machine in 0..<machineCount {
      machineCost[machine] = costOf(machine)
      cost += machineCost[machine]
    }
    bestCost = cost
  }

  deinit {
    for machine in 0..<tables.machineCount { members[machine].deallocate() }
    members.deallocate()
    memberCount.deallocate()
    memberRoom.deallocate()
    at.deallocate()
    slot.deallocate()
    away.deallocate()
    awaySlot.deallocate()
    bestAt.deallocate()
    changed.deallocate()
    isChanged.deallocate()
    level.deallocate()
    machineCost.deallocate()
  }

  // MARK: Questions

  @inline(__always)
  func machine(of process: Int) -> Int { Int(at[process]) }

  @inline(__always)
  func homeMachine(of process: Int) -> Int { Int(home[process]) }

  /// What the load and balance of a machine cost, with the price of room that it lacks.
  @inline(__always)
  func cost(of machine: Int) -> Int64 { machineCost[machine] }

  /// What load and balance cost, with the price of room that is lacking.
  var loadCost: Int64 { (0..<tables.machineCount).reduce(0) { $0 + machineCost[$1] } }

  /// What moves cost, with the price of dependencies that are broken.
  var movesCost: Int64 { cost - loadCost }

  @inline(__always)
  func count(on machine: Int) -> Int { Int(memberCount[machine]) }

  @inline(__always)
  func member(_ index: Int, of machine: Int) -> Int { Int(members[machine][index]) }

  @inline(__always)
  func awayProcess(_ index: Int) -> Int { Int(away[index]) }

  /// The best assignment that was kept.
  var best: [Int] { (0..<tables.processCount).map { Int(bestAt[$0]) } }

  // MARK: Prices

  /// Adds what the entries above zero cost.
  @inline(__always)
  private func charge(
    _ excess: Four, _ weight: UnsafeMutablePointer<SIMD2<UInt64>>, _ block: Int, _ sum: inout SIMD2<UInt64>
  ) {
    let over = unsafeBitCast(excess.replacing(with: 0, where: excess .< 0), to: SIMD2<UInt64>.self)
    let low = SIMD2<UInt64>(repeating: 0xFFFF_FFFF)
    sum = sum &+ (over & low) &* (weight[2 * block] & low)
    sum = sum &+ (over &>> 32) &* (weight[2 * block + 1] & low)
  }

  private func costOf(_ machine: Int) -> Int64 {
    let (soft, hard) = (level + machine * 2 * blocks, level + (machine * 2 + 1) * blocks)
    var sum = SIMD2<UInt64>.zero
    let weight = weight + machine * weightStride
    for block in 0..<blocks {
      charge(soft[block], weight, block, &sum)
      if isSoft { charge(.zero &- hard[block], prices.row(of: machine), block, &sum) }
    }
    return Int64(bitPattern: sum[0] &+ sum[1])
  }

  @inline(__always)
  private func cost(of machine: Int, adding process: Int) -> Int64 {
    let (soft, need) = (level + machine * 2 * blocks, row + process * blocks)
    var sum = SIMD2<UInt64>.zero
    let weight = weight + machine * weightStride
    for block in 0..<blocks { charge(soft[block] &+ need[block], weight, block, &sum) }
    if isSoft {
      let (hard, claim, price) = (soft + blocks, claim(process, on: machine), prices.row(of: machine))
      for block in 0..<blocks { charge((need[block] & claim[block]) &- hard[block], price, block, &sum) }
    }
    return Int64(bitPattern: sum[0] &+ sum[1])
  }

  @inline(__always)
  private func cost(of machine: Int, removing process: Int) -> Int64 {
    let (soft, need) = (level + machine * 2 * blocks, row + process * blocks)
    var sum = SIMD2<UInt64>.zero
    let weight = weight + machine * weightStride
    for block in 0..<blocks { charge(soft[block] &- need[block], weight, block, &sum) }
    if isSoft {
      let (hard, release, price) = (soft + blocks, claim(process, on: machine), prices.row(of: machine))
      for block in 0..<blocks {
        charge(.zero &- hard[block] &- (need[block] & release[block]), price, block, &sum)
      }
    }
    return Int64(bitPattern: sum[0] &+ sum[1])
  }

  @inline(__always)
  private func cost(of machine: Int, adding process: Int, removing other: Int) -> Int64 {
    let soft = level + machine * 2 * blocks
    let (need, gone) = (row + process * blocks, row + other * blocks)
    var sum = SIMD2<UInt64>.zero
    let weight = weight + machine * weightStride
    for block in 0..<blocks { charge(soft[block] &+ need[block] &- gone[block], weight, block, &sum) }
    if isSoft {
      let (hard, price) = (soft + blocks, prices.row(of: machine))
      let (claim, release) = (claim(process, on: machine), claim(other, on: machine))
      for block in 0..<blocks {
        let lack = (need[block] & claim[block]) &- (gone[block] & release[block]) &- hard[block]
        charge(lack, price, block, &sum)
      }
    }
    return Int64(bitPattern: sum[0] &+ sum[1])
  }

  /// Raises the prices of what is lacking, lowers the others by a part, and counts the cost anew.
  mutating func reprice(fall: Double) {
    for machine in 0..<tables.machineCount {
      prices.adapt(machine, spare: level + (machine * 2 + 1) * blocks, fall: Float(fall))
    }
    let owed = services.owed
    services.reprice(fall: fall)
    recount(owedBefore: owed)
  }

  /// Keeps the prices of now, for ``returnToBest()``.
  mutating func keepPrices() {
    prices.keep()
    services.keepPrices()
  }

  /// Takes the prices back that were kept, and goes back to the best assignment.
  ///
  /// Processes go back one by one, which a service's spread may forbid in any order; then some of it stay where they are.
  mutating func returnToBest() {
    let owed = services.owed
    prices.restore()
    services.restorePrices()
    recount(owedBefore: owed)
    var isMoving = true
    while isMoving {
      isMoving = false
      for process in 0..<tables.processCount {
        if shift(process, to: Int(bestAt[process]), limit: Int64.max / 4) { isMoving = true }
      }
    }
  }

  /// Counts the cost at the prices of now.
  private mutating func recount(owedBefore: Int64) {
    for machine in 0..<tables.machineCount {
      let repriced = costOf(machine)
      cost += repriced - machineCost[machine]
      machineCost[machine] = repriced
    }
    cost += services.owed - owedBefore
  }

  @inline(__always)
  private func moveCost(_ process: Int, on machine: Int) -> Int64 {
    let origin = Int(home[process])
    guard origin != machine else { return 0 }
    return tables.leaveCost[process]
      + Int64(tables.travel[origin * tables.machineCount + machine]) * tables.machineWeight
  }

  // MARK: Room

  /// The entries that a process needs room for: at home it holds its transient resources anyhow.
  @inline(__always)
  private func claim(_ process: Int, on machine: Int) -> UnsafeMutablePointer<Four> {
    Int(home[process]) == machine ? mask + blocks : mask
  }

  @inline(__always)
  private func fits(_ process: Int, on machine: Int) -> Bool {
    let (hard, need) = (level + (machine * 2 + 1) * blocks, row + process * blocks)
    let claim = claim(process, on: machine)
    var any = Four.zero
    for block in 0..<blocks { any = any | (hard[block] &- (need[block] & claim[block])) }
    return !any.hasNegative
  }

  @inline(__always)
  private func fits(_ process: Int, on machine: Int, without other: Int) -> Bool {
    let hard = level + (machine * 2 + 1) * blocks
    let (need, gone) = (row + process * blocks, row + other * blocks)
    let (claim, release) = (claim(process, on: machine), claim(other, on: machine))
    var any = Four.zero
    for block in 0..<blocks {
      any =
        any | (hard[block] &+ (gone[block] & release[block]) &- (need[block] & claim[block]))
    }
    return !any.hasNegative
  }

  // MARK: Changes

  /// Moves a process if that is legal and costs at most `limit` more; says whether it did.
  @inline(__always)
  mutating func shift(_ process: Int, to target: Int, limit: Int64) -> Bool {
    let source = Int(at[process])
    guard source != target, isSoft || fits(process, on: target) else { return false }
    let most = limit + services.owed
    let targetCost = cost(of: target, adding: process)
    var change =
      targetCost - machineCost[target] + moveCost(process, on: target) - moveCost(process, on: source)
    guard change - machineCost[source] <= most else { return false }
    let sourceCost = cost(of: source, removing: process)
    change += sourceCost - machineCost[source]
    guard change <= most else { return false }
    return finishShift(process, source, target, sourceCost, targetCost, change, limit)
  }

  @inline(never)
  private mutating func finishShift(
    _ process: Int, _ source: Int, _ target: Int, _ sourceCost: Int64, _ targetCost: Int64, _ change: Int64,
    _ limit: Int64
  ) -> Bool {
    let group = Int(service[process])
    guard services.allows(group, from: source, to: target), tables.permits(process, on: target),
      moves + movesAdded(process, source, target) <= tables.mostMoves
    else { return false }
    let (mostBefore, owedBefore) = (services.mostMoved, services.owed)
    let leaving = awayChange(process, source, target)
    services.countMoved(group, by: leaving)
    services.remove(group, from: source)
    services.add(group, to: target)
    let total =
      change + serviceWeight * Int64(services.mostMoved - mostBefore) + services.owed - owedBefore
    guard total <= limit else {
      services.countMoved(group, by: -leaving)
      services.remove(group, from: target)
      services.add(group, to: source)
      return false
    }
    machineCost[source] = sourceCost
    machineCost[target] = targetCost
    cost += total
    relocate(process, source, target)
    return true
  }

  /// Exchanges two processes if that is legal and costs at most `limit` more.
  @inline(__always)
  mutating func swap(_ process: Int, _ other: Int, limit: Int64) -> Bool {
    let (source, target) = (Int(at[process]), Int(at[other]))
    guard source != target else { return false }
    guard
      isSoft
        || fits(process, on: target, without: other) && fits(other, on: source, without: process)
    else { return false }
    let most = limit + services.owed
    let targetCost = cost(of: target, adding: process, removing: other)
    let sourceCost = cost(of: source, adding: other, removing: process)
    let change =
      targetCost - machineCost[target] + sourceCost - machineCost[source]
      + moveCost(process, on: target) - moveCost(process, on: source)
      + moveCost(other, on: source) - moveCost(other, on: target)
    guard change <= most else { return false }
    guard settle(process, source, target, other, target, source, change, limit) else { return false }
    machineCost[source] = sourceCost
    machineCost[target] = targetCost
    relocate(process, source, target)
    relocate(other, target, source)
    return true
  }

  /// Moves a process to the machine of another, and that one to a third machine, if that is legal and
  /// costs at most `limit` more.
  @inline(__always)
  mutating func chain(_ process: Int, _ other: Int, to third: Int, limit: Int64) -> Bool {
    let (source, target) = (Int(at[process]), Int(at[other]))
    guard source != target, third != target else { return false }
    if third == source { return swap(process, other, limit: limit) }
    guard isSoft || fits(other, on: third) && fits(process, on: target, without: other) else { return false }
    let most = limit + services.owed
    let thirdCost = cost(of: third, adding: other)
    let targetCost = cost(of: target, adding: process, removing: other)
    var change =
      targetCost - machineCost[target] + thirdCost - machineCost[third]
      + moveCost(process, on: target) - moveCost(process, on: source)
      + moveCost(other, on: third) - moveCost(other, on: target)
    guard change - machineCost[source] <= most else { return false }
    let sourceCost = cost(of: source, removing: process)
    change += sourceCost - machineCost[source]
    guard change <= most else { return false }
    guard settle(process, source, target, other, target, third, change, limit) else { return false }
    machineCost[source] = sourceCost
    machineCost[target] = targetCost
    machineCost[third] = thirdCost
    relocate(process, source, target)
    relocate(other, target, third)
    return true
  }

  /// Takes over two moves in the services, or leaves them as they were.
  @inline(never)
  private mutating func settle(
    _ first: Int, _ firstFrom: Int, _ firstTo: Int, _ second: Int, _ secondFrom: Int, _ secondTo: Int,
    _ change: Int64, _ limit: Int64
  ) -> Bool {
    let (one, two) = (Int(service[first]), Int(service[second]))
    if one != two, services.isOccupied(one, firstTo) || services.isOccupied(two, secondTo) { return false }
    let added = movesAdded(first, firstFrom, firstTo) + movesAdded(second, secondFrom, secondTo)
    guard tables.permits(first, on: firstTo), tables.permits(second, on: secondTo),
      moves + added <= tables.mostMoves
    else { return false }
    let owedBefore = services.owed
    services.remove(one, from: firstFrom)
    services.remove(two, from: secondFrom)
    let isFree = !services.isOccupied(one, firstTo) && !services.isOccupied(two, secondTo)
    if isFree {
      services.add(one, to: firstTo)
      services.add(two, to: secondTo)
      if services.isSettled(one, from: firstFrom, to: firstTo),
        services.isSettled(two, from: secondFrom, to: secondTo)
      {
        let mostBefore = services.mostMoved
        let (oneAway, twoAway) = (
          awayChange(first, firstFrom, firstTo), awayChange(second, secondFrom, secondTo)
        )
        services.countMoved(one, by: oneAway)
        services.countMoved(two, by: twoAway)
        let total =
          change + serviceWeight * Int64(services.mostMoved - mostBefore) + services.owed - owedBefore
        if total <= limit {
          cost += total
          return true
        }
        services.countMoved(one, by: -oneAway)
        services.countMoved(two, by: -twoAway)
      }
      services.remove(one, from: firstTo)
      services.remove(two, from: secondTo)
    }
    services.add(one, to: firstFrom)
    services.add(two, to: secondFrom)
    return false
  }

  @inline(__always)
  private func awayChange(_ process: Int, _ source: Int, _ target: Int) -> Int32 {
    let origin = Int(home[process])
    return (target == origin ? 0 : 1) - (source == origin ? 0 : 1)
  }

  /// What a change of machine adds to what counts towards the limit on moves.
  @inline(__always)
  private func movesAdded(_ process: Int, _ source: Int, _ target: Int) -> Int {
    Int(awayChange(process, source, target) * tables.moves[process])
  }

  private mutating func relocate(_ process: Int, _ source: Int, _ target: Int) {
    let need = row + process * blocks
    let (release, claim) = (claim(process, on: source), claim(process, on: target))
    let (from, to) = (level + source * 2 * blocks, level + target * 2 * blocks)
    for block in 0..<blocks {
      from[block] = from[block] &- need[block]
      from[blocks + block] = from[blocks + block] &+ (need[block] & release[block])
      to[block] = to[block] &+ need[block]
      to[blocks + block] = to[blocks + block] &- (need[block] & claim[block])
    }
    delist(process, from: source)
    enlist(process, on: target)
    at[process] = Int32(target)
    if isSoft {
      prices.look(at: source, spare: from + blocks)
      prices.look(at: target, spare: to + blocks)
    }
    let origin = Int(home[process])
    if source == origin { goAway(process) } else if target == origin { comeHome(process) }
    if !isChanged[process] {
      isChanged[process] = true
      changed[changedCount] = Int32(process)
      changedCount += 1
    }
  }

  private mutating func enlist(_ process: Int, on machine: Int) {
    let count = Int(memberCount[machine])
    if count == Int(memberRoom[machine]) {
      let larger = UnsafeMutablePointer<Int32>.allocate(capacity: 2 * count)
      larger.update(from: members[machine], count: count)
      members[machine].deallocate()
      members[machine] = larger
      memberRoom[machine] = Int32(2 * count)
    }
    members[machine][count] = Int32(process)
    slot[process] = Int32(count)
    memberCount[machine] = Int32(count + 1)
  }

  private mutating func delist(_ process: Int, from machine: Int) {
    let last = Int(memberCount[machine]) - 1
    let mover = members[machine][last]
    members[machine][Int(slot[process])] = mover
    slot[Int(mover)] = slot[process]
    memberCount[machine] = Int32(last)
  }

  private mutating func goAway(_ process: Int) {
    away[awayCount] = Int32(process)
    awaySlot[process] = Int32(awayCount)
    awayCount += 1
    moves += Int(tables.moves[process])
  }

  private mutating func comeHome(_ process: Int) {
    awayCount -= 1
    moves -= Int(tables.moves[process])
    let mover = away[awayCount]
    away[Int(awaySlot[process])] = mover
    awaySlot[Int(mover)] = awaySlot[process]
    awaySlot[process] = -1
  }

  /// Keeps the assignment if it is legal and the best so far. Costs as much as has changed since the last time.
  @inline(__always)
  mutating func keepIfBest() {
    if cost < bestCost, prices.lackingCount == 0, services.brokenCount == 0 { keep() }
  }

  private mutating func keep() {
    bestCost = cost
    for index in 0..<changedCount {
      let process = Int(changed[index])
      bestAt[process] = at[process]
      isChanged[process] = false
    }
    changedCount = 0
  }
}
