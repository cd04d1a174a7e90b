import LinearOptimization
import StowageFleet
import StowageModel

extension HostChoice {
  /// The hosts that draw or cost least with some room to spare; `nil` when not even the rows can be kept.
  ///
  /// - Given: classes of hosts of equal room and price, and the rows of ``RoomRows``.
  /// - Decides: how many of each class are on, and how much CPU they hold.
  /// - Minimises: what they draw or cost.
  /// - Subject to: the demand of every row and `spare` parts of it more; hosts that must stay on.
  /// - Reads back: the hosts, ascending, of each class those with the most memory.
  func cheapest(_ price: HostPrice, spare: Double) throws(SolverFailure) -> [Int]? {
    let classes = HostClasses(eligible, rows: rows, forced: forced, price: price)
    let largest = max(.leastNormalMagnitude, eligible.map { price.base[$0] }.max() ?? 0)
    let total = problem.demand.reduce(Amounts.zero, +)
    let work = Double(max(1, total[.cpu]))
    var program = LinearProgram()
    let numbers = classes.members.map { hosts in
      program.addInteger(
        "hosts like \(problem.fleet.hosts[hosts[0]].id)",
        in: .between(Double(hosts.count { forced[$0] }), Double(hosts.count)),
        cost: price.base[hosts[0]] / largest)
    }
    let held = classes.members.map { hosts in
      program.addContinuous("CPU held", cost: price.rate[hosts[0]] * work / Self.rowScale / largest)
    }
    requireRows(of: classes, numbers, spare: spare, in: &program)
    program.require("all CPU", sum(held), atLeast: total[.cpu] > 0 ? Self.rowScale : 0)
    for (index, hosts) in classes.members.enumerated() {
      var free = LinearExpression()
      free.add(Self.rowScale / work * min(rows.room[hosts[0]][.cpu], work * 2), numbers[index])
      free.add(-1, held[index])
      program.require("CPU of a class", free, atLeast: 0)
    }
    program.setSense(.minimize)
    var options = SolverOptions()
    options.nodeLimit = Self.nodeLimit
    options.relativeGap = 1e-5
    guard let solution = try solve(program, options) else { return nil }
    let counts = numbers.map { Int(solution[$0].rounded()) }
    return classes.mostLoaded(counts, memory: residentMiB, forced: forced)
  }
}
