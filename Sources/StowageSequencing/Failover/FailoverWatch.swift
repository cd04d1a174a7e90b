import StowageFleet
import StowageModel

/// Keeps moves from leaving fewer failures covered than at the start.
///
/// For every set of hosts that may fail it remembers a refuge for their running VMs. A VM under way is
/// charged at both ends. If its source fails it is safe at its target; if its target fails it is safe at
/// its source where it may stay, and must find another place otherwise. So one question a set, put when
/// a move starts, covers every instant until its end. A set is asked about again only when a host
/// that its refuge leans on takes somebody in, or when its own VMs change.
struct FailoverWatch {
  typealias Step = (vm: Int, from: Int, to: Int)

  /// What starting moves would change.
  struct Trial {
    fileprivate var refuges: [(set: Int, refuge: [Int: Int]?)] = []
    fileprivate var uncovered: [Int]
  }

  private let fleet: Fleet
  private let sets: FailureSets
  /// The hard anti-affinity groups between hosts of each VM.
  private let apart: [[VMGroup]]
  /// The running VMs of each host; those under way count at their target.
  private var runningOn: [[Int]]
  /// The host of every VM; of one under way, its target.
  private var location: [Int]
  /// The sources of VMs under way that are not released yet.
  private var sourceOf: [Int: Int] = [:]
  /// Where each set's VMs would go; `nil` when no way is known.
  private var refuges: [[Int: Int]?] = []
  /// Sets whose refuge uses a host, some of them long ago.
  private var leaners: [Set<Int>]
  /// How many sets of each rule and cluster have no refuge now, and at the start.
  private var uncovered: [Int]
  private var uncoveredAtStart: [Int]

  /// The watch over a fleet at its start.
  init(_ fleet: Fleet) {
    self.fleet = fleet
    sets = FailureSets(fleet)
    var apart = [[VMGroup]](repeating: [], count: fleet.vms.count)
    var runningOn = [[Int]](repeating: [], count: fleet.hosts.count)
    if !sets.hosts.isEmpty {
      for group in fleet.antiAffinities where group.isHard && group.scope == .host {
        for vm in group.members { apart[vm].append(group) }
      }
      for (vm, host) in fleet.start.enumerated() where fleet.vms[vm].powerState == .on {
        runningOn[host].append(vm)
      }
    }
    self.apart = apart
    self.runningOn = runningOn
    location = fleet.start
    leaners = Array(repeating: [], count: fleet.hosts.count)
    uncovered = Array(repeating: 0, count: sets.survivorsOfDemand.count)
    uncoveredAtStart = uncovered
    let charges = FleetState(fleet)
    for set in sets.hosts.indices {
      refuges.append(nil)
      remember(question(set, charges).solve(), for: set)
      if refuges[set] == nil { uncovered[sets.demandOfSet[set]] += 1 }
    }
    uncoveredAtStart = uncovered
  }

  /// Whether there is nothing to watch.
  var isIdle: Bool { sets.hosts.isEmpty }

  /// Tries what starting moves would change.
  ///
  /// - Parameters:
  ///   - steps: VMs with their hosts.
  ///   - charges: everything charged and promised, with these moves.
  ///   - atOnce: whether all sources are released before any target is reserved, and `charges`
  ///     tells so.
  /// - Returns: the change; `nil` when fewer sets would be covered than at the start.
  func trial(_ steps: [Step], charges: FleetState, atOnce: Bool = false) -> Trial? {
    guard !isIdle else { return Trial(uncovered: []) }
    var after = self
    after.note(steps, atOnce: atOnce)
    var concerned: Set<Int> = []
    for step in steps {
      concerned.formUnion(leaners[step.to])
      concerned.formUnion(sets.setsOfHost[step.from])
      concerned.formUnion(sets.setsOfHost[step.to])
    }
    var trial = Trial(uncovered: uncovered)
    for set in concerned.sorted() { after.ask(set, charges, &trial) }
    if isCovered(trial) { return trial }
    // Sets without a refuge may have found one since.
    for set in refuges.indices where refuges[set] == nil && !concerned.contains(set) {
      after.ask(set, charges, &trial)
    }
    return isCovered(trial) ? trial : nil
  }

  private func isCovered(_ trial: Trial) -> Bool {
    zip(trial.uncovered, uncoveredAtStart).allSatisfy { $0 <= $1 }
  }

  private func ask(_ set: Int, _ charges: FleetState, _ trial: inout Trial) {
    let question = question(set, charges)
    let refuge = refuges[set].flatMap(question.repaired) ?? question.solve()
    trial.uncovered[sets.demandOfSet[set]] += (refuge == nil ? 1 : 0) - (refuges[set] == nil ? 1 : 0)
    trial.refuges.append((set, refuge))
  }

  /// Takes note that moves start, with what their trial found.
  mutating func start(_ steps: [Step], _ trial: Trial, atOnce: Bool = false) {
    guard !isIdle else { return }
    note(steps, atOnce: atOnce)
    uncovered = trial.uncovered
    for (set, refuge) in trial.refuges { remember(refuge, for: set) }
  }

  /// Takes note that the source of a VM under way is released.
  ///
  /// A refuge at the source stays one: what the VM gives back there is what it would take.
  mutating func release(_ vm: Int) {
    sourceOf[vm] = nil
  }

  private mutating func remember(_ refuge: [Int: Int]?, for set: Int) {
    refuges[set] = refuge
    for host in (refuge ?? [:]).values { leaners[host].insert(set) }
  }

  private mutating func note(_ steps: [Step], atOnce: Bool) {
    for (vm, from, to) in steps {
      location[vm] = to
      if !atOnce { sourceOf[vm] = from }
      guard fleet.vms[vm].powerState == .on else { continue }
      runningOn[from].removeAll { $0 == vm }
      runningOn[to].append(vm)
    }
  }

  private func question(_ set: Int, _ charges: FleetState) -> RefugeQuestion {
    let failed = sets.hosts[set]
    let vms = failed.flatMap { runningOn[$0] }
    let hosts = sets.survivorsOfDemand[sets.demandOfSet[set]].filter { !failed.contains($0) }
    var returning: [Int: Int] = [:]
    for vm in vms {
      if let source = sourceOf[vm], mayReturn(vm, to: source, hosts, charges) { returning[vm] = source }
    }
    let homeless = vms.filter { returning[$0] == nil }
    return RefugeQuestion(
      fleet: fleet, charges: charges, vms: homeless, returning: returning, hosts: hosts,
      isCrowded: { isCrowded($0, $1, without: homeless) },
      areApart: { left, right in apart[left].contains { $0.members.contains(right) } })
  }

  /// Whether a VM whose target fails is safe where it comes from, where it is still charged.
  private func mayReturn(_ vm: Int, to source: Int, _ survivors: [Int], _ charges: FleetState) -> Bool {
    survivors.contains(source) && fleet.allows(vm, on: source)
      && Resource.allCases.allSatisfy {
        fleet.demand[vm][$0] == 0 || charges.load[source][$0] <= fleet.limits[source][$0]
      }
      && charges.hours?.overload(of: source, limit: fleet.limits[source]) == nil
  }

  /// Whether a host is charged with another member of one of the VM's groups, the homeless apart.
  private func isCrowded(_ vm: Int, _ host: Int, without homeless: [Int]) -> Bool {
    apart[vm].contains { group in
      group.members.contains { other in
        other != vm && (location[other] == host || sourceOf[other] == host) && !homeless.contains(other)
      }
    }
  }
}
