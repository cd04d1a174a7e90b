import LinearOptimization
import StowageCosts
import StowageFleet
public import StowageModel

/// Looks for few VMs with which stopped there is a plan, where hosts are to end empty and there is no room.
///
/// Asked are the VMs of the hosts to empty, by rising service tier, the largest of a tier first; where stopping all
/// of them is not enough, after them those of hosts where they could go, in the same order. Of as many as are needed each is tried without.
/// That a set is enough is shown by a plan that the verifier accepted.
struct StopSearch {
  /// A set that is enough, by index, and how many moves the plan has.
  struct Found {
    var vms: [Int]
    var moves: Int
  }

  /// The part of the request's time that each trial may take, and that all may.
  private static let share = (trial: 0.1, all: 0.4)
  /// So many VMs are offered where some are not of the hosts to empty. Chosen: nobody stops half a cluster for one host.
  private static let mostWithOthers = 16
  /// Trials at most. Chosen: halving thousands of VMs takes a dozen, and some of those found may be spared.
  private static let trialLimit = 20

  private let inventory: Inventory
  private let request: PlanRequest
  private let fleet: Fleet
  private let plans: (Inventory, PlanRequest) throws(SolverFailure) -> PlanningAnswer
  private let budget: TimeBudget
  private var trialsLeft = Self.trialLimit

  /// A search that asks `plans` for each trial.
  init(
    _ inventory: Inventory, _ request: PlanRequest, _ fleet: Fleet,
    plans: @escaping (Inventory, PlanRequest) throws(SolverFailure) -> PlanningAnswer
  ) {
    self.inventory = inventory
    self.fleet = fleet
    self.plans = plans
    var trial = request
    trial.timeLimitSeconds = max(0.5, request.timeLimitSeconds * Self.share.trial)
    self.request = trial
    budget = TimeBudget(request, part: Self.share.all)
  }

  mutating func run() throws(SolverFailure) -> Found? {
    let leaving = stoppable { fleet.drained.contains(fleet.start[$0]) }
    if !leaving.isEmpty, let moves = try movesWithout(leaving) {
      return try spared(halved(leaving, from: 0, Found(vms: leaving, moves: moves)))
    }
    let hosts = hostsToGoTo
    let all = leaving + stoppable { hosts.contains(fleet.start[$0]) }
    guard all.count > leaving.count, let moves = try movesWithout(all) else { return nil }
    let found = try spared(halved(all, from: leaving.count, Found(vms: all, moves: moves)))
    return found.vms.count <= Self.mostWithOthers ? found : nil
  }

  /// Hosts that VMs of the hosts to empty may enter.
  private var hostsToGoTo: Set<Int> {
    let leaving = fleet.vms.indices.filter { fleet.drained.contains(fleet.start[$0]) }
    return Set(
      fleet.targets.members.filter { host in leaving.contains { fleet.mayMove($0, to: host) } })
  }

  private var hasRunOut: Bool { trialsLeft == 0 || budget.isSpent }

  /// The shortest beginning of a list that is enough; the first `tooFew` are not.
  private mutating func halved(
    _ vms: [Int], from tooFew: Int, _ found: Found
  ) throws(SolverFailure) -> Found {
    var (tooFew, found) = (tooFew, found)
    while found.vms.count - tooFew > 1, !hasRunOut {
      let fewer = Array(vms.prefix((tooFew + found.vms.count) / 2))
      if let moves = try movesWithout(fewer) {
        found = Found(vms: fewer, moves: moves)
      } else {
        tooFew = fewer.count
      }
    }
    return found
  }

  /// The set without those that can run after all, of the highest tier first.
  private mutating func spared(_ found: Found) throws(SolverFailure) -> Found {
    var found = found
    for vm in found.vms.reversed() where found.vms.count > 1 && !hasRunOut {
      let others = found.vms.filter { $0 != vm }
      if let moves = try movesWithout(others) { found = Found(vms: others, moves: moves) }
    }
    return found
  }

  /// VMs that run and may be stopped, the first to be stopped first.
  private func stoppable(_ isAsked: (Int) -> Bool) -> [Int] {
    let tiers: [ServiceTier] = [.bronze, .silver, .gold, .platinum]
    let found = fleet.vms.indices.filter { vm in
      isAsked(vm) && fleet.vms[vm].powerState == .on && fleet.pins[vm] == nil
        && fleet.vms[vm].allowedTechniques?.contains(.cold) ?? true
    }
    let keyed = found.map { vm in
      (tiers.firstIndex(of: ServiceTier(fleet.vms[vm].tier)) ?? 0, -fleet.vms[vm].memoryMiB, vm)
    }
    return keyed.sorted { $0 < $1 }.map { $0.2 }
  }

  /// How many moves a plan has for the fleet with some VMs stopped; `nil` when there is none.
  private mutating func movesWithout(_ vms: [Int]) throws(SolverFailure) -> Int? {
    trialsLeft -= 1
    guard case .planned(let planned) = try plans(inventory.withStopped(vms.map { fleet.vms[$0].id }), request)
    else { return nil }
    return planned.plan.moves.count
  }
}

extension Inventory {
  /// The fleet with some VMs suspended.
  public func withStopped(_ stopped: [VM.ID]) -> Inventory {
    let names = Set(stopped)
    var inventory = self
    for index in inventory.vms.indices where names.contains(inventory.vms[index].id) {
      inventory.vms[index].powerState = .suspended
    }
    return inventory
  }
}
