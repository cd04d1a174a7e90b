import LinearOptimization
import StowageCosts
import StowageFleet
import StowageModel

// What stopping VMs would make possible where there is no room for all of them.
extension Planner {
  /// The part of the request's time that each of the few searches may take.
  private static let share = 0.1

  /// Says with which VMs of the hosts to empty stopped the others would find room, and what that costs; nothing
  /// when no number of them is enough.
  ///
  /// The VMs are taken by rising service tier, the largest of a tier first, as few as will do; that they do is shown
  /// by a plan that the verifier accepted.
  func stopOffers(
    _ inventory: Inventory, _ request: PlanRequest, _ fleet: Fleet, _ words: NoPlanWords
  ) throws(SolverFailure) -> [String] {
    let stoppable = Self.stoppable(fleet)
    guard !stoppable.isEmpty else { return [] }
    var request = request
    request.timeLimitSeconds = max(1, request.timeLimitSeconds * Self.share)
    guard var moves = try movesWhenStopped(stoppable, inventory, request) else { return [] }
    var (tooFew, enough) = (0, stoppable.count)
    while enough - tooFew > 1 {
      let middle = (tooFew + enough) / 2
      if let fewer = try movesWhenStopped(Array(stoppable.prefix(middle)), inventory, request) {
        (enough, moves) = (middle, fewer)
      } else {
        tooFew = middle
      }
    }
    return [words.stops(Array(stoppable.prefix(enough)), moves: moves)]
  }

  /// VMs that run on hosts that must end empty and may be stopped, by index.
  private static func stoppable(_ fleet: Fleet) -> [Int] {
    let tiers: [ServiceTier] = [.bronze, .silver, .gold, .platinum]
    let found = fleet.vms.indices.filter { vm in
      fleet.drained.contains(fleet.start[vm]) && fleet.vms[vm].powerState == .on && fleet.pins[vm] == nil
        && fleet.vms[vm].allowedTechniques?.contains(.cold) ?? true
    }
    let keyed = found.map { vm in
      (tiers.firstIndex(of: ServiceTier(fleet.vms[vm].tier)) ?? 0, -fleet.vms[vm].memoryMiB, vm)
    }
    return keyed.sorted { $0 < $1 }.map { $0.2 }
  }

  /// How many moves a plan has for the fleet with some VMs stopped; `nil` when there is none.
  private func movesWhenStopped(
    _ vms: [Int], _ inventory: Inventory, _ request: PlanRequest
  ) throws(SolverFailure) -> Int? {
    let (fleet, _) = Self.fleet(inventory, request)
    let names = Set(vms.map { fleet.vms[$0].id })
    var stopped = inventory
    for index in stopped.vms.indices where names.contains(stopped.vms[index].id) {
      stopped.vms[index].powerState = .suspended
    }
    guard case .planned(let planned) = try plan(stopped, request, offersStops: false) else { return nil }
    return planned.plan.moves.count
  }
}
