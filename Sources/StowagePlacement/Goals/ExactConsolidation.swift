import LinearOptimization
import StowageFleet
import StowageModel

/// The programs of a consolidation, for fleets small enough to solve them.
///
/// - Given: the assignment program with a column for each host.
/// - Decides: who is where, and which hosts are on.
/// - Minimises: first the hosts on; then, with no more hosts on than that, the memory moved in MiB.
/// - Subject to: all rules; of failover what is necessary by volume, with a trial afterwards. While
///   a trial fails, the program is solved again with more room kept, and the bound of the first
///   solution stands.
/// - Reads back: a placement and what is proved about it.
struct ExactConsolidation {
  let task: PlacementTask
  let hosts: [Int]
  private let size: Int

  init(task: PlacementTask, hosts: [Int]) {
    self.task = task
    self.hosts = hosts
    size = AssignmentProgram.size(task.problem, hosts: hosts)
  }

  /// Programs with more columns than this are left to the search alone. Chosen: on the lab's fleets
  /// branch and bound settles few beyond it in a minute.
  static let columnLimit = 1500
  /// Programs with no more columns than this are solved before any search, which then is not needed.
  static let quickLimit = 150

  /// Whether the programs need no search beside them.
  var isQuick: Bool { size <= Self.quickLimit }

  /// Whether the fleet is small enough.
  var isWorthwhile: Bool {
    size <= Self.columnLimit
  }

  /// The fewest hosts; `floor` is a bound proved elsewhere.
  func fewestHosts(floor: Int) throws(SolverFailure) -> ExactAnswer {
    try ExactProgram(task: task, hosts: hosts, countsHosts: true).solve(knownBound: Double(floor)) {
      program in
      program.program.minimize(program.hostsOn)
    }
  }

  /// Chosen: what a host draws differs by little from the next, so that a proof is soon there or far off.
  private static let expenseLimits = (nodes: 3000, iterations: 60_000)

  /// What the hosts on draw or cost at the least; `floor` is a bound proved elsewhere.
  func leastExpense(_ price: HostPrice, floor: Double) throws(SolverFailure) -> ExactAnswer {
    var exact = ExactProgram(task: task, hosts: hosts, countsHosts: true)
    exact.limits = Self.expenseLimits
    return try exact.solve(knownBound: floor) { $0.program.minimize($0.expense(price)) }
  }

  /// The least memory moved while the hosts on draw or cost no more than so much.
  func leastMoved(_ price: HostPrice, atMost most: Double) throws(SolverFailure) -> ExactAnswer {
    let vms = task.fleet.vms
    var exact = ExactProgram(task: task, hosts: hosts, countsHosts: true)
    exact.limits = Self.expenseLimits
    return try exact.solve { program in
      program.program.require("expense", program.expense(price), atMost: most)
      program.program.minimize(program.moved { vms[$0].memoryMiB })
    }
  }

  /// The least memory moved with at most so many hosts on.
  func leastMoved(hostsOn: Int) throws(SolverFailure) -> ExactAnswer {
    let vms = task.fleet.vms
    return try ExactProgram(task: task, hosts: hosts, countsHosts: true).solve { program in
      program.limitHosts(to: hostsOn)
      program.program.minimize(program.moved { vms[$0].memoryMiB })
    }
  }
}
