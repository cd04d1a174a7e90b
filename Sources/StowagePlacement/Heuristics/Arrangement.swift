import StowageModel

/// Who is where while a search is under way, limits and rules possibly broken.
struct Arrangement: Sendable {
  /// Stands in ``hostOf`` for a block that is nowhere yet.
  static let nowhere = Int32(-1)

  let space: SearchSpace
  /// The host of each block.
  private(set) var hostOf: [Int32]
  /// The load of each host.
  private(set) var load: [LoadVector]
  /// The load of each host by the hour; empty when nothing depends on the hour.
  private var hourLoad: [Int64]
  /// How far each host exceeds its limit; see ``SearchSpace/excess(_:on:)``.
  private(set) var excess: [Double]
  /// The blocks on each host, in no particular order.
  private(set) var residents: [[Int32]]
  private var position: [Int32]
  /// Hosts that exceed their limits.
  private(set) var overloaded: DenseSet
  /// Pairs of blocks of one anti-affinity in one domain, and breaches of the rules in ``ledger``.
  private(set) var clashes = 0
  /// The hard rules that no single host decides.
  private var ledger: RuleLedger
  /// What it costs that blocks are not at home.
  private(set) var price = 0.0

  init(_ space: SearchSpace) {
    self.space = space
    hostOf = Array(repeating: Self.nowhere, count: space.blockCount)
    position = hostOf
    load = Array(repeating: .zero, count: space.hostCount)
    hourLoad = Array(repeating: 0, count: space.hostCount * (space.hours?.width ?? 0))
    excess = Array(repeating: 0, count: space.hostCount)
    residents = Array(repeating: [], count: space.hostCount)
    overloaded = DenseSet(universe: space.hostCount)
    ledger = space.ledger
  }

  /// Whether all limits and rules are kept.
  var isLegal: Bool { overloaded.isEmpty && clashes == 0 }

  /// The sum of ``excess``; computed anew, so that rounding never adds up.
  var totalExcess: Double { overloaded.members.reduce(0) { $0 + excess[Int($1)] } }

  // MARK: Changes

  mutating func place(_ block: Int, on host: Int) {
    clashes += space.isGrouped[block] ? space.neighbours(of: block, on: host, hostOf: hostOf) : 0
    clashes += record(block, from: RuleLedger.nowhere, to: host)
    price += space.price(of: block, on: host)
    hostOf[block] = Int32(host)
    position[block] = Int32(residents[host].count)
    residents[host].append(Int32(block))
    space.hours?.add(block, to: &hourLoad, on: host, 1)
    setLoad(load[host] + space.demand[block], of: host)
  }

  mutating func take(_ block: Int) {
    let host = Int(hostOf[block])
    let at = Int(position[block])
    let last = residents[host].count - 1
    let mover = residents[host][last]
    residents[host][at] = mover
    position[Int(mover)] = Int32(at)
    residents[host].removeLast()
    hostOf[block] = Self.nowhere
    clashes -= space.isGrouped[block] ? space.neighbours(of: block, on: host, hostOf: hostOf) : 0
    clashes += record(block, from: host, to: RuleLedger.nowhere)
    price -= space.price(of: block, on: host)
    space.hours?.add(block, to: &hourLoad, on: host, -1)
    setLoad(load[host] - space.demand[block], of: host)
  }

  mutating func shift(_ block: Int, to host: Int) {
    take(block)
    place(block, on: host)
  }

  mutating func swap(_ block: Int, _ other: Int) {
    let (host, otherHost) = (Int(hostOf[block]), Int(hostOf[other]))
    take(block)
    take(other)
    place(block, on: otherHost)
    place(other, on: host)
  }

  /// Enters a coming or going block in the ledger.
  ///
  /// - Returns: the breaches that this adds.
  private mutating func record(_ block: Int, from: Int, to: Int) -> Int {
    guard !ledger.isIdle else { return 0 }
    let before = ledger.cost
    for vm in space.problem.blocks[block] {
      if from != RuleLedger.nowhere { ledger.leave(vm, from) }
      if to != RuleLedger.nowhere { ledger.enter(vm, to) }
    }
    return Int(ledger.cost.rounded()) - Int(before.rounded())
  }

  private mutating func setLoad(_ new: LoadVector, of host: Int) {
    load[host] = new
    excess[host] = space.excess(new, on: host) + hourExcess(host)
    if excess[host] > 0 { overloaded.insert(host) } else { overloaded.remove(host) }
  }

  // MARK: Questions

  /// How far a host exceeds its limits in its worst hour when a block comes and another goes.
  @inline(__always)
  private func hourExcess(_ host: Int, coming: Int? = nil, going: Int? = nil) -> Double {
    guard let hours = space.hours else { return 0 }
    return hours.excess(hourLoad, on: host, coming: coming, going: going)
  }

  /// The load of a host when a block comes and another goes, at its peak where it is counted by the hour.
  func peakLoad(of host: Int, coming: Int? = nil, going: Int? = nil) -> LoadVector {
    var after = load[host]
    if let coming { after = after + space.demand[coming] }
    if let going { after = after - space.demand[going] }
    return space.hours?.peaks(hourLoad, of: host, after, coming: coming, going: going) ?? after
  }

