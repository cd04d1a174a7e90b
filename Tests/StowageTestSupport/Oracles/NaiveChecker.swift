public import StowageCosts
public import StowageFleet
public import StowageModel

/// Judges a sequence by looking at the whole fleet at every instant at which anything changes.
///
/// Deliberately slow and simple: who is charged where is collected anew for each instant, and
/// nothing of the scheduler's bookkeeping is used.
public struct NaiveChecker {
  /// The most slots that moves may take at once; `nil` for any number.
  public struct SlotLimits {
    fileprivate let out: Int?
    fileprivate let into: Int?
    fileprivate let host: Int?
    fileprivate let fleet: Int?

    /// Limits for moves that leave a host, that enter it, that do either, and for all.
    public init(out: Int? = nil, into: Int? = nil, host: Int? = nil, fleet: Int? = nil) {
      (self.out, self.into, self.host, self.fleet) = (out, into, host, fleet)
    }
  }

  let fleet: Fleet
  private let slotLimits: SlotLimits
  private let slotsOf: (Technique, StorageCopy) -> Int
  private let indexOfVM: [VM.ID: Int]
  private let indexOfHost: [Host.ID: Int]

  /// A checker of a fleet on a platform.
  public init(_ fleet: Fleet, engine: MigrationEngine) {
    let limits = engine.concurrency
    self.init(
      fleet,
      slotLimits: SlotLimits(
        out: limits.perHostOut, into: limits.perHostIn, host: limits.perHostTotal, fleet: limits.fleetTotal),
      slotsOf: { limits.slots($0, storage: $1) })
  }

  /// A checker of a fleet, with limits of its own.
  public init(
    _ fleet: Fleet, slotLimits: SlotLimits = SlotLimits(),
    slotsOf: @escaping (Technique, StorageCopy) -> Int = { _, _ in 1 }
  ) {
    self.fleet = fleet
    self.slotsOf = slotsOf
    self.slotLimits = slotLimits
    indexOfVM = Dictionary(uniqueKeysWithValues: fleet.vms.enumerated().map { ($1.id, $0) })
    indexOfHost = Dictionary(uniqueKeysWithValues: fleet.hosts.enumerated().map { ($1.id, $0) })
  }

  /// Everything that is wrong with a plan of the fleet; empty when it is legal.
  public func problems(_ plan: Plan) -> [String] {
    let placement = fleet.vms.map { vm in plan.placement[vm.id].flatMap { indexOfHost[$0] } ?? -1 }
    return problems(plan.moves, plan.schedule, to: placement)
  }

  /// Everything that is wrong with moves to a placement; empty when they are legal.
  public func problems(_ moves: [Move], _ schedule: Plan.Schedule, to placement: [Int]) -> [String] {
    var found = paths(moves, placement) + relations(moves, schedule)
    var instants = Set([0.0])
    for move in moves {
      instants.formUnion([
        move.startSeconds, move.endSeconds, move.sourceReleasedSeconds, move.targetReservedSeconds,
      ])
    }
    for instant in instants.sorted() {
      found += hosts(moves, instant) + apart(moves, instant)
      found += network(moves, instant) + slots(moves, instant)
      found += together(moves, instant) + placementRules(moves, instant)
      found += atOnce(moves, instant)
    }
    return found + orders(moves) + steps(moves) + waves(moves)
  }

  private func paths(_ moves: [Move], _ placement: [Int]) -> [String] {
    var found: [String] = []
    var at = fleet.start
    var until = [Double](repeating: 0, count: fleet.vms.count)
    for move in moves {
      guard let vm = indexOfVM[move.vm], let from = indexOfHost[move.from], let to = indexOfHost[move.to]
      else {
        return ["unknown name in \(move.id)"]
      }
      if at[vm] != from { found.append("\(move.id) starts elsewhere") }
      if move.startSeconds < until[vm] { found.append("\(move.id) overlaps another move of its VM") }
      if !fleet.mayMove(vm, to: to) { found.append("\(move.id) goes to a forbidden host") }
      if let allowed = fleet.vms[vm].allowedTechniques, !allowed.contains(move.technique) {
        found.append("\(move.id) is \(move.technique), which is not allowed")
      }
      at[vm] = to
      until[vm] = move.endSeconds
    }
    if at != placement { found.append("the end is not the placement") }
    return found
  }

