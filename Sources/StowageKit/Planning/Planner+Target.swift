public import LinearOptimization
import StowageCosts
import StowageFleet
public import StowageModel
import StowageReports
import StowageSequencing

extension Planner {
  /// Plans the moves to a placement that is given: no placement is sought, only order and times.
  ///
  /// - Parameters:
  ///   - inventory: the fleet as it is.
  ///   - target: the host of every VM that moves; VMs that are not named stay.
  ///   - request: options and seed; the goal is only noted.
  ///   - reasons: why VMs move, copied into their moves.
  ///   - attempts: how many schedules are tried; `nil` for the sequencer's own choice.
  /// - Returns: a plan that the verifier accepted, or what blocks.
  /// - Throws: when the solver breaks down.
  public func plan(
    _ inventory: Inventory, to target: [VM.ID: Host.ID], _ request: PlanRequest,
    reasons: [VM.ID: String] = [:], attempts: Int? = nil
  ) throws(SolverFailure) -> PlanningAnswer {
    let (fleet, engine) = Self.fleet(inventory, request)
    let words = NoPlanWords(request: request, inventory: inventory, fleet: fleet)
    let hosts = Dictionary(uniqueKeysWithValues: fleet.hosts.enumerated().map { ($1.id, $0) })
    let placement = fleet.vms.indices.map { vm in
      target[fleet.vms[vm].id].flatMap { hosts[$0] } ?? fleet.start[vm]
    }
    var reasonOfVM: [Int: String] = [:]
    for vm in fleet.vms.indices { reasonOfVM[vm] = reasons[fleet.vms[vm].id] }
    let sequencer = Sequencer(
      fleet: fleet, engine: engine, solver: solver, seed: request.seed, attempts: attempts)
    switch try sequencer.schedule(to: placement, reasons: reasonOfVM) {
    case .stuck(let stuck):
      let noPlan = words.stuck(stuck, isGiven: true)
      guard stuck.waveObstacle != nil else { return .noPlan(noPlan) }
      return .noPlan(try withWaveConflict(noPlan, inventory, request, fleet, placement))
    case .scheduled(let ordered):
      let sequence: MoveSequence
      switch DiskSpace(fleet, datastores: inventory.datastores).assigned(ordered) {
      case .fits(let placed): sequence = placed
      case .lacks(let shortage): return .noPlan(words.noSpace(shortage))
      }
      let moves = zip(placement, fleet.start).count { $0 != $1 }
      let outcome = PlanAssembly.Outcome(
        placement: placement, objectives: [Objective(.moves, value: Double(moves))],
        poweredOff: Self.emptied(fleet, placement, request.goal), notes: [])
      return judged(inventory, request, fleet, outcome, sequence, words)
    }
  }

  /// Hosts that a plan of this goal powers off: those that are on and that its moves empty.
  private static func emptied(_ fleet: Fleet, _ placement: [Int], _ goal: Goal) -> [Int] {
    guard goal == .consolidate || goal == .colocate else { return [] }
    let (before, after) = (Set(fleet.start), Set(placement))
    return fleet.hosts.indices.filter {
      before.contains($0) && !after.contains($0) && fleet.hosts[$0].state == .online
    }
  }
}