  /// The load of every host, at its peak where it is counted by the hour.
  var peakLoads: [LoadVector] {
    space.hours == nil ? load : load.indices.map { peakLoad(of: $0) }
  }

  /// Whether a host has room for a block in every hour, after another has gone.
  func hoursPermit(_ block: Int, on host: Int, after going: Int? = nil) -> Bool {
    hourExcess(host, coming: block, going: going) <= 0
  }

  /// Whether a host can take a block without breaking anything.
  func hasRoom(for block: Int, on host: Int) -> Bool {
    space.allows(block, on: host) && (load[host] + space.demand[block]).fits(space.limit[host])
      && hoursPermit(block, on: host)
      && (!space.isGrouped[block] || space.neighbours(of: block, on: host, hostOf: hostOf) == 0)
      && rulesPermit(block, on: host)
  }

  /// Whether a block can come to a host without a new breach of the rules in the ledger.
  func rulesPermit(_ block: Int, on host: Int) -> Bool {
    if ledger.isIdle { return true }
    let from = Int(hostOf[block])
    if from == host { return true }
    if from >= 0 { return ledger.change(shifts(block, to: host)) <= 0 }
    var trial = ledger
    for vm in space.problem.blocks[block] {
      guard trial.permits(vm, on: host) else { return false }
      if space.problem.blocks[block].count > 1 { trial.enter(vm, host) }
    }
    return true
  }

  /// The rules in the ledger that keep a block that is nowhere off a host.
  func rulesAgainst(_ block: Int, on host: Int) -> [Rule.ID] {
    Set(space.problem.blocks[block].flatMap { ledger.obstacles(to: $0, on: host) }).sorted()
  }

  private func shifts(_ block: Int, to host: Int) -> [RuleLedger.Shift] {
    let from = Int(hostOf[block])
    return space.problem.blocks[block].map { RuleLedger.Shift(vm: $0, from: from, to: host) }
  }

  /// The change in excess when a block goes to another host.
  @inline(__always)
  func excessChange(shifting block: Int, to host: Int) -> Double {
    let from = Int(hostOf[block])
    let demand = space.demand[block]
    return space.excess(load[from] - demand, on: from) + hourExcess(from, going: block) - excess[from]
      + space.excess(load[host] + demand, on: host) + hourExcess(host, coming: block) - excess[host]
  }

  /// The change in excess when two blocks change places.
  @inline(__always)
  func excessChange(swapping block: Int, _ other: Int) -> Double {
    let (from, to) = (Int(hostOf[block]), Int(hostOf[other]))
    let difference = space.demand[block] - space.demand[other]
    return space.excess(load[from] - difference, on: from)
      + hourExcess(from, coming: other, going: block) - excess[from]
      + space.excess(load[to] + difference, on: to)
      + hourExcess(to, coming: block, going: other) - excess[to]
  }

  /// The change in clashes when a block goes to another host.
  @inline(__always)
  func clashChange(shifting block: Int, to host: Int) -> Int {
    let breaches = ledger.isIdle ? 0 : Int(ledger.change(shifts(block, to: host)).rounded())
    guard space.isGrouped[block] else { return breaches }
    return breaches + space.neighbours(of: block, on: host, hostOf: hostOf)
      - space.neighbours(of: block, on: Int(hostOf[block]), hostOf: hostOf)
  }

  /// The change in clashes when two blocks change places. Two members of one group that change
  /// places leave its clashes as they are.
  @inline(__always)
  func clashChange(swapping block: Int, _ other: Int) -> Int {
    let (from, to) = (Int(hostOf[block]), Int(hostOf[other]))
    let breaches =
      ledger.isIdle
      ? 0 : Int(ledger.change(shifts(block, to: to) + shifts(other, to: from)).rounded())
    guard space.isGrouped[block] || space.isGrouped[other] else { return breaches }
    return breaches + space.neighbours(of: block, on: to, except: other, hostOf: hostOf)
      - space.neighbours(of: block, on: from, except: other, hostOf: hostOf)
      + space.neighbours(of: other, on: from, except: block, hostOf: hostOf)
      - space.neighbours(of: other, on: to, except: block, hostOf: hostOf)
  }

  /// The change in price when a block goes to another host.
  @inline(__always)
  func priceChange(shifting block: Int, to host: Int) -> Double {
    space.price(of: block, on: host) - space.price(of: block, on: Int(hostOf[block]))
  }

  /// The change in price when two blocks change places.
  @inline(__always)
  func priceChange(swapping block: Int, _ other: Int) -> Double {
    priceChange(shifting: block, to: Int(hostOf[other]))
      + priceChange(shifting: other, to: Int(hostOf[block]))
  }

  /// Blocks that are too near to another of the same anti-affinity or part of another breach, ascending.
  var clashing: [Int] {
    space.isGrouped.indices.filter { block in
      guard hostOf[block] >= 0 else { return false }
      let host = Int(hostOf[block])
      if space.isGrouped[block], space.neighbours(of: block, on: host, hostOf: hostOf) > 0 { return true }
      return !ledger.isKept && space.problem.blocks[block].contains { ledger.isCulprit($0, on: host) }
    }
  }

  /// The host of each block, for reading back.
  var hosts: [Int] { hostOf.map(Int.init) }
}
