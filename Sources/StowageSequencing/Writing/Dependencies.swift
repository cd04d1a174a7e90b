import StowageFleet
import StowageModel

/// Finds for every run the earlier runs without whose release its start would not be legal.
///
/// The timeline is replayed. At the instant at which a run charges its target, releases that had
/// happened by its start are taken back one after the other, the smallest VM first: those with which
/// the target would still have room are not needed, the others are. The set is minimal: none can be
/// left out. Of two that start at the same instant, as in a ring of VMs that are off, only the later
/// one by VM may name the other.
struct Dependencies {
  private let fleet: Fleet
  // Taken out of the timeline: reaching through it would count references to all of it each time.
  private let legs: [Leg]
  private let runs: [Run]
  private let apartGroupsOfVM: [[Int]]
  private let refusedByFailover: Set<Int>
  private var state: FleetState
  private var releasesOfHost: [Int: [Int]] = [:]
  private var releasesOfVM: [Int: [Int]] = [:]
  private var needed: [[Int]]

  /// The runs that each run must come after, ascending.
  static func find(_ timeline: Timeline) -> [[Int]] {
    var search = Dependencies(timeline)
    search.addOrders()
    search.replay()
    search.addPredecessors()
    return search.needed.map { Set($0).sorted() }
  }

  private init(_ timeline: Timeline) {
    fleet = timeline.fleet
    legs = timeline.legs
    runs = timeline.runs
    apartGroupsOfVM = timeline.problem.apartGroupsOfVM
    refusedByFailover = timeline.refusedByFailover
    state = FleetState(timeline.fleet)
    state.ignoreLeastDomains()
    needed = Array(repeating: [], count: timeline.runs.count)
  }

  private mutating func replay() {
    var releases: [Int: [Int]] = [:]
    var charges: [Int: [Int]] = [:]
    for (index, run) in runs.enumerated() {
      releases[run.freed, default: []].append(index)
      charges[run.reserved, default: []].append(index)
    }
    for instant in Set(releases.keys).union(charges.keys).sorted() {
      for run in releases[instant] ?? [] { release(run) }
      let arriving = charges[instant] ?? []
      for run in arriving { state.enter(leg(run).vm, leg(run).to) }
      for run in arriving { needed[run] += releasesNeeded(by: run) }
    }
  }

  private func leg(_ run: Int) -> Leg { legs[runs[run].leg] }

  private mutating func release(_ run: Int) {
    state.leave(leg(run).vm, leg(run).from)
    releasesOfHost[leg(run).from, default: []].append(run)
    releasesOfVM[leg(run).vm, default: []].append(run)
  }

  private mutating func releasesNeeded(by run: Int) -> [Int] {
    let candidates = candidates(for: run)
    guard !candidates.isEmpty else { return [] }
    let move = leg(run)
    let isAtSource = runs[run].released > runs[run].reserved
    state.leave(move.vm, move.to)
    if isAtSource { state.leave(move.vm, move.from) }
    var needed: [Int] = []
    var takenBack: [Int] = []
    for candidate in candidates {
      state.enter(leg(candidate).vm, leg(candidate).from)
      if state.hasRoom(for: move.vm, on: move.to) {
        takenBack.append(candidate)
      } else {
        state.leave(leg(candidate).vm, leg(candidate).from)
        needed.append(candidate)
      }
    }
    for candidate in takenBack { state.leave(leg(candidate).vm, leg(candidate).from) }
    state.enter(move.vm, move.to)
    if isAtSource { state.enter(move.vm, move.from) }
    return needed
  }

  /// Releases on the target, and of the VM's anti-affinity groups, by the smallest VM.
  private func candidates(for run: Int) -> [Int] {
    let move = leg(run)
    let own = runs[run]
    var found = Set(releasesOfHost[move.to] ?? [])
    let hard = fleet.antiAffinities.filter(\.isHard)
    for group in apartGroupsOfVM[move.vm] {
      let domain = fleet.domains(hard[group].scope).domainOfHost
      for member in hard[group].members {
        found.formUnion((releasesOfVM[member] ?? []).filter { domain[leg($0).from] == domain[move.to] })
      }
    }
    found.formUnion(ruledCandidates(for: move))
    let demand = fleet.demand
    // What it waits for by a rule has gone in any case.
    found.subtract(needed[run])
    let earlier = found.filter { other in
      let run = runs[other]
      return run.freed <= own.start && leg(other).vm != move.vm
        && (run.start, leg(other).vm) < (own.start, move.vm)
    }
    return earlier.sorted {
      (demand[leg($0).vm][.memory], $0) < (demand[leg($1).vm][.memory], $1)
    }
  }

  /// Releases by members of a spread in the target's domain, and on the hosts of a cap.
  private func ruledCandidates(for move: Leg) -> [Int] {
    guard fleet.watchesRules else { return [] }
    var found: [Int] = []
    for group in fleet.spreads where group.isHard && group.members.contains(move.vm) {
      let domain = fleet.domains(group.scope).domainOfHost
      for member in group.members {
        found += (releasesOfVM[member] ?? []).filter { domain[leg($0).from] == domain[move.to] }
      }
    }
    for cap in fleet.hostCaps where cap.isHard && cap.hosts.contains(move.to) {
      for host in cap.hosts.members { found += releasesOfHost[host] ?? [] }
    }
    return found
  }

  /// The runs that the rules of order put before others, and in a series the one before.
  private mutating func addOrders() {
    guard !fleet.timeRules.hasNoGates else { return }
    var runsOfVM: [Int: [Int]] = [:]
    for index in runs.indices { runsOfVM[leg(index).vm, default: []].append(index) }
    for order in fleet.timeRules.orders {
      let first = order.first.flatMap { runsOfVM[$0] ?? [] }
      for run in order.then.flatMap({ runsOfVM[$0] ?? [] }) { needed[run] += first }
    }
    for cap in fleet.timeRules.caps where cap.isSeries {
      let series = cap.members.flatMap { runsOfVM[$0] ?? [] }.sorted {
        (runs[$0].start, leg($0).vm) < (runs[$1].start, leg($1).vm)
      }
      for (before, run) in zip(series, series.dropFirst()) { needed[run].append(before) }
    }
  }

  /// The earlier move of the same VM, and for a run that failover had refused, the move whose end
  /// came last before its start.
  private mutating func addPredecessors() {
    var runOfLeg: [Int: Int] = [:]
    for (index, run) in runs.enumerated() { runOfLeg[run.leg] = index }
    let byEnd = runs.indices.sorted { (runs[$0].end, $0) < (runs[$1].end, $1) }
    for (index, run) in runs.enumerated() {
      if let before = legs[run.leg].previous.flatMap({ runOfLeg[$0] }) {
        needed[index].append(before)
      }
      guard refusedByFailover.contains(run.leg) else { continue }
      if let last = byEnd.last(where: { runs[$0].end <= run.start }) { needed[index].append(last) }
    }
  }
}