  private func relations(_ moves: [Move], _ schedule: Plan.Schedule) -> [String] {
    var found: [String] = []
    let byID = Dictionary(moves.map { ($0.id, $0) }) { first, _ in first }
    for move in moves {
      if !(move.startSeconds <= move.sourceReleasedSeconds && move.targetReservedSeconds <= move.endSeconds) {
        found.append("\(move.id) has times out of order")
      }
      let before = move.after.compactMap { byID[$0] }
      if before.contains(where: { $0.sourceReleasedSeconds > move.startSeconds }) {
        found.append("\(move.id) starts before what it waits for")
      }
      let depth = 1 + (before.map(\.wave).max() ?? 0)
      if fleet.options.waves == nil ? move.wave != depth : move.wave < depth - 1 {
        found.append("\(move.id) is in wave \(move.wave)")
      }
    }
    if moves.map(\.id) != moves.map(\.id).sorted() { found.append("ids out of order") }
    if schedule.makespanSeconds != moves.map(\.endSeconds).max() ?? 0 {
      found.append("the makespan is not the last end")
    }
    if schedule.lowerBoundSeconds > schedule.makespanSeconds {
      found.append("the bound \(schedule.lowerBoundSeconds) s is above the makespan")
    }
    return found
  }

  /// The VMs charged to every host at an instant.
  private func charged(_ moves: [Move], _ instant: Double) -> [Set<Int>] {
    var charged = [Set<Int>](repeating: [], count: fleet.hosts.count)
    for vm in fleet.vms.indices {
      var hosts: Set<Int> = [fleet.start[vm]]
      for move in moves where move.vm == fleet.vms[vm].id {
        if instant >= move.sourceReleasedSeconds, let from = indexOfHost[move.from] { hosts.remove(from) }
        if instant >= move.targetReservedSeconds, let to = indexOfHost[move.to] { hosts.insert(to) }
      }
      for host in hosts { charged[host].insert(vm) }
    }
    return charged
  }

  /// What is wrong with the waits of moves: with all other earlier releases taken back, a start must
  /// be legal, and with any of those in `after` taken back as well it must not.
  public func wrongWaits(_ moves: [Move]) -> [String] {
    moves.flatMap { move -> [String] in
      let earlier = moves.filter {
        $0.vm != move.vm && $0.sourceReleasedSeconds <= move.startSeconds && $0.id < move.id
      }
      let kept = Set(move.after)
      let ruled = waitsByRule(move, moves)
      let needless = earlier.filter { kept.contains($0.id) && !ruled.contains($0.id) }.filter { wait in
        isLegal(move, moves, without: earlier.filter { !kept.contains($0.id) || $0.id == wait.id })
      }
      let isEnough =
        isLegal(move, moves, without: earlier.filter { !kept.contains($0.id) }) && ruled.isSubset(of: kept)
      return needless.map { "\(move.id) does not need \($0.id)" }
        + (isEnough ? [] : ["\(move.id) needs more than \(move.after)"])
    }
  }

  /// What a move must come after by the rules of order, and in a series the move before it.
  private func waitsByRule(_ move: Move, _ moves: [Move]) -> Set<Move.ID> {
    var waits: Set<Move.ID> = []
    for order in fleet.timeRules.orders where names(order.then).contains(move.vm) {
      waits.formUnion(moves.filter { names(order.first).contains($0.vm) }.map(\.id))
    }
    for cap in fleet.timeRules.caps where cap.isSeries && names(cap.members).contains(move.vm) {
      let before = moves.last { $0.id < move.id && names(cap.members).contains($0.vm) }
      if let before { waits.insert(before.id) }
    }
    return waits
  }

  private func names(_ vms: [Int]) -> Set<VM.ID> { Set(vms.map { fleet.vms[$0].id }) }

  /// Those who move first have all ended when any of the others starts.
  private func orders(_ moves: [Move]) -> [String] {
    fleet.timeRules.orders.flatMap { order in
      moves.filter { names(order.then).contains($0.vm) }.compactMap { move in
        moves.contains { names(order.first).contains($0.vm) && $0.endSeconds > move.startSeconds }
          ? "\(order.rule) has \(move.id) too early" : nil
      }
    }
  }

