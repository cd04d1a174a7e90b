import LinearOptimization
import StowageFleet
import StowageModel

extension HostChoice {
  /// The hosts that draw or cost least with some room to spare; `nil` when not even the rows can be kept.
  ///
  /// - Given: classes of hosts of equal room and price, lots of VMs that ask for about the same shares of every
  ///   resource, and the rows of ``RoomRows``.
  /// - Decides: how many of each class are on, and which parts of each lot they hold.
  /// - Minimises: what they draw or cost.
  /// - Subject to: the demand of every row, and of the lots on every class, and `spare` parts of it more; hosts that
  ///   must stay on.
  /// - Reads back: the hosts, ascending, of each class those with the most memory, and what is drawn or costs.
  func cheapest(
    _ price: HostPrice, spare: Double
  ) throws(SolverFailure) -> (hosts: [Int], expense: Double)? {
    let classes = HostClasses(eligible, rows: rows, forced: forced, price: price)
    let largest = max(.leastNormalMagnitude, eligible.map { price.base[$0] }.max() ?? 0)
    let lots = DemandLots(problem)
    var program = LinearProgram()
    let numbers = classes.members.map { hosts in
      program.addInteger(
        "hosts like \(problem.fleet.hosts[hosts[0]].id)",
        in: .between(Double(hosts.count { forced[$0] }), Double(hosts.count)),
        cost: price.base[hosts[0]] / largest)
    }
    requireRows(of: classes, numbers, spare: spare, in: &program)
    requireLots(lots, of: classes, numbers, price, largest, spare: spare, in: &program)
    program.setSense(.minimize)
    var options = SolverOptions()
    options.nodeLimit = Self.nodeLimit
    options.relativeGap = 1e-5
    guard let solution = try solve(program, options) else { return nil }
    let counts = numbers.map { Int(solution[$0].rounded()) }
    return (
      classes.mostLoaded(counts, memory: residentMiB, forced: forced), solution.objective * largest
    )
  }

  /// Every lot is somewhere, and no class holds more than its hosts have room for.
  private func requireLots(
    _ lots: DemandLots, of classes: HostClasses, _ numbers: [LinearProgram.Column], _ price: HostPrice,
    _ largest: Double, spare: Double, in program: inout LinearProgram
  ) {
    let held = lots.lots.map { lot in
      classes.members.map { hosts -> LinearProgram.Column? in
        guard problem.candidates.sets[lot.set].contains(hosts[0]) else { return nil }
        return program.addContinuous(cost: price.rate[hosts[0]] * Double(lot.demand[.cpu]) / largest)
      }
    }
    for parts in held where parts.contains(where: { $0 != nil }) {
      program.require("a lot", sum(parts.compactMap(\.self)), equals: 1)
    }
    for resource in Resource.allCases {
      let total = Double(lots.lots.reduce(0) { $0 + $1.demand[resource] })
      guard total > 0 else { continue }
      for (index, hosts) in classes.members.enumerated() {
        let room = rows.room[hosts[0]][resource]
        guard room < Double(Fleet.noLimit) else { continue }
        var free = LinearExpression()
        free.add(Self.rowScale / total * min(room, total * 2), numbers[index])
        for (lot, parts) in zip(lots.lots, held) {
          guard let part = parts[index], lot.demand[resource] > 0 else { continue }
          free.add(-Self.rowScale / total * Double(lot.demand[resource]) * (1 + spare), part)
        }
        program.require("room of a class", free, atLeast: 0)
      }
    }
  }
}
