import StowageModel

/// What counts for a failover at one instant: loads at both ends of moves, and who runs where.
///
/// A VM runs at its source until that is released and, once its target is reserved and (for a live
/// move) the move has ended, at its target. When the host that it runs on fails, everything that
/// is reserved for it elsewhere is given back and it has to find a place.
struct FleetMoment {
  private(set) var load: [HourlyAmounts]
  /// The running VMs of each host.
  private(set) var running: [Set<Int>]
  /// Where each VM that moves is counted just now.
  private(set) var charges: [Int: [Int]] = [:]
  /// How many charges a host holds of the members of an anti-affinity between hosts.
  private var apartCounts: [ApartKey: Int] = [:]
  private let roster: Roster
  private let apart: ApartHosts

  private struct ApartKey: Hashable {
    let group: Int
    let host: Int
  }

  init(_ state: RestState, apart: ApartHosts) {
    roster = state.roster
    self.apart = apart
    load = Array(repeating: .nothing(roster), count: roster.hosts.count)
    running = Array(repeating: [], count: roster.hosts.count)
    for (vm, host) in state.hostOf.enumerated() {
      guard let host else { continue }
      count(vm, on: host, 1)
      run(vm, on: host)
    }
  }

  mutating func apply(_ step: FleetStep) {
    switch step.change {
    case .charge(let host):
      charges[step.vm, default: []].append(host)
      count(step.vm, on: host, 1)
    case .release(let host):
      charges[step.vm]?.removeAll { $0 == host }
      count(step.vm, on: host, -1)
    case .run(let host): run(step.vm, on: host)
    case .stop(let host): running[host].remove(step.vm)
    }
  }

  private mutating func run(_ vm: Int, on host: Int) {
    if roster.vms[vm].powerState == .on { running[host].insert(vm) }
  }

  private mutating func count(_ vm: Int, on host: Int, _ change: Int) {
    let demand = roster.taken(by: vm)
    if change > 0 { load[host] += demand } else { load[host] -= demand }
    for group in apart.groups(of: vm) {
      apartCounts[ApartKey(group: group, host: host), default: 0] += change
    }
  }

  /// Charges of a group's members on a host.
  func members(ofGroup group: Int, on host: Int) -> Int {
    apartCounts[ApartKey(group: group, host: host)] ?? 0
  }
}

/// Something that changes what a failover meets.
struct FleetStep {
  enum Change {
    case charge(Int)
    case release(Int)
    case run(Int)
    case stop(Int)
  }

  let instant: Double
  let vm: Int
  let change: Change

  /// The host concerned.
  var host: Int {
    switch change {
    case .charge(let host), .release(let host), .run(let host), .stop(let host): host
    }
  }

  /// All steps of a replay by instant.
  static func all(_ replay: Replay) -> [FleetStep] {
    var steps: [FleetStep] = []
    for vm in replay.chargesOfVM.keys.sorted() {
      for charge in replay.chargesOfVM[vm] ?? [] {
        if charge.from.isFinite {
          // A live VM runs at its target once its move has ended; a cold one once it is started.
          let movement = charge.arrival.map { replay.movements[$0] }
          let runsFrom = movement.map { $0.reserved < $0.released ? $0.end : $0.reserved } ?? charge.from
          steps.append(FleetStep(instant: charge.from, vm: vm, change: .charge(charge.host)))
          steps.append(FleetStep(instant: runsFrom, vm: vm, change: .run(charge.host)))
        }
        if charge.until.isFinite {
          steps.append(FleetStep(instant: charge.until, vm: vm, change: .release(charge.host)))
          steps.append(FleetStep(instant: charge.until, vm: vm, change: .stop(charge.host)))
        }
      }
    }
    return steps.enumerated().sorted { ($0.element.instant, $0.offset) < ($1.element.instant, $1.offset) }
      .map(\.element)
  }
}

/// The hard anti-affinities between hosts that each VM belongs to.
struct ApartHosts {
  private let groupsOfVM: [Int: [Int]]

  init(_ rulebook: Rulebook) {
    var groupsOfVM: [Int: [Int]] = [:]
    for (position, entry) in rulebook.entries.enumerated() where entry.isHard {
      guard case .apart(let group) = entry.meaning, group.scope == .host else { continue }
      for vm in group.members { groupsOfVM[vm, default: []].append(position) }
    }
    self.groupsOfVM = groupsOfVM
  }

  func groups(of vm: Int) -> [Int] { groupsOfVM[vm] ?? [] }
}