  /// Moves of those who switch over together do so at one moment: the start of post-copy, else the end.
  private func steps(_ moves: [Move]) -> [String] {
    fleet.timeRules.together.compactMap { group in
      let own = moves.filter { names(group.members).contains($0.vm) }
      let moments = Set(own.map { $0.technique == .postCopy ? $0.startSeconds : $0.endSeconds })
      return moments.count > 1 ? "\(group.rule) has moments \(moments.sorted())" : nil
    }
  }

  private func atOnce(_ moves: [Move], _ instant: Double) -> [String] {
    fleet.timeRules.caps.flatMap { cap -> [String] in
      let own = underWay(moves, instant).filter { names(cap.members).contains($0.vm) }
      let counts: [Int]
      switch cap.place {
      case .total: counts = [own.count]
      case .out(let hosts):
        counts = hosts.members.map { host in own.count { $0.from == fleet.hosts[host].id } }
      case .into(let hosts):
        counts = hosts.members.map { host in own.count { $0.to == fleet.hosts[host].id } }
      case .ends(let hosts):
        counts = hosts.members.map { fleet.hosts[$0].id }.map { id in
          own.count { $0.from == id || $0.to == id }
        }
      case .links(let links):
        counts = links.sorted().map { link in
          let channels = [0, 1].map { fleet.network.channels[2 * fleet.hosts.count + 2 * link + $0].name }
          return own.count { !Set($0.links).isDisjoint(with: channels) }
        }
      }
      return counts.contains { $0 > cap.limit } ? ["\(cap.rule) exceeded at \(instant)"] : []
    }
  }

  /// Whether a move finds room, and no group in its way, had some others not left.
  private func isLegal(_ move: Move, _ moves: [Move], without others: [Move]) -> Bool {
    guard let to = indexOfHost[move.to], let own = indexOfVM[move.vm] else { return false }
    var charged = charged(moves, move.targetReservedSeconds)
    var load = charged[to].reduce(Amounts.zero) { $0 + fleet.demand[$1] }
    var there = Array(charged[to])
    for other in others {
      guard let vm = indexOfVM[other.vm], let from = indexOfHost[other.from] else { return false }
      if from == to, !charged[to].contains(vm) {
        load += fleet.demand[vm]
        there.append(vm)
      }
      charged[from].insert(vm)
    }
    let needs = fleet.demand[own]
    let fits = Resource.allCases.allSatisfy {
      needs[$0] == 0 || load[$0] <= max(fleet.limits[to][$0], fleet.startLoad[to][$0])
    }
    return fits && !exceedsAnHour(there, on: to, asked: own) && !isCrowded(charged, around: own, at: to)
      && !isRuledOut(charged, own, at: to)
  }

  private func isCrowded(_ charged: [Set<Int>], around vm: Int, at host: Int) -> Bool {
    fleet.antiAffinities.filter { $0.isHard && $0.members.contains(vm) }.contains { group in
      let domain = fleet.domains(group.scope).domainOfHost[host]
      let atStart = members(group, self.charged([], 0))[domain]?.count ?? 0
      return members(group, charged)[domain]?.count ?? 0 > max(1, atStart)
    }
  }

  /// What is wrong with spreads, dedications and caps in a placement at rest: worse than at the start.
  public func restFaults(_ placement: [Int]) -> [String] {
    var there = [Set<Int>](repeating: [], count: fleet.hosts.count)
    for (vm, host) in placement.enumerated() { there[host].insert(vm) }
    return ruleFaults(there, held: there, "rest")
  }

  /// The same at an instant.
  private func placementRules(_ moves: [Move], _ instant: Double) -> [String] {
    ruleFaults(charged(moves, instant), held: both(moves, instant), "\(instant)")
  }

