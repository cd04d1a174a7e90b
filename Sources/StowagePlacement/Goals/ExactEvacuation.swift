import LinearOptimization
import StowageFleet
import StowageModel

/// The programs of an evacuation, for fleets small enough to solve them.
///
/// - Given: the assignment program on the hosts that may hold VMs at the end.
/// - Decides: who is where.
/// - Minimises: first the moves; then, with no more moves than that, the memory moved in MiB.
/// - Subject to: all rules; of failover what is necessary by volume, with a trial afterwards.
/// - Reads back: a placement and what is proved about it.
struct ExactEvacuation {
  let task: PlacementTask
  let hosts: [Int]

  /// As for ``ExactConsolidation``: beyond, changes of hosts settle more in less time.
  static let columnLimit = 1500

  private let size: Int

  init(task: PlacementTask, hosts: [Int]) {
    self.task = task
    self.hosts = hosts
    size = AssignmentProgram.size(task.problem, hosts: hosts)
  }

  /// Whether the fleet is small enough.
  var isWorthwhile: Bool { size <= Self.columnLimit }

  /// Whether the programs come before any annealing.
  var isQuick: Bool { size <= ExactConsolidation.quickLimit }

  func fewestMoves() throws(SolverFailure) -> ExactAnswer {
    try ExactProgram(task: task, hosts: hosts, countsHosts: false).solve { program in
      program.program.minimize(program.moved { _ in 1 })
    }
  }

  func leastMemory(moves: Int) throws(SolverFailure) -> ExactAnswer {
    let vms = task.fleet.vms
    return try ExactProgram(task: task, hosts: hosts, countsHosts: false).solve { program in
      program.limitMoves(to: moves)
      program.program.minimize(program.moved { vms[$0].memoryMiB })
    }
  }
}
