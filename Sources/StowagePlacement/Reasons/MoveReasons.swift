import StowageFleet
import StowageModel

/// Why each VM moves, in a few words with names and numbers.
struct MoveReasons {
  private let problem: Problem
  private let fleet: Fleet
  private let placement: [Int]
  private let goal: Goal
  private let obstacles: ObstacleFinder
  private let startLoads: [Amounts]
  private let endLoads: [Amounts]
  private let holdsAtEnd: [Bool]
  private let crowding: Crowding
  private let hard: RuleLedger
  private let soft: RuleLedger

  init(_ problem: Problem, placement: [Int], goal: Goal) {
    self.problem = problem
    fleet = problem.fleet
    self.placement = placement
    self.goal = goal
    obstacles = ObstacleFinder(problem.fleet, canTravel: nil)
    let meter = ObjectiveMeter(problem.fleet)
    startLoads = meter.peakLoads(problem.fleet.start)
    endLoads = meter.peakLoads(placement)
    var holds = [Bool](repeating: false, count: problem.fleet.hosts.count)
    for host in placement { holds[host] = true }
    holdsAtEnd = holds
    crowding = Crowding(problem.fleet)
    hard = RuleLedger.hard(problem.fleet).filled(problem.fleet.start)
    soft = RuleLedger.soft(problem.fleet, emptied: HostSet(universe: problem.fleet.hosts.count)).filled(
      problem.fleet.start)
  }

  /// The reason for one VM; `nil` when it stays.
  func reason(for vm: Int) -> String? {
    let (from, to) = (fleet.start[vm], placement[vm])
    guard from != to else { return nil }
    if goal == .restore, fleet.options.homes[fleet.vms[vm].id] == fleet.hosts[to].id {
      return "returns to where it was"
    }
    return ruledOut(vm) ?? crowding.reason(for: vm) ?? broken(vm, hard) ?? overload(from) ?? emptied(from)
      ?? broken(vm, soft) ?? relief(from) ?? "makes room on \(fleet.hosts[from].id)"
  }

  private func ruledOut(_ vm: Int) -> String? {
    let host = fleet.hosts[fleet.start[vm]].id
    switch fleet.mustLeave(vm) ? obstacles.first(vm, on: fleet.start[vm], ignoringPin: true) : nil {
    case .drained(let rule?): return "\(host) is drained (rule \(rule))"
    case .drained(nil): return "\(host) is evacuated"
    case .rule where goal == .colocate && !isAtSite(fleet.start[vm]):
      return "goes to site \(fleet.hosts[placement[vm]].domain(.site) ?? "")"
    case .rule(let rule): return "may not be on \(host) (rule \(rule))"
    case .hostColumns: return "may not be on \(host) (its allowed or forbidden hosts)"
    default: return nil
    }
  }

  private func isAtSite(_ host: Int) -> Bool {
    fleet.hosts[host].domain(.site).map(fleet.options.sites.contains) ?? false
  }

  /// A rule that is broken at the start, with the VM's part in it.
  private func broken(_ vm: Int, _ ledger: RuleLedger) -> String? {
    guard !ledger.isIdle, let rule = ledger.breaches(of: vm, on: fleet.start[vm]).first else { return nil }
    return "mends rule \(rule)"
  }

  private func overload(_ host: Int) -> String? {
    guard
      let resource = Resource.allCases.first(where: { startLoads[host][$0] > fleet.limits[host][$0] })
    else { return nil }
    return "relieves \(fleet.hosts[host].id): \(change(resource, host))"
  }

  private func emptied(_ host: Int) -> String? {
    holdsAtEnd[host] ? nil : "\(fleet.hosts[host].id) is emptied"
  }

  private func relief(_ host: Int) -> String? {
    guard goal == .balance else { return nil }
    let limited = Resource.allCases.filter { (fleet.capacity[host][$0] ?? 0) > 0 }
    let fullest = limited.max { utilisation(startLoads, $0, host) < utilisation(startLoads, $1, host) }
    guard let fullest, endLoads[host][fullest] < startLoads[host][fullest] else { return nil }
    return "relieves \(fleet.hosts[host].id): \(change(fullest, host))"
  }

  private func utilisation(_ loads: [Amounts], _ resource: Resource, _ host: Int) -> Double {
    Double(loads[host][resource]) / Double(fleet.limits[host][resource])
  }

  private func change(_ resource: Resource, _ host: Int) -> String {
    let (before, after) = (percent(startLoads, resource, host), percent(endLoads, resource, host))
    return "\(name(resource)) \(before) → \(after)"
  }

  private func percent(_ loads: [Amounts], _ resource: Resource, _ host: Int) -> String {
    guard fleet.limits[host][resource] > 0 else { return "\(loads[host][resource]) of 0" }
    return "\(Int((utilisation(loads, resource, host) * 100).rounded())) %"
  }

  private func name(_ resource: Resource) -> String {
    switch resource {
    case .cpu: "CPU"
    case .memory: "memory"
    case .network: "network"
    case .localDisk: "local disk"
    case .slots: "VM slots"
    case .gpus: "GPUs"
    }
  }
}