  /// `held` are the charges that count for the least number of domains.
  private func ruleFaults(_ now: [Set<Int>], held: [Set<Int>], _ instant: String) -> [String] {
    let start = charged([], 0)
    var found: [String] = []
    for group in fleet.spreads where group.isHard {
      let (counts, atStart) = (domains(group, now), domains(group, start))
      if let most = group.maxPerDomain,
        counts.contains(where: { $1.count > max(most, atStart[$0]?.count ?? 0) })
      {
        found.append("\(group.rule) crowded at \(instant)")
      }
      if domains(group, held).count < min(group.minDomains ?? 0, atStart.count) {
        found.append("\(group.rule) bunched at \(instant)")
      }
    }
    for group in fleet.dedications where group.isHard {
      for host in now.indices where isMixed(group, now[host]) {
        let (own, then) = (now[host].intersection(group.members), start[host].intersection(group.members))
        if own.count > then.count || now[host].count - own.count > start[host].count - then.count {
          found.append("\(group.rule) mixed at \(instant)")
        }
      }
    }
    for cap in fleet.hostCaps where cap.isHard {
      func total(_ charged: [Set<Int>]) -> Int64 {
        cap.hosts.members.reduce(into: Set()) { $0.formUnion(charged[$1]) }.intersection(cap.members)
          .reduce(0) { $0 + fleet.demand[$1][cap.resource] }
      }
      if total(now) > max(cap.limit, total(start)) { found.append("\(cap.rule) exceeded at \(instant)") }
    }
    return found
  }

  /// As ``charged(_:_:)``, but a VM that is stopped on its way counts at both ends.
  private func both(_ moves: [Move], _ instant: Double) -> [Set<Int>] {
    var all = charged(moves, instant)
    for move in underWay(moves, instant) {
      guard let vm = indexOfVM[move.vm] else { continue }
      for host in [move.from, move.to].compactMap({ indexOfHost[$0] }) { all[host].insert(vm) }
    }
    return all
  }

  private func domains(_ group: SpreadGroup, _ charged: [Set<Int>]) -> [Int: Set<Int>] {
    let domain = fleet.domains(group.scope).domainOfHost
    var members: [Int: Set<Int>] = [:]
    for (host, vms) in charged.enumerated() {
      members[domain[host], default: []].formUnion(vms.intersection(group.members))
    }
    return members.filter { !$0.value.isEmpty }
  }

  private func isMixed(_ group: DedicatedGroup, _ vms: Set<Int>) -> Bool {
    let own = vms.intersection(group.members).count
    return own > 0 && own < vms.count
  }

  /// Whether a spread, dedication or cap keeps a VM off a host that is charged with it already; every
  /// charge counts, as it does for the scheduler, but that of the VM at its source.
  private func isRuledOut(_ charged: [Set<Int>], _ vm: Int, at host: Int) -> Bool {
    let start = self.charged([], 0)
    let charged = charged.enumerated().map { $0 == host ? $1 : $1.subtracting([vm]) }
    let isCrowded = fleet.spreads.contains { group in
      guard group.isHard, let most = group.maxPerDomain, group.members.contains(vm) else { return false }
      let domain = fleet.domains(group.scope).domainOfHost
      func count(_ charged: [Set<Int>]) -> Int {
        charged.indices.filter { domain[$0] == domain[host] }
          .reduce(0) { $0 + charged[$1].intersection(group.members).count }
      }
      return count(charged) > max(most, count(start))
    }
    let isMixed = fleet.dedications.contains { group in
      guard group.isHard, self.isMixed(group, charged[host]) else { return false }
      let own = charged[host].intersection(group.members).count
      let then = start[host].intersection(group.members).count
      return own > then || charged[host].count - own > start[host].count - then
    }
    let isOver = fleet.hostCaps.contains { cap in
      guard cap.isHard, cap.hosts.contains(host), cap.members.contains(vm) else { return false }
      func total(_ charged: [Set<Int>]) -> Int64 {
        cap.hosts.members.reduce(into: Set()) { $0.formUnion(charged[$1]) }.intersection(cap.members)
          .reduce(0) { $0 + fleet.demand[$1][cap.resource] }
      }
      return fleet.demand[vm][cap.resource] > 0 && total(charged) > max(cap.limit, total(start))
    }
    return isCrowded || isMixed || isOver
  }

  private func hosts(_ moves: [Move], _ instant: Double) -> [String] {
    var found: [String] = []
    for (host, vms) in charged(moves, instant).enumerated() {
      let load = vms.reduce(Amounts.zero) { $0 + fleet.demand[$1] }
      for resource in Resource.allCases
      where load[resource] > max(fleet.limits[host][resource], fleet.startLoad[host][resource]) {
        found.append("\(resource.rawValue) of \(fleet.hosts[host].id) exceeded at \(instant)")
      }
      if exceedsAnHour(Array(vms), on: host) {
        found.append("an hour of \(fleet.hosts[host].id) exceeded at \(instant)")
      }
    }
    return found
  }

  /// Whether VMs ask for more in any hour than a host may hold: its limit, or what it starts with.
  private func exceedsAnHour(_ vms: [Int], on host: Int, asked vm: Int? = nil) -> Bool {
    guard let hourly = fleet.hourly else { return false }
    let start = fleet.vms.indices.filter { fleet.start[$0] == host }
    return (0..<hourly.width).contains { column in
      func sum(_ vms: [Int]) -> Int64 { vms.reduce(0) { $0 + hourly.amount(of: $1, column) } }
      if let vm, hourly.amount(of: vm, column) == 0 { return false }
      return sum(vms) > max(fleet.limits[host][hourly.resource(of: column)], sum(start))
    }
  }

  private func members(_ group: VMGroup, _ charged: [Set<Int>]) -> [Int: Set<Int>] {
    let domain = fleet.domains(group.scope).domainOfHost
    var members: [Int: Set<Int>] = [:]
    for (host, vms) in charged.enumerated() {
      members[domain[host], default: []].formUnion(vms.intersection(group.members))
    }
    return members.filter { !$0.value.isEmpty }
  }

  private func apart(_ moves: [Move], _ instant: Double) -> [String] {
    fleet.antiAffinities.filter(\.isHard).flatMap { group -> [String] in
      let atStart = members(group, charged([], 0))
      return members(group, charged(moves, instant)).filter { $1.count > max(1, atStart[$0]?.count ?? 0) }
        .map { "\(group.rule) broken in domain \($0.key) at \(instant)" }
    }
  }

  private func together(_ moves: [Move], _ instant: Double) -> [String] {
    fleet.affinities.filter(\.isHard).compactMap { group in
      let names = Set(group.members.map { fleet.vms[$0].id })
      let own = moves.filter { names.contains($0.vm) }
      let first = own.map(\.startSeconds).min() ?? .infinity
      let last = own.map(\.endSeconds).max() ?? -.infinity
      if instant >= first && instant < last { return nil }
      let isWhole = members(group, charged(moves, instant)).count <= 1
      let wasWhole = members(group, charged([], 0)).count <= 1
      return isWhole || (!wasWhole && instant < first) ? nil : "\(group.rule) apart at \(instant)"
    }
  }

  private func underWay(_ moves: [Move], _ instant: Double) -> [Move] {
    moves.filter { $0.startSeconds <= instant && instant < $0.endSeconds }
  }

  private func network(_ moves: [Move], _ instant: Double) -> [String] {
    var rates: [String: Double] = [:]
    for move in underWay(moves, instant) {
      for link in move.links { rates[link, default: 0] += move.rateMiBPerSecond }
    }
    return fleet.network.channels.compactMap { channel in
      guard let gbps = channel.gbps, let rate = rates[channel.name] else { return nil }
      return rate <= 0.92 * gbps * 1e9 / 8 / 1_048_576 + 1e-6
        ? nil : "\(channel.name) overloaded at \(instant)"
    }
  }

  private func slots(_ moves: [Move], _ instant: Double) -> [String] {
    let running = underWay(moves, instant)
    func taken(_ moves: [Move]) -> Int { moves.reduce(0) { $0 + slots(of: $1) } }
    return fleet.hosts.flatMap { host -> [String] in
      let out = taken(running.filter { $0.from == host.id })
      let into = taken(running.filter { $0.to == host.id })
      let isOver =
        out > slotLimits.out ?? .max || into > slotLimits.into ?? .max || out + into > slotLimits.host ?? .max
        || taken(running) > slotLimits.fleet ?? .max
      return isOver ? ["too many moves at \(host.id) at \(instant)"] : []
    }
  }

  private func slots(of move: Move) -> Int {
    guard let vm = indexOfVM[move.vm], let from = indexOfHost[move.from], let to = indexOfHost[move.to] else {
      return 0
    }
    return slotsOf(
      move.technique, Feasibility.storageCopy(fleet.vms[vm], from: fleet.hosts[from], to: fleet.hosts[to]))
  }
}
